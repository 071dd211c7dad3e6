package io.sichter.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.sichter.GoldenFile;
import io.sichter.config.TransformSpec;
import io.sichter.error.UsageException;
import io.sichter.image.Image;
import io.sichter.transform.AugTransforms.Drawn;
import io.sichter.transform.AugTransforms.Zoom;
import io.sichter.transform.RandomResizedCrop.Box;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** aug_transforms beside fastai's own, from golden/golden_fastai.py. */
class AugTransformsTest {
    private static final int DRAWS = 20_000;
    private static final Zoom STILL = new Zoom(1, 0.5, 0.5);

    private static AugTransforms transform(boolean flipVert, Optional<Size> size, double minScale) {
        return new AugTransforms(AugRanges.DEFAULTS, true, flipVert, 0.75, 0.75, size, minScale);
    }

    @TestFactory
    Stream<DynamicTest> everyCase() {
        JsonNode cases = GoldenFile.json("fastai/cases");
        assertThat(cases).hasSize(19);
        return StreamSupport.stream(cases.spliterator(), false)
                .map(c -> DynamicTest.dynamicTest(c.get("output").asText(), () -> check(c)));
    }

    private static void check(JsonNode c) throws IOException {
        Image input = Pictures.golden("fastai", c.get("input").asText());
        Image expected = Pictures.golden("fastai", c.get("output").asText());
        Image result = c.has("brightness")
                ? new Lighting(c.get("brightness").asDouble(), c.get("contrast").asDouble()).apply(input)
                : warp(c, input);
        assertThat(Pictures.maxDifference(result, expected)).isLessThanOrEqualTo(1);
    }

    private static Image warp(JsonNode c, Image input) {
        Box crop = new Box(0, 0, input.height(), input.width());
        if (!c.get("crop").isNull()) {
            long[] box = GoldenFile.longs(c.get("crop"));
            crop = new Box((int) box[0], (int) box[1], (int) box[2], (int) box[3]);
        }
        Optional<Size> size = c.get("size").isNull()
                ? Optional.empty()
                : Optional.of(new Size(
                        c.get("size").get(0).asInt(), c.get("size").get(1).asInt()));
        Zoom zoom = new Zoom(
                c.get("zoom").asDouble(),
                c.get("middle").get(0).asDouble(),
                c.get("middle").get(1).asDouble());
        Drawn draw = new Drawn(
                c.get("symmetry").asInt(),
                c.get("warp_x").asDouble(),
                c.get("warp_y").asDouble(),
                c.get("degrees").asDouble(),
                zoom,
                crop,
                Lighting.NONE);
        return transform(true, size, 1).apply(input, draw);
    }

    @Test
    void drawsAsFastai() {
        JsonNode golden = GoldenFile.json("fastai/draws");
        List<Drawn> draws = draws(transform(false, Optional.of(Size.square(128)), 0.5));
        masked(draws, Drawn::degrees, 0, golden.get("degrees"));
        masked(draws, d -> d.zoom().factor(), 1, golden.get("zoom"));
        masked(draws, Drawn::warpX, 0, golden.get("warp_x"));
        masked(draws, Drawn::warpY, 0, golden.get("warp_y"));
        masked(draws, d -> d.light().brightness(), 0.5, golden.get("brightness"));
        masked(draws, d -> d.light().contrast(), 1, golden.get("contrast"));
        AugmentDrawsTest.check(draws, d -> d.crop().top(), golden.at("/crop/top"));
        AugmentDrawsTest.check(draws, d -> d.crop().left(), golden.at("/crop/left"));
        AugmentDrawsTest.check(draws, d -> d.crop().height(), golden.at("/crop/height"));
        assertThat(share(draws, d -> d.symmetry() == 1 ? 1 : 0))
                .isCloseTo(golden.get("flip").asDouble(), within(0.015));
        List<Drawn> any = draws(transform(true, Optional.empty(), 1));
        double[] symmetries = GoldenFile.doubles(golden.get("symmetries"));
        for (int i = 0; i < symmetries.length; i++) {
            int symmetry = i;
            assertThat(share(any, d -> d.symmetry() == symmetry ? 1 : 0)).isCloseTo(symmetries[i], within(0.015));
        }
        assertThat(any).allMatch(d -> d.crop().equals(new Box(0, 0, 224, 224)));
    }

