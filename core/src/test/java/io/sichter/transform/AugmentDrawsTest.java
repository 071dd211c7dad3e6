package io.sichter.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.sichter.GoldenFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is drawn is distributed as torchvision's make_params draws it, for pictures of 200 x 300 pixels. */
class AugmentDrawsTest {
    static final int DRAWS = 20_000;
    private static final JsonNode GOLDEN = GoldenFile.json("augment/draws");

    private static <D> List<D> draws(Transform<D> transform) {
        SplittableRandom random = new SplittableRandom(17);
        return Stream.generate(() -> transform.draw(random, 200, 300))
                .limit(DRAWS)
                .toList();
    }

    /**
     * Both samples have 20,000 draws, whose deciles scatter by 0.0035 of the distribution: 0.02 is four times what two of
     * them differ by.
     */
    static <D> void check(List<D> draws, ToDoubleFunction<D> quantity, JsonNode deciles) {
        double[] values = draws.stream().mapToDouble(quantity).sorted().toArray();
        assertThat(deciles.size()).isEqualTo(9);
        for (int i = 0; i < 9; i++) {
            double decile = deciles.get(i).asDouble();
            double below = Arrays.stream(values).filter(v -> v < decile - 1e-5).count() / (double) values.length;
            double upTo = Arrays.stream(values).filter(v -> v <= decile + 1e-5).count() / (double) values.length;
            assertThat((i + 1) / 10.0).isBetween(below - 0.02, upTo + 0.02);
        }
    }

    @Test
    void affine() {
        JsonNode golden = GOLDEN.get("affine");
        List<RandomAffine.Parameters> draws = draws(new RandomAffine(
                new Interval(-20, 20),
                new RandomAffine.Translate(0.1, 0.25),
                new Interval(0.7, 1.4),
                new RandomAffine.Shear(new Interval(-5, 10), new Interval(-2, 8)),
                Interpolation.NEAREST,
                List.of(0.0),
                Optional.empty()));
        check(draws, RandomAffine.Parameters::angle, golden.get("angle"));
        check(draws, RandomAffine.Parameters::translateX, golden.get("translate_x"));
        check(draws, RandomAffine.Parameters::translateY, golden.get("translate_y"));
        check(draws, RandomAffine.Parameters::scale, golden.get("scale"));
        check(draws, RandomAffine.Parameters::shearX, golden.get("shear_x"));
        check(draws, RandomAffine.Parameters::shearY, golden.get("shear_y"));
    }

    @Test
    void perspective() {
        List<RandomPerspective.Distortion> draws =
                draws(new RandomPerspective(0.3, 1, Interpolation.BILINEAR, List.of(0.0)));
        for (int corner = 0; corner < 4; corner++) {
            int c = corner;
            check(draws, d -> d.corners().orElseThrow().get(c).x(), GOLDEN.at("/perspective/x" + c));
            check(draws, d -> d.corners().orElseThrow().get(c).y(), GOLDEN.at("/perspective/y" + c));
        }
    }

    @Test
    void colorJitter() {
        JsonNode golden = GOLDEN.get("color_jitter");
        List<ColorJitter.Changes> draws = draws(new ColorJitter(
                Optional.of(new Interval(0.8, 1.2)),
                Optional.of(new Interval(0.5, 3)),
                Optional.of(new Interval(0, 2.5)),
                Optional.of(new Interval(-0.1, 0.1))));
        for (ColorJitter.Property property : ColorJitter.Property.values()) {
            String name = property.name().toLowerCase(java.util.Locale.ROOT);
            check(draws, d -> factor(d, property), golden.get(name));
            double first = draws.stream()
                            .filter(d -> d.inOrder().get(0).property() == property)
                            .count()
                    / (double) DRAWS;
            assertThat(first).isCloseTo(golden.get("brightness_first").asDouble(), within(0.02));
        }
        assertThat(draws.stream()
                        .map(d -> d.inOrder().stream()
                                .map(ColorJitter.Change::property)
                                .toList())
                        .distinct())
                .hasSize(24);
    }

    private static double factor(ColorJitter.Changes changes, ColorJitter.Property property) {
        return changes.inOrder().stream()
                .filter(c -> c.property() == property)
                .findFirst()
                .orElseThrow()
                .factor();
    }

    @Test
    void erasing() {
        JsonNode golden = GOLDEN.get("random_erasing");
        List<RandomErasing.Box> draws =
                draws(new RandomErasing(1, new Interval(0.02, 0.33), new Interval(0.3, 3.3), Optional.empty()));
        check(draws, RandomErasing.Box::top, golden.get("top"));
        check(draws, RandomErasing.Box::left, golden.get("left"));
        check(draws, RandomErasing.Box::height, golden.get("height"));
        check(draws, RandomErasing.Box::width, golden.get("width"));
    }

