package io.sichter.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sichter.config.TransformSpec;
import io.sichter.dataset.ClassIndex;
import io.sichter.dataset.Dataset;
import io.sichter.dataset.Sample;
import io.sichter.dataset.SampleSource;
import io.sichter.loader.LoaderFixtures.Seen;
import io.sichter.random.SeedStream;
import io.sichter.transform.Pipeline;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BalancedSamplerTest {
    private static Dataset uneven(int... counts) {
        List<Sample> samples = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int c = 0; c < counts.length; c++) {
            names.add("c" + c);
            for (int i = 0; i < counts[c]; i++) {
                samples.add(Sample.of("c" + c + "/" + i, new SampleSource.FileSource(Path.of("x")), c));
            }
        }
        return new Dataset(new ClassIndex(names), samples);
    }

    private static int[] perClass(Dataset dataset, int[] order, int from, int to) {
        int[] counts = new int[dataset.classes().size()];
        for (int i = from; i < to; i++) {
            counts[dataset.samples().get(order[i]).target()]++;
        }
        return counts;
    }

    @Test
    void drawsAsOftenAsTheWeightsSay() {
        double[] weights = {1, 2, 5, 0.5};
        int[] counts = new int[4];
        for (int epoch = 0; epoch < 20_000; epoch++) {
            for (int i : new WeightedRandomSampler(weights, SeedStream.of(1)).order(epoch, 4)) {
                counts[i]++;
            }
        }
        for (int i = 0; i < 4; i++) {
            double expected = 80_000 * weights[i] / 8.5;
            assertThat((double) counts[i])
                    .isBetween(expected - 4 * Math.sqrt(expected), expected + 4 * Math.sqrt(expected));
        }
    }

    @Test
    void everyBatchHoldsTheClassesEquallyOften() {
        Dataset dataset = uneven(97, 10, 3);
        BalancedBatchSampler sampler = new BalancedBatchSampler(dataset, 10, SeedStream.of(2));
        int[] total = new int[3];
        for (int epoch = 0; epoch < 9; epoch++) {
            int[] order = sampler.order(epoch, 110);
            for (int start = 0; start < 110; start += 10) {
                for (int count : perClass(dataset, order, start, start + 10)) {
                    assertThat(count).isBetween(3, 4);
                }
            }
            int[] all = perClass(dataset, order, 0, 110);
            for (int c = 0; c < 3; c++) {
                total[c] += all[c];
            }
            // No picture comes again before all others of its class did.
            Map<Integer, Integer> uses = new HashMap<>();
            Arrays.stream(order).forEach(i -> uses.merge(i, 1, Integer::sum));
            assertThat(uses.values().stream().filter(n -> n > 1).count()).isLessThanOrEqualTo(13);
            assertThat(uses.keySet().stream().filter(i -> i >= 97).count()).isEqualTo(13);
        }
        assertThat(Arrays.stream(total).max().orElse(0)
                        - Arrays.stream(total).min().orElse(0))
                .isLessThanOrEqualTo(9);
    }

    @Test
    void batchesSmallerThanTheClassesGoRound() {
        Dataset dataset = uneven(5, 5, 5, 5);
        int[] order = new BalancedBatchSampler(dataset, 2, SeedStream.of(2)).order(1, 20);
        assertThat(perClass(dataset, order, 0, 20)).containsExactly(5, 5, 5, 5);
    }

    @Test
    void theOrderIsAFunctionOfSeedAndEpoch() {
        Dataset dataset = uneven(20, 5);
        double[] weights = new double[25];
        Arrays.fill(weights, 0.1);
        for (Sampler sampler : List.of(
                new WeightedRandomSampler(weights, SeedStream.of(3)),
                new BalancedBatchSampler(dataset, 8, SeedStream.of(3)))) {
            int[] order = sampler.order(4, 25);
            assertThat(sampler.order(4, 25)).isEqualTo(order);
            assertThat(sampler.order(5, 25)).isNotEqualTo(order);
            assertThatThrownBy(() -> sampler.order(1, 24)).isInstanceOf(IllegalArgumentException.class);
        }
        // Recorded: another result would send every resumed run astray.
        assertThat(Arrays.copyOf(new WeightedRandomSampler(weights, SeedStream.of(3)).order(1, 25), 5))
                .containsExactly(RECORDED);
    }

    private static final int[] RECORDED = {24, 0, 14, 20, 4};

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void aPictureThatComesAgainIsAugmentedAnewWhateverWorkersAndStart(int workers) {
        Dataset dataset = LoaderFixtures.dataset(6, new AtomicInteger());
        Sampler three = (epoch, size) -> new int[] {1, 2, 1, 3, 1, 2};
        try (DataLoader loader = LoaderFixtures.loader(dataset)
                        .sampler(three)
                        .workers(workers)
                        .build();
                DataLoader plain = LoaderFixtures.loader(dataset)
                        .sampler(new SequentialSampler())
                        .batchSize(64)
                        .workers(0)
                        .build()) {
            List<Seen> seen = LoaderFixtures.all(loader.epoch(1, 0));
            assertThat(seen)
                    .extracting(Seen::id)
                    .containsExactly("c1/1.png", "c2/2.png", "c1/1.png", "c0/3.png", "c1/1.png", "c2/2.png");
            assertThat(List.of(
                            seen.get(0).pixels(),
                            seen.get(2).pixels(),
                            seen.get(4).pixels()))
                    .doesNotHaveDuplicates();
            assertThat(seen.get(1).pixels()).isNotEqualTo(seen.get(5).pixels());
            // What comes once is as it always was, and the first of several is like it.
            List<Seen> once = LoaderFixtures.all(plain.epoch(1, 0));
            assertThat(seen.get(0)).isEqualTo(once.get(1));
            assertThat(seen.get(3)).isEqualTo(once.get(3));
            assertThat(LoaderFixtures.all(loader.epoch(1, 1))).isEqualTo(seen.subList(4, 6));
        }
    }

    @Test
    void classesMayHavePipelinesOfTheirOwn() {
        Dataset dataset = LoaderFixtures.dataset(6, new AtomicInteger());
        Pipeline other = Pipeline.of(
                List.of(TransformSpec.of("resize", Map.of("size", List.of(LoaderFixtures.SIDE, LoaderFixtures.SIDE)))),
                LoaderFixtures.SIDE,
                3);
        try (DataLoader loader = DataLoader.builder(dataset, LoaderFixtures.DECODER, LoaderFixtures.plain())
                        .perClass(Map.of(1, other))
                        .build();
                DataLoader plain = DataLoader.builder(dataset, LoaderFixtures.DECODER, LoaderFixtures.plain())
                        .build();
                DataLoader squeezed = DataLoader.builder(dataset, LoaderFixtures.DECODER, other)
                        .build()) {
            List<Seen> mixed = LoaderFixtures.all(loader.epoch(1, 0));
            List<Seen> usual = LoaderFixtures.all(plain.epoch(1, 0));
            List<Seen> special = LoaderFixtures.all(squeezed.epoch(1, 0));
            for (int i = 0; i < 6; i++) {
                assertThat(mixed.get(i)).isEqualTo((i % 3 == 1 ? special : usual).get(i));
                assertThat(special.get(i)).isNotEqualTo(usual.get(i));
            }
        }
        Pipeline smaller = Pipeline.of(List.of(TransformSpec.of("center_crop", Map.of("size", 8))), 8, 3);
        assertThatThrownBy(() -> DataLoader.builder(dataset, LoaderFixtures.DECODER, other)
                        .perClass(Map.of(0, smaller))
                        .build())
                .isInstanceOf(IllegalArgumentException.class);
    }
}
