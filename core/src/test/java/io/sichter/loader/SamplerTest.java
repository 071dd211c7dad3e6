package io.sichter.loader;

import static org.assertj.core.api.Assertions.assertThat;

import io.sichter.random.SeedStream;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplerTest {
    private final RandomSampler sampler = new RandomSampler(SeedStream.of(1));

    @Test
    void everySampleComesOncePerEpoch() {
        int[] sorted = sampler.order(3, 1000);
        assertThat(sorted).isNotEqualTo(IntStream.range(0, 1000).toArray());
        Arrays.sort(sorted);
        assertThat(sorted).isEqualTo(IntStream.range(0, 1000).toArray());
        assertThat(new SequentialSampler().order(9, 3)).containsExactly(0, 1, 2);
        assertThat(sampler.order(0, 0)).isEmpty();
    }

    @Test
    void theOrderIsAFunctionOfSeedAndEpoch() {
        assertThat(sampler.order(3, 100)).isEqualTo(new RandomSampler(SeedStream.of(1)).order(3, 100));
        assertThat(sampler.order(3, 100)).isNotEqualTo(sampler.order(4, 100));
        assertThat(sampler.order(3, 100)).isNotEqualTo(new RandomSampler(SeedStream.of(2)).order(3, 100));
    }

    @Test
    void everyPlaceIsEquallyLikely() {
        int[] first = new int[10];
        int[] last = new int[10];
        for (int epoch = 0; epoch < 10_000; epoch++) {
            int[] order = sampler.order(epoch, 10);
            first[order[0]]++;
            last[order[9]]++;
        }
        // 1,000 each, standard deviation 30
        assertThat(IntStream.concat(Arrays.stream(first), Arrays.stream(last))).allMatch(n -> Math.abs(n - 1000) < 180);
    }
}