    private static List<Drawn> draws(AugTransforms transform) {
        SplittableRandom random = new SplittableRandom(9);
        return Stream.generate(() -> transform.draw(random, 224, 224))
                .limit(DRAWS)
                .toList();
    }

    private static double share(List<Drawn> draws, ToDoubleFunction<Drawn> quantity) {
        return draws.stream().mapToDouble(quantity).average().orElseThrow();
    }

    private static void masked(List<Drawn> draws, ToDoubleFunction<Drawn> quantity, double neutral, JsonNode golden) {
        List<Drawn> kept = draws.stream()
                .filter(d -> Math.abs(quantity.applyAsDouble(d) - neutral) > 1e-6)
                .toList();
        assertThat(kept.size() / (double) DRAWS).isCloseTo(golden.get("share").asDouble(), within(0.015));
        AugmentDrawsTest.check(kept, quantity, golden.get("deciles"));
    }

    /** A scene without pixels: rings and stripes, finer than a blurred picture keeps. */
    private static double scene(double x, double y) {
        double rings = Math.sin(0.9 * Math.hypot(x - 40, y - 55));
        double stripes = Math.sin(0.7 * x + 0.3 * y);
        return 127.5 + 60 * rings + 60 * stripes;
    }

    /** The scene seen through a map of pixel numbers, 6 x 6 samples in each pixel. */
    private static Image render(Homography map, Size size) {
        int samples = 6;
        byte[] pixels = new byte[size.height() * size.width()];
        for (int i = 0; i < pixels.length; i++) {
            double sum = 0;
            for (int s = 0; s < samples * samples; s++) {
                double x = i % size.width() + (s % samples + 0.5) / samples - 0.5;
                double y = Math.floorDiv(i, size.width()) + (Math.floorDiv(s, samples) + 0.5) / samples - 0.5;
                double w = map.w(x, y);
                sum += scene(map.x(x, y) / w, map.y(x, y) / w);
            }
            pixels[i] = (byte) Math.round(sum / (samples * samples));
        }
        return Image.ofBytes(size.height(), size.width(), 1, pixels);
    }

    private static double error(Image image, Image truth) {
        double[] a = Pictures.values(image);
        double[] b = Pictures.values(truth);
        double sum = 0;
        int count = 0;
        for (int y = 16; y < image.height() - 16; y++) { // the rim may show what is reflected, which the scene is not
            for (int x = 16; x < image.width() - 16; x++) {
                double difference = a[y * image.width() + x] - b[y * image.width() + x];
                sum += difference * difference;
                count++;
            }
        }
        return Math.sqrt(sum / count);
    }

    @Test
    void oneInterpolationIsCloserToTheTruthThanOneAfterTheOther() {
        int side = 96;
        Size size = Size.square(side);
        Box whole = new Box(0, 0, side, side);
        Image source = render(Homography.scaling(1, 1, 0, 0), size);
        AugTransforms transform = transform(false, Optional.of(size), 1);
        for (double direction : new double[] {-1, 1}) {
            Zoom zoom = new Zoom(1.08, 0.4, 0.7);
            Box crop = new Box(4, 6, 86, 86);
            Drawn all = new Drawn(0, 0.1 * direction, 0.07, 8 * direction, zoom, crop, Lighting.NONE);
            Image once = transform.apply(source, all);
            Image truth = render(AugGeometry.numbers(all, side, side, size), size);
            Image many = source;
            for (Drawn step : List.of(
                    new Drawn(0, 0.1 * direction, 0.07, 0, STILL, whole, Lighting.NONE),
                    new Drawn(0, 0, 0, 8 * direction, STILL, whole, Lighting.NONE),
                    new Drawn(0, 0, 0, 0, zoom, whole, Lighting.NONE),
                    new Drawn(0, 0, 0, 0, STILL, crop, Lighting.NONE))) {
                many = transform.apply(many, step);
            }
            assertThat(error(once, truth)).isLessThan(5);
            assertThat(error(many, truth)).isGreaterThan(2 * error(once, truth));
        }
    }

