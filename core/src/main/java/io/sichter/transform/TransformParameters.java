package io.sichter.transform;

import io.sichter.config.TransformSpec;
import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import io.sichter.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads the parameters of a {@link TransformSpec} with their types and ranges. Every method throws a
 * {@link UsageException} that names the transform, the parameter and where it stands.
 */
public final class TransformParameters {
    private final TransformSpec spec;
    private final int imageSize;
    private final int channels;

    TransformParameters(TransformSpec spec, int imageSize, int channels) {
        this.spec = spec;
        this.imageSize = imageSize;
        this.channels = channels;
    }

    /** Channels of the pictures. */
    public int channels() {
        return channels;
    }

    /** Whether the file says something about this parameter. */
    public boolean has(String name) {
        return spec.params().containsKey(name);
    }

    /** Whether the parameter is a list. */
    public boolean isList(String name) {
        return spec.params().get(name) instanceof List;
    }

    /** A length in pixels, or the word {@code image_size}; required. */
    public int pixels(String name) {
        return pixels(name, required(name, size()), Text.of("transform.length"));
    }

    /** {@code [height, width]}, each in pixels or {@code image_size}; required. */
    public Size heightAndWidth(String name) {
        Object value = required(name, size());
        if (!(value instanceof List<?> list) || list.size() != 2) {
            throw wrong(name, value, size());
        }
        return new Size(
                pixels(name, list.get(0), Text.of("transform.height")),
                pixels(name, list.get(1), Text.of("transform.width")));
    }

    /** A number within bounds, both included. */
    public double number(String name, double otherwise, double min, double max) {
        return has(name) ? number(name, required(name, Text.empty()), min, max) : otherwise;
    }

    /** A list of numbers, or one number as a list of one, each within bounds; required. */
    public List<Double> numbers(String name, double min, double max) {
        Object value = required(name, between(min, max));
        List<Double> numbers = new ArrayList<>();
        for (Object element : value instanceof List<?> list ? list : List.of(value)) {
            numbers.add(number(name, element, min, max));
        }
        return numbers;
    }

    /** {@code [smallest, largest]}, each within bounds. */
    public Interval interval(String name, Interval otherwise, double min, double max) {
        if (!has(name)) {
            return otherwise;
        }
        List<Double> numbers = numbers(name, min, max);
        if (!isList(name) || numbers.size() != 2 || numbers.get(0) > numbers.get(1)) {
            throw wrong(name, required(name, Text.empty()), Text.of("transform.interval", between(min, max)));
        }
        return new Interval(numbers.get(0), numbers.get(1));
    }

    /** One of several words; the first is the default. */
    public String word(String name, List<String> words) {
        Object value = has(name) ? required(name, Text.empty()) : words.get(0);
        if (!(value instanceof String word) || !words.contains(word)) {
            throw wrong(name, value, Text.of("one_of", String.join(", ", words)));
        }
        return word;
    }

    /** A list of further transforms, each {@code {name: {parameter: value}}} or a bare name; required, not empty. */
    public List<Transform<?>> transforms(String name) {
        Text expected = Text.of("transform.list");
        Object value = required(name, expected);
        if (!(value instanceof List<?> list) || list.isEmpty()) {
            throw wrong(name, value, expected);
        }
        List<Transform<?>> transforms = new ArrayList<>();
        for (Object element : list) {
            TransformSpec nested = nested(element);
            if (nested == null) {
                throw wrong(name, element, expected);
            }
            transforms.add(Transforms.create(nested, imageSize, channels));
        }
        return transforms;
    }

    /** The error for a value that is not what the parameter takes. */
    public UsageException wrong(String name, Object received, Text expected) {
        return new UsageException(new Problem(
                Text.of("transform.parameter.wrong", name, spec.name(), where(spec)),
                Text.verbatim(received),
                expected,
                Text.of("transform.parameter.correct", name, spec.name())));
    }

    /** What the file says about a parameter that is there. */
    Object value(String name) {
        return Objects.requireNonNull(spec.params().get(name), name);
    }

    /**
     * A problem of this transform: its key's first two arguments are the transform's name and where it stands, the others
     * follow.
     */
    UsageException problem(String key, Object... arguments) {
        List<Object> all = new ArrayList<>(List.of(spec.name(), where(spec)));
        all.addAll(List.of(arguments));
        return new UsageException(Problem.of(key, all.toArray()));
    }

    /** Where a spec stands, to append to a sentence. */
    static Text where(TransformSpec spec) {
        return spec.location().isEmpty() ? Text.empty() : Text.of("transform.where", spec.location());
    }

    private static Text size() {
        return Text.of("transform.lengths", TransformSpec.IMAGE_SIZE);
    }

    private Object required(String name, Text expected) {
        Object value = spec.params().get(name);
        if (value == null) {
            throw new UsageException(new Problem(
                    Text.of("transform.parameter.missing", name, spec.name(), where(spec)),
                    spec.params().isEmpty() ? Text.of("transform.parameter.none") : Text.verbatim(spec.params()),
                    expected,
                    Text.of("transform.parameter.add", name, spec.name())));
        }
        return value;
    }

    private int pixels(String name, Object value, Text what) {
        if (TransformSpec.IMAGE_SIZE.equals(value)) {
            return imageSize;
        }
        boolean whole = value instanceof Integer || value instanceof Long;
        if (!whole || ((Number) value).longValue() < 1 || ((Number) value).longValue() > MAX_SIDE) {
            throw wrong(name, value, Text.of("transform.pixels", what, MAX_SIDE, TransformSpec.IMAGE_SIZE));
        }
        return ((Number) value).intValue();
    }

    private static final int MAX_SIDE = 8192;

    private double number(String name, Object value, double min, double max) {
        if (!(value instanceof Number number) || !(number.doubleValue() >= min && number.doubleValue() <= max)) {
            throw wrong(name, value, between(min, max));
        }
        return number.doubleValue();
    }

    private static Text between(double min, double max) {
        boolean low = min != Double.NEGATIVE_INFINITY;
        boolean high = max != Double.POSITIVE_INFINITY;
        if (low && high) {
            return Text.of("transform.number.between", plain(min), plain(max));
        }
        if (low) {
            return Text.of("transform.number.from", plain(min));
        }
        return high ? Text.of("transform.number.to", plain(max)) : Text.of("number");
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    private @Nullable TransformSpec nested(Object element) {
        if (element instanceof TransformSpec given) {
            return given;
        }
        if (element instanceof String bare) {
            return new TransformSpec(bare, Map.of(), spec.location());
        }
        if (!(element instanceof Map<?, ?> map) || map.size() != 1) {
            return null;
        }
        Map.Entry<?, ?> entry = map.entrySet().iterator().next();
        Map<String, Object> params = new java.util.TreeMap<>();
        if (entry.getValue() instanceof Map<?, ?> given) {
            given.forEach((key, value) -> params.put(String.valueOf(key), Objects.requireNonNull(value)));
        } else if (entry.getValue() != null) {
            return null;
        }
        return new TransformSpec(String.valueOf(entry.getKey()), params, spec.location());
    }
}
