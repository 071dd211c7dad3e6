package io.sichter.transform;

import io.sichter.error.UsageException;
import io.sichter.text.Text;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Reads what augmentations have in common from their {@link TransformParameters}: torchvision lets many parameters be one
 * number or several. Every method throws a {@link UsageException} that names the transform, the parameter and its place.
 */
final class AugmentSettings {
    private final TransformParameters parameters;

    AugmentSettings(TransformParameters parameters) {
        this.parameters = parameters;
    }

    boolean has(String name) {
        return parameters.has(name);
    }

    /** Whether the parameter is this word. */
    boolean is(String name, String word) {
        return has(name) && parameters.value(name).equals(word);
    }

    int channels() {
        return parameters.channels();
    }

    double chance(double otherwise) {
        return number("p", otherwise, 0, 1);
    }

    double number(String name, double otherwise, double min, double max) {
        return parameters.number(name, otherwise, min, max);
    }

    double required(String name, double min, double max) {
        return single(name, parameters.numbers(name, min, max));
    }

    int whole(String name, int min, int max) {
        double number = required(name, min, max);
        if (number != Math.rint(number)) {
            throw wrong(name, Text.of("transform.expect.whole", min, max));
        }
        return (int) number;
    }

    int whole(String name, int otherwise, int min, int max) {
        return has(name) ? whole(name, min, max) : otherwise;
    }

    boolean flag(String name, boolean otherwise) {
        if (!has(name)) {
            return otherwise;
        }
        if (!(parameters.value(name) instanceof Boolean value)) {
            throw wrong(name, Text.verbatim("true, false"));
        }
        return value;
    }

    String word(String name, List<String> words) {
        return parameters.word(name, words);
    }

    Interpolation interpolation(Interpolation otherwise) {
        if (!has("interpolation")) {
            return otherwise;
        }
        return word("interpolation", List.of("nearest", "bilinear")).equals("nearest")
                ? Interpolation.NEAREST
                : Interpolation.BILINEAR;
    }

    Size size() {
        return parameters.isList("size") ? parameters.heightAndWidth("size") : Size.square(parameters.pixels("size"));
    }

    Interval interval(String name, Interval otherwise, double min, double max) {
        return parameters.interval(name, otherwise, min, max);
    }

    /** {@code [smallest, largest]}, or one number for both. */
    Interval spread(String name, Interval otherwise, double min, double max) {
        if (!has(name) || parameters.isList(name)) {
            return interval(name, otherwise, min, max);
        }
        double number = required(name, min, max);
        return new Interval(number, number);
    }

    /** {@code [smallest, largest]}, or one number for so much to both sides of a centre, cut off at {@code min}. */
    Optional<Interval> around(String name, double center, double min, double max) {
        if (!has(name)) {
            return Optional.empty();
        }
        if (parameters.isList(name)) {
            return Optional.of(interval(name, new Interval(min, max), min, max));
        }
        double spread = required(name, 0, center == 0 ? max : max - center);
        return Optional.of(new Interval(Math.max(min, center - spread), center + spread));
    }

    /** {@code [smallest, largest]}, or one number for both directions; required. */
    Interval degrees() {
        if (parameters.isList("degrees")) {
            return interval("degrees", new Interval(0, 0), -360, 360);
        }
        double limit = required("degrees", 0, 360);
        return new Interval(-limit, limit);
    }

    /** Four bounds of the shears in degrees: of one number, two or four. */
    List<Double> shear() {
        List<Double> given = parameters.numbers("shear", -89, 89);
        List<Double> bounds =
                new ArrayList<>(parameters.isList("shear") ? given : List.of(-required("shear", 0, 89), given.get(0)));
        if (bounds.size() == 2) {
            bounds.addAll(List.of(0.0, 0.0));
        }
        if (bounds.size() != 4 || bounds.get(0) > bounds.get(1) || bounds.get(2) > bounds.get(3)) {
            throw wrong("shear", Text.of("transform.expect.shear"));
        }
        return bounds;
    }

    /** So many numbers. */
    List<Double> numbers(String name, List<Double> otherwise, double min, double max, int count) {
        if (!has(name)) {
            return otherwise;
        }
        List<Double> numbers = parameters.numbers(name, min, max);
        if (numbers.size() != count) {
            throw wrong(name, Text.of("transform.expect.numbers", count));
        }
        return numbers;
    }

    /** A weight for each, all 1 if not said. */
    List<Double> weights(String name, int count) {
        List<Double> weights = numbers(name, Collections.nCopies(count, 1.0), 0, Float.MAX_VALUE, count);
        if (weights.stream().allMatch(weight -> weight == 0)) {
            throw wrong(name, Text.of("transform.expect.weights"));
        }
        return weights;
    }

    /** Two odd lengths, {@code [horizontal, vertical]} or one number for both; required. */
    List<Integer> oddPair(String name) {
        List<Double> given = parameters.numbers(name, 1, 255);
        if (given.size() > 2 || given.stream().anyMatch(number -> number % 2 != 1)) {
            throw wrong(name, Text.of("transform.expect.odd"));
        }
        return List.of(given.get(0).intValue(), given.get(given.size() - 1).intValue());
    }

    /** One number for all sides, {@code [left and right, top and bottom]} or {@code [left, top, right, bottom]}. */
    Optional<Padding> padding() {
        if (!has("padding")) {
            return Optional.empty();
        }
        List<Double> given = parameters.numbers("padding", 0, 8192);
        int[] p = given.stream().mapToInt(Double::intValue).toArray();
        if (given.stream().anyMatch(number -> number % 1 != 0) || (p.length != 1 && p.length != 2 && p.length != 4)) {
            throw wrong("padding", Text.of("transform.expect.padding"));
        }
        return Optional.of(
                switch (p.length) {
                    case 1 -> Padding.all(p[0]);
                    case 2 -> new Padding(p[0], p[1], p[0], p[1]);
                    default -> new Padding(p[0], p[1], p[2], p[3]);
                });
    }

    /** What comes from outside a picture: one number or one per channel, 0 if not said. */
    List<Double> fill() {
        return levels("fill");
    }

    /** Grey levels: one number or one per channel, 0 if not said. */
    List<Double> levels(String name) {
        if (!has(name)) {
            return List.of(0.0);
        }
        List<Double> levels = parameters.numbers(name, -Float.MAX_VALUE, Float.MAX_VALUE);
        if (levels.size() != 1 && levels.size() != channels()) {
            throw wrong(name, Text.of("transform.expect.per_channel", channels()));
        }
        return levels;
    }

    List<Transform<?>> transforms() {
        return parameters.transforms("transforms");
    }

    /** Refuses what is about colour for pictures that are neither colour nor grey. */
    void requireColourOrGrey() {
        if (channels() != 1 && channels() != Colours.COLOUR_CHANNELS) {
            throw parameters.problem("transform.not_colour", channels());
        }
    }

    /** Refuses another number than the pictures' channels: a list of transforms does not change that. */
    void requireChannels(String name) {
        if (has(name) && required(name, 1, 512) != channels()) {
            throw parameters.problem("transform.other_channels", name, channels(), parameters.value(name));
        }
    }

    /** The error for a parameter that must be there. */
    UsageException missing(String name) {
        return parameters.problem("transform.missing", name);
    }

    UsageException wrong(String name, Text expected) {
        return parameters.problem("transform.parameter", name, parameters.value(name), expected);
    }

    private double single(String name, List<Double> numbers) {
        if (parameters.isList(name)) {
            throw wrong(name, Text.of("transform.expect.number"));
        }
        return numbers.get(0);
    }
}
