package io.sichter.config;

import io.sichter.registry.Suggestion;
import io.sichter.text.Text;
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
    static Text didYouMean(String parent, String name, List<ConfigKey> siblings) {
        List<String> names = siblings.stream().map(ConfigKey::name).toList();
        List<String> paths = leafPaths(RunConfig.class, "");
        String last = name.substring(name.lastIndexOf('.') + 1);
        List<String> elsewhere =
                paths.stream().filter(p -> p.endsWith("." + last)).toList();
        if (!names.contains(last) && !elsewhere.isEmpty()) {
            return elsewhere.stream()
                    .map(Text::quoted)
                    .reduce((one, other) -> Text.of("or", one, other))
                    .map(any -> Text.of("suggestion", any))
                    .orElseThrow();
        }
        return Suggestion.nearest(name, names)
                .map(n -> Suggestion.didYouMean(join(parent, n)))
                .orElseGet(() -> Suggestion.didYouMean(join(parent, name), paths));
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
    Text allowed() {
        OneOf words = component.getAnnotation(OneOf.class);
        if (words != null) {
            return words.value().length == 1
                    ? Text.verbatim(words.value()[0])
                    : Text.of("one_of", String.join(", ", words.value()));
        }
        Range range = component.getAnnotation(Range.class);
        return range == null ? Text.empty() : describe(range);
    }

    /** What the key is for: one line of the catalog, with the unit where there is one. */
    Text help() {
        return Text.of("config." + path + ".help");
    }

    private static Text describe(Range range) {
        boolean low = range.min() != Double.NEGATIVE_INFINITY;
        boolean high = range.max() != Double.POSITIVE_INFINITY;
        if (low && high && range.min() == range.max()) {
            return Text.verbatim(Numbers.shortest(range.min()));
        }
        if (low && high && !range.exclusiveMin() && !range.exclusiveMax()) {
            return Text.of("range.between", Numbers.shortest(range.min()), Numbers.shortest(range.max()));
        }
        if (!low && !high) {
            return Text.empty();
        }
        if (!high) {
            return from(range);
        }
        return low ? Text.of("and", from(range), to(range)) : to(range);
    }

    private static Text from(Range range) {
        return Text.of(range.exclusiveMin() ? "range.above" : "range.from", Numbers.shortest(range.min()));
    }

    private static Text to(Range range) {
        return Text.of(range.exclusiveMax() ? "range.below" : "range.to", Numbers.shortest(range.max()));
    }

    /** Whether a number lies in the range of the key. */
    boolean inRange(double value) {
        Range range = component.getAnnotation(Range.class);
        return range == null
                || ((range.exclusiveMin() ? value > range.min() : value >= range.min())
                        && (range.exclusiveMax() ? value < range.max() : value <= range.max()));
    }
}
