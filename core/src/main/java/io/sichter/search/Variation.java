package io.sichter.search;

import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import java.util.ArrayList;
import java.util.List;

/**
 * A key of the configuration and the values that are compared.
 *
 * @param key dotted path, such as {@code optimizer.name}
 * @param values at least two, all different
 */
public record Variation(String key, List<String> values) {
    private static final String QUOTE = "\"";

    /** Copies and checks the values. */
    public Variation {
        values = List.copyOf(values);
        if (values.size() < 2 || values.stream().distinct().count() < values.size() || values.contains("")) {
            throw new UsageException(Problem.of("search.compare.values", key, String.join(", ", values)));
        }
    }

    /**
     * Reads {@code KEY=VALUE,VALUE...}. The key may be a short name, see {@link SettingNames}. Commas inside brackets,
     * braces and quotation marks belong to a value; the marks around a value are taken away.
     *
     * @throws UsageException if it is none
     */
    public static Variation parse(String text) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw new UsageException(Problem.of("search.compare.vary", text));
        }
        return new Variation(SettingNames.key(text.substring(0, equals)), split(text.substring(equals + 1)));
    }

    private static List<String> split(String text) {
        List<String> values = new ArrayList<>();
        StringBuilder value = new StringBuilder();
        int depth = 0;
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (depth == 0 && QUOTE.indexOf(c) == 0) {
                quoted = !quoted;
                continue;
            }
            depth += quoted ? 0 : c == '[' || c == '{' ? 1 : c == ']' || c == '}' ? -1 : 0;
            if (c == ',' && depth == 0 && !quoted) {
                values.add(value.toString().strip());
                value.setLength(0);
            } else {
                value.append(c);
            }
        }
        values.add(value.toString().strip());
        return values;
    }
}
