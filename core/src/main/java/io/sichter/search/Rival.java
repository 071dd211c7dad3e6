package io.sichter.search;

import io.sichter.config.ConfigLayer;
import io.sichter.config.ConfigReader;
import io.sichter.config.RunConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One of the configurations that are compared.
 *
 * @param settings what it has in its own way: values by key, in the order of the keys
 */
public record Rival(Map<String, String> settings) {
    /** Copies the map. */
    public Rival {
        settings = java.util.Collections.unmodifiableMap(new TreeMap<>(settings));
    }

    /** Every combination of the values, the last variation changing fastest. */
    static List<Rival> of(List<Variation> variations) {
        List<Rival> rivals = List.of(new Rival(Map.of()));
        for (Variation variation : variations) {
            List<Rival> more = new ArrayList<>();
            for (Rival rival : rivals) {
                for (String value : variation.values()) {
                    Map<String, String> settings = new TreeMap<>(rival.settings);
                    settings.put(variation.key(), value);
                    more.add(new Rival(settings));
                }
            }
            rivals = more;
        }
        return rivals;
    }

    /** What people call it: its values. */
    public String name() {
        return String.join(" ", settings.values());
    }

    /** The settings as text, in which no two rivals are alike. */
    String text() {
        return settings.toString();
    }

    /** A name for folders. */
    String slug() {
        String slug = name().replaceAll("[^A-Za-z0-9.]+", "-").replaceAll("^[^A-Za-z0-9]+|-+$", "");
        return slug.isEmpty() ? "rival" : slug.substring(0, Math.min(60, slug.length()));
    }

    /**
     * The base with the settings over it.
     *
     * @throws io.sichter.error.UsageException if a key is unknown, a value is not allowed or contradicts the others
     */
    RunConfig over(RunConfig base) {
        return ConfigReader.resolve(
                base,
                settings.entrySet().stream()
                        .map(e -> (ConfigLayer) new ConfigLayer.Setting("--vary", e.getKey(), e.getValue()))
                        .toList());
    }
}
