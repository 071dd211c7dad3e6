package io.sichter.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.sichter.image.Image;
import io.sichter.random.SeedStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class RandomTransformsTest {
    static List<Transform<?>> always() {
        return List.of(
                new RandomHorizontalFlip(1),
                new RandomRotation(new Interval(5, 40), Interpolation.NEAREST, List.of(0.0)),
                new RandomRotation(new Interval(-40, -5), Interpolation.BILINEAR, List.of(1.0, 2.0, 3.0)),
                new RandomResizedCrop(new Size(37, 53), new Interval(0.2, 0.8), new Interval(0.75, 1.3)),
                new RandomApply(List.of(new RandomHorizontalFlip(1)), 1));
    }

    @ParameterizedTest
    @MethodSource("always")
    <D> void neverANoOpAtProbabilityOne(Transform<D> transform) {
        Image image = Pictures.noise(37, 53, 3, 1);
        for (int seed = 0; seed < 50; seed++) {
            Image result =
                    transform.apply(image, transform.draw(SeedStream.of(seed).generator(), 37, 53));
            assertThat(Pictures.maxDifference(image, result)).isPositive();
        }
    }

    @ParameterizedTest
    @MethodSource("always")
    <D> void theSameDrawGivesTheSamePixels(Transform<D> transform) {
        Image image = Pictures.noise(37, 53, 3, 1);
        D draw = transform.draw(SeedStream.of(3).generator(), 37, 53);
        assertThat(transform.draw(SeedStream.of(3).generator(), 37, 53)).isEqualTo(draw);
        assertThat(transform.draw(SeedStream.of(4).generator(), 37, 53))
                .isNotEqualTo(
                        transform instanceof RandomHorizontalFlip || transform instanceof RandomApply ? null : draw);
        assertThat(Pictures.values(transform.apply(image, draw)))
                .isEqualTo(Pictures.values(transform.apply(image, draw)));
    }

    @ParameterizedTest
    @EnumSource(Image.Depth.class)
    void flippingTwiceIsTheIdentityForEveryDepthAndNumberOfChannels(Image.Depth depth) {
        RandomHorizontalFlip flip = new RandomHorizontalFlip(0.5);
        for (int channels : new int[] {1, 3, 4, 7}) {
            Image image = Pictures.convert(Pictures.noise(5, 8, channels, channels), depth);
            Image once = flip.apply(image, new RandomHorizontalFlip.Flip(true));
            Image twice = flip.apply(once, new RandomHorizontalFlip.Flip(true));
            assertThat(Pictures.values(twice)).isEqualTo(Pictures.values(image)).isNotEqualTo(Pictures.values(once));
            assertThat(flip.apply(image, new RandomHorizontalFlip.Flip(false))).isSameAs(image);
        }
    }

    @Test
    void flipsAsOftenAsItsProbabilitySays() {
        SplittableRandom random = new SplittableRandom(1);
        for (double p : new double[] {0, 0.2, 0.5, 1}) {
            RandomHorizontalFlip flip = new RandomHorizontalFlip(p);
            double share = java.util.stream.IntStream.range(0, 10_000)
                            .filter(i -> flip.draw(random, 1, 1).flip())
                            .count()
                    / 10_000.0;
            assertThat(share).isCloseTo(p, within(p == 0 || p == 1 ? 0 : 0.02));
        }
    }

    @Test
    void cropsAreDistributedAsTorchvisions() throws IOException {
        for (JsonNode c : Pictures.json("random_resized_crop.json")) {
            int height = c.get("height").asInt();
            int width = c.get("width").asInt();
            RandomResizedCrop crop =
                    new RandomResizedCrop(Size.square(8), interval(c.get("scale")), interval(c.get("ratio")));
            SplittableRandom random = new SplittableRandom(5);
            RandomResizedCrop.Box[] boxes = new RandomResizedCrop.Box[20_000];
            Arrays.setAll(boxes, i -> crop.draw(random, height, width));
            JsonNode deciles = c.get("deciles");
            check(boxes, b -> (double) b.height() * b.width() / (height * width), deciles.get("area"));
            check(boxes, b -> Math.log((double) b.width() / b.height()), deciles.get("log_ratio"));
            check(boxes, b -> (double) b.top() / height, deciles.get("top"));
            check(boxes, b -> (double) b.left() / width, deciles.get("left"));
            assertThat(boxes)
                    .allMatch(b -> b.top() >= 0
                            && b.left() >= 0
                            && b.height() > 0
                            && b.width() > 0
                            && b.top() + b.height() <= height
                            && b.left() + b.width() <= width);
        }
    }

    private static Interval interval(JsonNode pair) {
        return new Interval(pair.get(0).asDouble(), pair.get(1).asDouble());
    }

    /** Deciles of 20,000 draws scatter by 0.0035 of the distribution: 0.02 is six of these for two samples. */
    private static void check(
            RandomResizedCrop.Box[] boxes, ToDoubleFunction<RandomResizedCrop.Box> quantity, JsonNode deciles) {
        double[] values = Arrays.stream(boxes).mapToDouble(quantity).sorted().toArray();
        for (int i = 0; i < 9; i++) {
            double decile = deciles.get(i).asDouble();
            double below = Arrays.stream(values).filter(v -> v < decile - 1e-5).count() / (double) values.length;
            double upTo = Arrays.stream(values).filter(v -> v <= decile + 1e-5).count() / (double) values.length;
            assertThat((i + 1) / 10.0).isBetween(below - 0.02, upTo + 0.02);
        }
    }

    @Test
    void fallsBackToTheLargestMiddleBoxOfAnAllowedRatio() {
        RandomResizedCrop crop =
                new RandomResizedCrop(Size.square(8), new Interval(0.9, 1), new Interval(0.75, 4.0 / 3));
        assertThat(crop.draw(new SplittableRandom(1), 10, 1000)).isEqualTo(new RandomResizedCrop.Box(0, 493, 10, 13));
        assertThat(crop.draw(new SplittableRandom(1), 1000, 10)).isEqualTo(new RandomResizedCrop.Box(493, 0, 13, 10));
        assertThat(crop.fallback(30, 31)).isEqualTo(new RandomResizedCrop.Box(0, 0, 30, 31));
    }

    @Test
    void randomApplyAppliesAllOrNothingAndDrawsForTheSizeAtHand() {
        RandomApply apply = new RandomApply(
                List.of(
                        Resize.exactly(new Size(20, 30)),
                        new RandomResizedCrop(Size.square(9), new Interval(1, 1), new Interval(1.5, 1.5))),
                0.3);
        SplittableRandom random = new SplittableRandom(2);
        Image image = Pictures.noise(11, 70, 3, 1);
        int applied = 0;
        for (int i = 0; i < 2000; i++) {
            RandomApply.Applied draw = apply.draw(random, 11, 70);
            Size size = apply.outputSize(new Size(11, 70), draw);
            if (draw.apply()) {
                applied++;
                assertThat(draw.steps().get(1).draw()).isEqualTo(new RandomResizedCrop.Box(0, 0, 20, 30));
                assertThat(size).isEqualTo(Size.square(9));
            } else {
                assertThat(apply.apply(image, draw)).isSameAs(image);
                assertThat(size).isEqualTo(new Size(11, 70));
            }
        }
        assertThat(applied / 2000.0).isCloseTo(0.3, within(0.04));
        Image result = apply.apply(image, new RandomApply(apply.transforms(), 1).draw(random, 11, 70));
        assertThat(List.of(result.height(), result.width())).containsExactly(9, 9);
    }

    @Test
    void rotationRefusesAFillThatThePictureCannotStore() {
        RandomRotation rotation = new RandomRotation(new Interval(0, 9), Interpolation.NEAREST, List.of(300.0));
        RandomRotation.Angle angle = new RandomRotation.Angle(5);
        assertThatThrownBy(() -> rotation.apply(Pictures.noise(4, 4, 3, 1), angle))
                .hasMessageContaining("300.0 does not fit");
        Image deep = Pictures.convert(Pictures.noise(4, 4, 3, 1), Image.Depth.UINT16);
        assertThat(Pictures.values(rotation.apply(deep, new RandomRotation.Angle(45)))[0])
                .isEqualTo(300);
    }
}