    @Test
    void neverANoOpWhenEverythingHappens() {
        Image image = Pictures.noise(37, 53, 3, 1);
        AugTransforms always = new AugTransforms(AugRanges.DEFAULTS, true, true, 1, 1, Optional.empty(), 1);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 50; i++) {
            Drawn draw = always.draw(random, 37, 53);
            Image result = always.apply(image, draw);
            assertThat(Pictures.maxDifference(image, result)).isPositive();
            assertThat(Pictures.values(always.apply(image, draw))).isEqualTo(Pictures.values(result));
        }
        AugTransforms never = new AugTransforms(AugRanges.DEFAULTS, false, false, 0, 0, Optional.empty(), 1);
        assertThat(never.apply(image, never.draw(random, 37, 53))).isSameAs(image);
    }

    @Test
    void deepAndManyChannelledPicturesAreTreatedAlike() {
        Drawn draw = new Drawn(1, 0.1, -0.1, 6, new Zoom(1.1, 0.2, 0.8), new Box(2, 3, 30, 30), new Lighting(0.6, 0.9));
        AugTransforms transform = transform(false, Optional.of(Size.square(20)), 0.5);
        for (int channels : new int[] {1, 2, 5}) {
            Image bytes = Pictures.noise(40, 40, channels, 3);
            double[] expected = Pictures.values(transform.apply(bytes, draw));
            org.bytedeco.opencv.opencv_core.Mat floats = new org.bytedeco.opencv.opencv_core.Mat();
            bytes.mat().convertTo(floats, Image.Depth.FLOAT32.code(), 1 / 255.0, 0);
            double[] actual = Pictures.values(transform.apply(Image.of(floats), draw));
            for (int i = 0; i < expected.length; i++) {
                assertThat(actual[i] * 255).isBetween(expected[i] - 1.5, expected[i] + 1.5);
            }
        }
    }

    @Test
    void presizeTakesTheLargestBoxAnywhere() {
        Presize presize = new Presize(Size.square(224));
        SplittableRandom random = new SplittableRandom(2);
        double mean = 0;
        for (int i = 0; i < DRAWS; i++) {
            Box box = presize.draw(random, 200, 300);
            assertThat(box.height()).isEqualTo(200);
            assertThat(box.width()).isEqualTo(200);
            assertThat(box.top()).isZero();
            mean += box.left() / (double) DRAWS;
        }
        assertThat(mean).isCloseTo(49.5, within(1.0));
    }

    @Test
    void theConfigurationMakesIt() {
        Transform<?> made = Transforms.create(
                TransformSpec.of("aug_transforms", Map.of("size", 128, "min_scale", 0.5, "mult", 2)), 32, 3);
        assertThat(made)
                .isEqualTo(new AugTransforms(
                        new AugRanges(20, 1, 1.1, 0.4, 0.4),
                        true,
                        false,
                        0.75,
                        0.75,
                        Optional.of(Size.square(128)),
                        0.5));
        wrong(Map.of("min_scale", 0.5), "needs size");
        wrong(Map.of("max_zoom", 0.9), "at most max_zoom");
        wrong(Map.of("mult", 5), "max_lighting stays");
    }

    private static void wrong(Map<String, Object> parameters, String part) {
        assertThatThrownBy(() -> Transforms.create(TransformSpec.of("aug_transforms", parameters), 32, 3))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(part);
    }
}