    @Test
    void cropAndPadding() {
        JsonNode golden = GOLDEN.get("random_crop");
        List<RandomCrop.Place> draws = draws(
                new RandomCrop(new Size(180, 320), new Padding(5, 0, 7, 1), true, List.of(0.0), Padding.Mode.CONSTANT));
        long[] padding = GoldenFile.longs(golden.get("padding"));
        assertThat(draws.get(0).padding())
                .isEqualTo(new Padding((int) padding[0], (int) padding[1], (int) padding[2], (int) padding[3]));
        check(draws, RandomCrop.Place::top, golden.get("top"));
        check(draws, RandomCrop.Place::left, golden.get("left"));
    }

    @Test
    void blur() {
        check(
                draws(new GaussianBlur(3, 3, new Interval(0.2, 1.7))),
                GaussianBlur.Sigma::sigma,
                GOLDEN.at("/gaussian_blur/sigma"));
    }

    static Stream<Function<Double, Transform<?>>> withChance() {
        List<Function<Double, Transform<?>>> makers = new ArrayList<>();
        makers.add(RandomVerticalFlip::new);
        makers.add(RandomGrayscale::new);
        makers.add(p -> new RandomAdjustSharpness(2, p));
        makers.add(RandomAutocontrast::new);
        makers.add(RandomEqualize::new);
        makers.add(p -> new RandomPosterize(3, p));
        makers.add(p -> new RandomSolarize(128, p));
        makers.add(RandomInvert::new);
        makers.add(p -> new RandomPerspective(0.5, p, Interpolation.BILINEAR, List.of(0.0)));
        makers.add(p -> new RandomErasing(p, new Interval(0.1, 0.2), new Interval(1, 1), Optional.empty()));
        return makers.stream();
    }

    @ParameterizedTest
    @MethodSource("withChance")
    void happensAsOftenAsItsProbabilitySays(Function<Double, Transform<?>> maker) {
        for (double p : new double[] {0, 0.3, 1}) {
            double share = share(maker.apply(p));
            assertThat(share).isCloseTo(p, within(p == 0 || p == 1 ? 0 : 0.015));
        }
    }

    private static <D> double share(Transform<D> transform) {
        return draws(transform).stream().filter(AugmentDrawsTest::happens).count() / (double) DRAWS;
    }

    private static boolean happens(Object draw) {
        return draw instanceof WithChance.Chance chance
                ? chance.apply()
                : draw instanceof RandomPerspective.Distortion distortion
                        ? distortion.corners().isPresent()
                        : ((RandomErasing.Box) draw).height() > 0;
    }

    @Test
    void choosesByWeightAndOrdersEvenly() {
        Transform<?> flip = new RandomVerticalFlip(1);
        Transform<?> invert = new RandomInvert(1);
        Transform<?> blur = new GaussianBlur(3, 3, new Interval(1, 1));
        List<RandomApply.Applied> chosen = draws(new RandomChoice(List.of(flip, invert, blur), List.of(1.0, 0.0, 3.0)));
        assertThat(share(chosen, flip)).isCloseTo(0.25, within(0.015));
        assertThat(share(chosen, invert)).isZero();
        List<RandomApply.Applied> ordered = draws(new RandomOrder(List.of(flip, invert, blur)));
        for (Transform<?> transform : List.of(flip, invert, blur)) {
            assertThat(share(ordered, transform)).isCloseTo(1 / 3.0, within(0.015));
        }
        assertThat(ordered).allMatch(d -> d.steps().size() == 3);
    }

    private static double share(List<RandomApply.Applied> draws, Transform<?> first) {
        return draws.stream()
                        .filter(d -> d.steps().get(0).transform().equals(first))
                        .count()
                / (double) DRAWS;
    }

    @Test
    void additiveBrightnessIsUniformAndNoiseIsNormal() {
        List<RandomBrightness.Delta> deltas = draws(new RandomBrightness(0.05));
        double mean = deltas.stream()
                .mapToDouble(RandomBrightness.Delta::delta)
                .average()
                .orElseThrow();
        double square = deltas.stream()
                .mapToDouble(d -> d.delta() * d.delta())
                .average()
                .orElseThrow();
        assertThat(mean).isCloseTo(0, within(0.001));
        assertThat(Math.sqrt(square)).isCloseTo(0.05 / Math.sqrt(3), within(0.0005));
        assertThat(deltas).allMatch(d -> Math.abs(d.delta()) <= 0.05);
        float[] noise = Noise.normal(3, 100_000, 2, 5);
        double average = 0;
        double variance = 0;
        for (float n : noise) {
            average += n / noise.length;
            variance += (n - 2) * (n - 2) / noise.length;
        }
        assertThat(average).isCloseTo(2, within(0.06));
        assertThat(Math.sqrt(variance)).isCloseTo(5, within(0.05));
    }
}
