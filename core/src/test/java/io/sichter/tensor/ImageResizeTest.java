package io.sichter.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sichter.image.Image;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ImageResizeTest {
    private static Image noise(int channels) {
        byte[] pixels = new byte[375 * 500 * channels];
        new SplittableRandom(1).nextBytes(pixels);
        return Image.ofBytes(375, 500, channels, pixels);
    }

    @Test
    void severalThreadsGetTheBytesThatOneGets() throws Exception {
        Image image = noise(3);
        byte[] expected = ImageResize.bilinear(image, 224, 200).toBytes();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<byte[]>> results = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                results.add(threads.submit(() -> {
                    try (Image resized = ImageResize.bilinear(image, 224, 200)) {
                        return resized.toBytes();
                    }
                }));
            }
            for (Future<byte[]> result : results) {
                assertThat(result.get()).isEqualTo(expected);
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
    void startsNoThreadsOfItsOwn() throws Exception {
        List<Long> counts = new ArrayList<>();
        Thread worker = new Thread(
                () -> {
                    for (int channels = 1; channels <= ImageResize.MAX_CHANNELS; channels++) {
                        ImageResize.bilinear(noise(channels), 224, 224).close();
                        ImageResize.bilinear(noise(channels), 700, 900).close();
                        counts.add(threadsNamed("resizer"));
                    }
                },
                "resizer"); // a thread that OpenMP starts here inherits the name
        worker.start();
        worker.join();
        assertThat(counts).containsExactly(1L, 1L, 1L, 1L);
    }

    private static long threadsNamed(String name) {
        try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
            return tasks.filter(task -> name.equals(command(task))).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String command(Path task) {
        try {
            return Files.readString(task.resolve("comm")).strip();
        } catch (IOException e) {
            return ""; // the thread has ended
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void memoryStaysFlat() throws Exception {
        Image image = noise(3);
        long before = 0;
        for (int i = 0; i < 1500; i++) {
            if (i == 300) {
                before = residentKib();
            }
            ImageResize.bilinear(image, 224, 224).close();
        }
        // 1,200 results are 180 MB
        assertThat(residentKib() - before).isLessThan(40_000);
    }

    private static long residentKib() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }

    @Test
    void refusesWhatTheKernelDoesNotTake() {
        assertThatThrownBy(() -> ImageResize.bilinear(noise(5), 3, 3)).hasMessageContaining("1 to 4 channels");
        assertThatThrownBy(() -> ImageResize.bilinear(noise(3), 0, 3)).hasMessageContaining("0x3");
    }
}
