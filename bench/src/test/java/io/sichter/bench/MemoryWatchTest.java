package io.sichter.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.sichter.bench.MemoryWatch.Epoch;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Epochs are told apart by the lines of {@code metrics.csv}, memory is read from the process that writes them. */
class MemoryWatchTest {
    /** Stands for a run of three epochs that holds 64 MiB of heap. */
    static final class ThreeEpochs {
        public static void main(String[] args) throws IOException, InterruptedException {
            byte[] held = new byte[64 << 20];
            Path metrics = Files.createDirectories(Path.of(args[0], "run")).resolve("metrics.csv");
            Files.writeString(metrics, "epoch,train_loss\n");
            for (int epoch = 1; epoch <= 3; epoch++) {
                Thread.sleep(500);
                long before = collections();
                Files.writeString(metrics, epoch + "," + held.length + "\n", StandardOpenOption.APPEND);
                awaitCollectionAfter(before);
            }
        }

        /** The watcher asks for a collection at the end of each epoch; on a busy machine that may take a while. */
        private static void awaitCollectionAfter(long before) throws InterruptedException {
            for (int i = 0; i < 600 && collections() == before; i++) {
                Thread.sleep(100);
            }
            Thread.sleep(1000); // the answer is still to be written
        }

        private static long collections() {
            return ManagementFactory.getGarbageCollectorMXBeans().stream()
                    .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                    .sum();
        }
    }

    @TempDir
    private Path runs = Path.of("");

    @Test
    void eachEpochHasItsMemory() throws Exception {
        assumeThat(Path.of("/proc/self/status")).exists();
        List<Epoch> epochs = MemoryWatch.over(child(ThreeEpochs.class, runs.toString()), runs);
        assertThat(epochs).extracting(Epoch::epoch).containsExactly(1, 2, 3);
        Epoch first = epochs.get(0);
        assertThat(first.heap()).isBetween(64.0, 100.0);
        assertThat(first.resident()).isPositive();
        assertThat(first.peak()).isGreaterThanOrEqualTo(first.resident());
    }

    @Test
    void aRunThatFailsIsNoMeasurement() {
        assertThatThrownBy(() -> MemoryWatch.over(child(ThreeEpochs.class, "/dev/null"), runs))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Exit code 1");
    }

    private static List<String> child(Class<?> main, String argument) {
        return PeerProcess.java(System.getProperty("java.class.path"), main.getName(), List.of(), List.of(argument));
    }
}
