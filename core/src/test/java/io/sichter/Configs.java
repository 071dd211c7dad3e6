package io.sichter;

import com.fasterxml.jackson.databind.JsonNode;
import io.sichter.config.ConfigLayer;
import io.sichter.config.ConfigReader;
import io.sichter.config.RunConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Configurations for tests: the defaults and some settings, as a command line gives them. */
public final class Configs {
    private Configs() {}

    /** The defaults and {@code key=value} settings. */
    public static RunConfig of(String... settings) {
        return ConfigReader.resolve(
                RunConfig.defaults(),
                Arrays.stream(settings).map(ConfigLayer::assignment).toList());
    }

    /** The defaults, settings, and every field of a JSON object that is a key of the section. */
    public static RunConfig of(String section, JsonNode fields, List<String> ignored, String... settings) {
        List<String> all = new ArrayList<>(List.of(settings));
        fields.properties().forEach(field -> {
            if (!ignored.contains(field.getKey())) {
                JsonNode value = field.getValue();
                all.add(section + "." + field.getKey() + "=" + (value.isTextual() ? value.asText() : value.toString()));
            }
        });
        return of(all.toArray(String[]::new));
    }
}
