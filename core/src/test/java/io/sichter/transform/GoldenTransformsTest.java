package io.sichter.transform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sichter.image.Image;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Pixels of torchvision on PIL images and of Pillow, from golden/golden_transforms.py. */
class GoldenTransformsTest {
    @TestFactory
    Stream<DynamicTest> everyCase() throws IOException {
        JsonNode cases = Pictures.json("cases.json");
        assertThat(cases).hasSizeGreaterThan(90);
        return StreamSupport.stream(cases.spliterator(), false)
                .map(c -> DynamicTest.dynamicTest(
                        c.get("operation").asText() + " " + c.path("output").asText(), () -> check(c)));
    }

    private static void check(JsonNode c) throws IOException {
        String operation = c.get("operation").asText();
        if (operation.equals("resize_float")) {
            Image result = Resize.exactly(size(c)).apply(floats(c.get("input")), Transform.NoDraw.INSTANCE);
            assertThat(Pictures.maxDifference(result, floats(c.get("output")))).isLessThanOrEqualTo(1e-6);
            return;
        }
        Image input = Pictures.golden(c.get("input").asText());
        Image expected = Pictures.golden(c.get("output").asText());
        double[] before = Pictures.values(input);
        Image result = apply(operation, c, input);
        assertThat(result.depth()).isEqualTo(expected.depth());
        assertThat(Pictures.maxDifference(result, expected)).isLessThanOrEqualTo(tolerance(operation, c));
        assertThat(Pictures.values(input)).as("the input is not changed").isEqualTo(before);
    }

    /**
     * Resizing: bytes with 16-bit weights instead of Pillow's 22 bits, 16-bit counts in double precision; 1 of 65535 there.
     * Mixing four pixels: OpenCV rounds where Pillow drops the fraction. Everything else is Pillow's arithmetic.
     */
    private static double tolerance(String operation, JsonNode c) {
        boolean mixes = c.path("interpolation").asText().equals("bilinear");
        return operation.startsWith("resize") || mixes ? 1 : 0;
    }

    private static Image apply(String operation, JsonNode c, Image input) {
        return switch (operation) {
            case "resize", "resize16" -> resize(c).apply(input, Transform.NoDraw.INSTANCE);
            case "resize_bicubic" -> resize(c).bicubic().apply(input, Transform.NoDraw.INSTANCE);
            case "center_crop" -> new CenterCrop(size(c)).apply(input, Transform.NoDraw.INSTANCE);
            case "resized_crop" -> {
                JsonNode box = c.get("box");
                yield new RandomResizedCrop(size(c), new Interval(0.1, 1), new Interval(1, 1))
                        .apply(
                                input,
                                new RandomResizedCrop.Box(
                                        box.get(0).asInt(),
                                        box.get(1).asInt(),
                                        box.get(2).asInt(),
                                        box.get(3).asInt()));
            }
            case "horizontal_flip" -> new RandomHorizontalFlip(1).apply(input, new RandomHorizontalFlip.Flip(true));
            case "rotate" -> rotate(c, input);
            default -> throw new AssertionError(operation);
        };
    }

    private static Image rotate(JsonNode c, Image input) {
        List<Double> fill = new ArrayList<>();
        c.get("fill").forEach(f -> fill.add(f.asDouble()));
        Interpolation interpolation =
                c.get("interpolation").asText().equals("nearest") ? Interpolation.NEAREST : Interpolation.BILINEAR;
        return new RandomRotation(new Interval(-180, 180), interpolation, fill)
                .apply(input, new RandomRotation.Angle(c.get("angle").asDouble()));
    }

    private static Resize resize(JsonNode c) {
        return c.get("size").isInt() ? Resize.shorterSide(c.get("size").asInt()) : Resize.exactly(size(c));
    }

    private static Size size(JsonNode c) {
        return new Size(c.get("size").get(0).asInt(), c.get("size").get(1).asInt());
    }

    private static Image floats(JsonNode rows) {
        int width = rows.get(0).size();
        Pixels pixels = Pixels.allocate(Image.Depth.FLOAT32, rows.size() * width);
        for (int y = 0; y < rows.size(); y++) {
            for (int x = 0; x < width; x++) {
                pixels.set(y * width + x, rows.get(y).get(x).asDouble());
            }
        }
        return pixels.toImage(rows.size(), width, 1);
    }
}
