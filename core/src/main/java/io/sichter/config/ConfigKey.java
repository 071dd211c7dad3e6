package io.sichter.config;

import io.sichter.registry.Suggestion;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * One key of the configuration: a record component and its dotted path.
 *
 * @param path such as {@code optimizer.weight_decay}
 * @param name the last segment
 * @param component the record component behind it
 */
record ConfigKey(String path, String name, RecordComponent component) {
    /** The keys of a section, in the order of its components. */
    static List<ConfigKey> of(Class<?> section, String parent) {
        return Arrays.stream(section.getRecordComponents())
                .map(c -> new ConfigKey(join(parent, snakeCase(c.getName())), snakeCase(c.getName()), c))
                .toList();
    }

    /** Paths of all keys below a section that hold a value. */
    static List<String> leafPaths(Class<?> section, String parent) {
        List<String> paths = new ArrayList<>();
        for (ConfigKey key : of(section, parent)) {
            if (key.isSection()) {
                paths.addAll(leafPaths(key.component.getType(), key.path));
            } else {
                paths.add(key.path);
            }
        }
        return paths;
    }

    /** What an unknown key was probably meant to be: one of its section, or the same name in another section. */
    static String didYouMean(String parent, String name, List<ConfigKey> siblings) {
        List<String> names = siblings.stream().map(ConfigKey::name).toList();
        List<String> paths = leafPaths(RunConfig.class, "");
        String last = name.substring(name.lastIndexOf('.') + 1);
        List<String> elsewhere =
                paths.stream().filter(p -> p.endsWith("." + last)).toList();
        if (!names.contains(last) && !elsewhere.isEmpty()) {
            return "Did you mean \"" + String.join("\" or \"", elsewhere) + "\"?";
        }
        String inSection = Suggestion.nearest(name, names)
                .map(n -> "Did you mean \"" + join(parent, n) + "\"?")
                .orElse("");
        return inSection.isEmpty() ? Suggestion.didYouMean(join(parent, name), paths) : inSection;
    }

    static String join(String parent, String name) {
        return parent.isEmpty() ? name : parent + "." + name;
    }

    private static String snakeCase(String camelCase) {
        return camelCase.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    boolean isSection() {
        return component.getType().isRecord();
    }

    /** The element type where the key holds a list; Object otherwise. */
    Class<?> elementType() {
        Type generic = component.getGenericType();
        return generic instanceof ParameterizedType list && list.getActualTypeArguments()[0] instanceof Class<?> element
                ? element
                : Object.class;
    }

    /** What the annotations allow, in words: {@code 1 to 65536}, {@code above 0}, {@code one of sgd, adam}. */
    String allowed() {
        OneOf words = component.getAnnotation(OneOf.class);
        if (words != null) {
            return words.value().length == 1 ? words.value()[0] : "one of " + String.join(", ", words.value());
        }
        Range range = component.getAnnotation(Range.class);
        return range == null ? "" : describe(range);
    }

    private static String describe(Range range) {
        boolean low = range.min() != Double.NEGATIVE_INFINITY;
        boolean high = range.max() != Double.POSITIVE_INFINITY;
        if (low && high && range.min() == range.max()) {
            return Numbers.shortest(range.min());
        }
        if (low && high && !range.exclusiveMin() && !range.exclusiveMax()) {
            return Numbers.shortest(range.min()) + " to " + Numbers.shortest(range.max());
        }
        String from = low ? (range.exclusiveMin() ? "above " : "at least ") + Numbers.shortest(range.min()) : "";
        String to = high ? (range.exclusiveMax() ? "below " : "at most ") + Numbers.shortest(range.max()) : "";
        return from + (low && high ? " and " : "") + to;
    }

    /** Whether a number lies in the range of the key. */
    boolean inRange(double value) {
        Range range = component.getAnnotation(Range.class);
        return range == null
                || ((range.exclusiveMin() ? value > range.min() : value >= range.min())
                        && (range.exclusiveMax() ? value < range.max() : value <= range.max()));
    }
}
