package io.sichter.transform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sichter.GoldenFile;
import io.sichter.image.Image;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Pixels of torchvision's functions on PIL images, from golden/golden_augment.py. */
class GoldenAugmentTest {
    /** These look values or pixels up and compute nothing that could be rounded otherwise. */
    private static final Set<String> EXACT = Set.of(
            "vertical_flip", "pad", "erase", "posterize", "solarize", "autocontrast", "equalize", "invert", "hue");

    @TestFactory
    Stream<DynamicTest> everyCase() {
        JsonNode cases = GoldenFile.json("augment/cases");
        assertThat(cases).hasSizeGreaterThan(120);
        return StreamSupport.stream(cases.spliterator(), false)
                .map(c -> DynamicTest.dynamicTest(c.get("output").asText(), () -> check(c)));
    }

    private static void check(JsonNode c) throws IOException {
        String operation = c.get("operation").asText();
        Image input = Pictures.golden("augment", c.get("input").asText());
        Image expected = Pictures.golden("augment", c.get("output").asText());
        double[] before = Pictures.values(input);
        Image result = apply(operation, c, input);
        boolean exact = EXACT.contains(operation) || c.path("mode").asText().equals("nearest");
        assertThat(Pictures.maxDifference(result, expected)).isLessThanOrEqualTo(exact ? 0 : 1);
        assertThat(Pictures.values(input)).as("the input is not changed").isEqualTo(before);
    }

    private static Image apply(String operation, JsonNode c, Image input) {
        double factor = c.path("factor").asDouble();
        return switch (operation) {
            case "vertical_flip" -> new RandomVerticalFlip(1).change(input);
            case "affine" -> affine(c, input);
            case "perspective" -> perspective(c, input);
            case "pad" ->
                padding(c.get("padding"))
                        .apply(
                                input,
                                fill(c),
                                Padding.Mode.valueOf(c.get("mode").asText().toUpperCase(Locale.ROOT)));
            case "erase" -> erase(c, input);
            case "brightness", "contrast", "saturation", "hue" ->
                jitter(ColorJitter.Property.valueOf(operation.toUpperCase(Locale.ROOT)), factor, input);
            case "sharpness" -> new RandomAdjustSharpness(factor, 1).change(input);
            case "blur" -> {
                double sigma = c.get("sigma").asDouble();
                long[] kernel = GoldenFile.longs(c.get("kernel"));
                yield new GaussianBlur((int) kernel[0], (int) kernel[1], new Interval(sigma, sigma))
                        .apply(input, new GaussianBlur.Sigma(sigma));
            }
            case "posterize" -> new RandomPosterize(c.get("bits").asInt(), 1).change(input);
            case "solarize" -> new RandomSolarize(c.get("threshold").asDouble(), 1).change(input);
            case "grayscale" -> new RandomGrayscale(1).change(input);
            case "autocontrast" -> new RandomAutocontrast(1).change(input);
            case "equalize" -> new RandomEqualize(1).change(input);
            case "invert" -> new RandomInvert(1).change(input);
            default -> throw new AssertionError(operation);
        };
    }

    private static Image jitter(ColorJitter.Property property, double factor, Image input) {
        Optional<Interval> none = Optional.empty();
        return new ColorJitter(none, none, none, none)
                .apply(input, new ColorJitter.Changes(List.of(new ColorJitter.Change(property, factor))));
    }

    private static Image affine(JsonNode c, Image input) {
        double[] shear = GoldenFile.doubles(c.get("shear"));
        return new RandomAffine(
                        new Interval(0, 0),
                        RandomAffine.Translate.NONE,
                        new Interval(1, 1),
                        RandomAffine.Shear.NONE,
                        interpolation(c),
                        fill(c),
                        Optional.empty())
                .apply(
                        input,
                        new RandomAffine.Parameters(
                                c.get("angle").asDouble(),
                                c.get("translate").get(0).asInt(),
                                c.get("translate").get(1).asInt(),
                                c.get("scale").asDouble(),
                                shear[0],
                                shear[1]));
    }

    private static Image perspective(JsonNode c, Image input) {
        List<RandomPerspective.Corner> corners = new ArrayList<>();
        c.get("corners")
                .forEach(xy -> corners.add(new RandomPerspective.Corner(
                        xy.get(0).asInt(), xy.get(1).asInt())));
        return new RandomPerspective(0.5, 1, interpolation(c), fill(c))
                .apply(input, new RandomPerspective.Distortion(Optional.of(corners)));
    }

    private static Image erase(JsonNode c, Image input) {
        long[] box = GoldenFile.longs(c.get("box"));
        return new RandomErasing(
                        1,
                        new Interval(0, 1),
                        new Interval(1, 1),
                        Optional.of(List.of(c.get("value").asDouble())))
                .apply(input, new RandomErasing.Box((int) box[0], (int) box[1], (int) box[2], (int) box[3], 0));
    }

    private static Padding padding(JsonNode padding) {
        if (padding.isInt()) {
            return Padding.all(padding.asInt());
        }
        int[] p =
                Arrays.stream(GoldenFile.longs(padding)).mapToInt(n -> (int) n).toArray();
        return p.length == 2 ? new Padding(p[0], p[1], p[0], p[1]) : new Padding(p[0], p[1], p[2], p[3]);
    }

    private static Interpolation interpolation(JsonNode c) {
        return Interpolation.valueOf(c.get("mode").asText().toUpperCase(Locale.ROOT));
    }

    private static List<Double> fill(JsonNode c) {
        return Arrays.stream(GoldenFile.doubles(c.get("fill"))).boxed().toList();
    }
}
