package io.sichter.config;

import io.sichter.text.Text;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A {@link RunConfig} as commented YAML: every section, every key, its meaning and what it may be. Equal records give
 * equal bytes, and {@link ConfigReader} reads an equal record back.
 */
public final class ConfigWriter {
    /** Texts that no YAML reader, 1.1 or 1.2, takes for anything but text. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_./][A-Za-z0-9_./-]*");

    private static final Pattern RESERVED =
            Pattern.compile("(?i)true|false|yes|no|on|off|y|n|null|[-+.]*(inf|nan)|\\.+");

    private ConfigWriter() {}

    /** The text as it stands in a run's directory: with English comments, line feeds and a final one. */
    public static String write(RunConfig config) {
        return write(config, Locale.ENGLISH);
    }

    /** The text with comments in a language. */
    public static String write(RunConfig config, Locale language) {
        StringBuilder out = new StringBuilder();
        Text.of("config.header").in(language).lines().forEach(line -> out.append("# ")
                .append(line)
                .append('\n'));
        for (ConfigKey key : ConfigKey.of(RunConfig.class, "")) {
            out.append('\n');
            Object value = ConfigBinder.component(config, key.component());
            if (value instanceof Record section) {
                writeSection(out, key, section, language);
            } else {
                writeKey(out, "", key, value, language);
            }
        }
        return out.toString();
    }

    private static void writeSection(StringBuilder out, ConfigKey section, Record record, Locale language) {
        writeComment(out, "", section, language);
        out.append(section.name()).append(":\n");
        for (ConfigKey key : ConfigKey.of(record.getClass(), section.path())) {
            writeKey(out, "  ", key, ConfigBinder.component(record, key.component()), language);
        }
    }

    private static void writeKey(StringBuilder out, String indent, ConfigKey key, Object value, Locale language) {
        writeComment(out, indent, key, language);
        out.append(indent).append(key.name()).append(':');
        boolean transforms = key.elementType() == TransformSpec.class;
        if (transforms && value instanceof List<?> specs && !specs.isEmpty()) {
            writeTransforms(out, indent, specs);
        } else if (key.elementType() == LayerSpec.class && value instanceof List<?> layers && !layers.isEmpty()) {
            out.append('\n');
            layers.forEach(layer -> writeLayer(out, indent + "  ", (LayerSpec) layer));
        } else if (transforms && value instanceof Map<?, ?> map && !map.isEmpty()) {
            out.append('\n');
            map.forEach((name, specs) -> {
                out.append(indent).append("  ").append(text((String) name)).append(':');
                if (((List<?>) specs).isEmpty()) {
                    out.append(" []\n");
                } else {
                    writeTransforms(out, indent + "  ", (List<?>) specs);
                }
            });
        } else {
            out.append(' ').append(inline(value)).append('\n');
        }
    }

    private static void writeTransforms(StringBuilder out, String indent, List<?> specs) {
        out.append('\n');
        for (Object item : specs) {
            out.append(indent).append("  - ");
            writeTransform(out, (TransformSpec) item);
            out.append('\n');
        }
    }

    /** A layer on a line; a residual's layers each on a line of their own. */
    private static void writeLayer(StringBuilder out, String indent, LayerSpec layer) {
        boolean nested = layer.params().values().stream().anyMatch(List.class::isInstance);
        if (!nested) {
            out.append(indent).append("- ").append(layer(layer)).append('\n');
            return;
        }
        out.append(indent).append("- ").append(text(layer.name())).append(":\n");
        layer.params().forEach((name, value) -> {
            out.append(indent).append("    ").append(text(name)).append(':');
            if (value instanceof List<?> layers && !layers.isEmpty()) {
                out.append('\n');
                layers.forEach(inner -> writeLayer(out, indent + "      ", (LayerSpec) inner));
            } else {
                out.append(' ').append(inline(value)).append('\n');
            }
        });
    }

    private static String layer(LayerSpec layer) {
        if (layer.params().isEmpty()) {
            return text(layer.name());
        }
        Object only = layer.params().size() == 1 ? layer.params().get(LayerSpec.VALUE) : null;
        return text(layer.name()) + ": " + inline(only == null ? layer.params() : only);
    }

    private static void writeComment(StringBuilder out, String indent, ConfigKey key, Locale language) {
        out.append(indent).append("# ").append(key.help().in(language));
        String allowed = key.allowed().in(language);
        out.append(allowed.isEmpty() ? "" : " (" + allowed + ")").append('\n');
    }

    private static void writeTransform(StringBuilder out, TransformSpec spec) {
        out.append(text(spec.name()));
        if (!spec.params().isEmpty()) {
            out.append(": ").append(inline(spec.params()));
        }
    }

    /** A value in one line, as it may follow {@code key=} on the command line: transforms, lists and names of them too. */
    public static String inline(Object value) {
        if (value instanceof Double || value instanceof Float) {
            return Numbers.yaml(((Number) value).doubleValue());
        }
        if (value instanceof Number || value instanceof Boolean) {
            return value.toString();
        }
        if (value instanceof String text) {
            return text(text);
        }
        if (value instanceof List<?> list) {
            return "["
                    + String.join(", ", list.stream().map(ConfigWriter::inline).toList()) + "]";
        }
        if (value instanceof TransformSpec spec) {
            return "{" + text(spec.name()) + ": " + inline(spec.params()) + "}";
        }
        if (value instanceof LayerSpec layer) {
            return layer.params().isEmpty() ? layer(layer) : "{" + layer(layer) + "}";
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, String> sorted = new TreeMap<>();
            map.forEach((k, v) -> sorted.put((String) k, text((String) k) + ": " + inline(v)));
            return "{" + String.join(", ", sorted.values()) + "}";
        }
        throw new IllegalArgumentException("Not a configuration value: " + value);
    }

    private static String text(String text) {
        if (PLAIN.matcher(text).matches() && !RESERVED.matcher(text).matches()) {
            return text;
        }
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < 0x20 || (c >= 0x7F && c <= 0xA0) || c == '\u2028' || c == '\u2029' || c == '\uFEFF') {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
