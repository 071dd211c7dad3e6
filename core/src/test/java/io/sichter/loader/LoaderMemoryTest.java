package io.sichter.loader;

import static org.assertj.core.api.Assertions.assertThat;

import io.sichter.dataset.Dataset;
import io.sichter.dataset.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class LoaderMemoryTest {
    /** A leak of one decoded picture (27 kB) per sample would be 430 MB. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void staysFlatOverTwentyThousandSamples() throws IOException {
        LoaderFixtures.Memory source =
                new LoaderFixtures.Memory("one", LoaderFixtures.encode(90, 100, 1), new AtomicInteger());
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            samples.add(Sample.of(Integer.toString(i), source, 0));
        }
        Dataset dataset =
                new Dataset(LoaderFixtures.dataset(0, new AtomicInteger()).classes(), samples);
        long before = 0;
        try (DataLoader loader =
                LoaderFixtures.loader(dataset).workers(2).batchSize(32).build()) {
            Epoch epoch = loader.epoch(0, 0);
            for (int batch = 0; epoch.hasNext(); batch++) {
                if (batch == 125) {
                    before = residentKib();
                }
                assertThat(epoch.next().size()).isEqualTo(32);
            }
        }
        assertThat(residentKib() - before).isLessThan(100_000); // the heap grows to its limit meanwhile
    }

    /** Resident memory after a collection of the heap, whose garbage is not what is measured. */
    private static long residentKib() throws IOException {
        System.gc();
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }
}
