package io.sichter.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sichter.storage.WeightsFile.Statistics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the {@code config.json} says that timm and Hugging Face keep beside weights.
 *
 * @param statistics what pictures are normalised with: {@code mean} and {@code std} of timm's {@code pretrained_cfg},
 *     or {@code image_mean} and {@code image_std}
 * @param labels names of the outputs in their order: timm's {@code label_names}, or {@code id2label}; may be empty
 * @param imageSize side of the pictures, timm's {@code input_size}
 */
record WeightsConfig(Optional<Statistics> statistics, List<String> labels, OptionalInt imageSize) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MAX_BYTES = 4 << 20;
    private static final WeightsConfig NOTHING = new WeightsConfig(Optional.empty(), List.of(), OptionalInt.empty());

    WeightsConfig {
        labels = List.copyOf(labels);
    }

    /** Reads the one beside a file; somebody else's {@code config.json} says nothing. */
    static WeightsConfig beside(Path weights) {
        Path file = weights.toAbsolutePath().resolveSibling("config.json");
        try {
            return Files.isRegularFile(file) && Files.size(file) <= MAX_BYTES
                    ? of(JSON.readTree(Files.readString(file)))
                    : NOTHING;
        } catch (IOException e) {
            return NOTHING;
        }
    }

    private static WeightsConfig of(JsonNode root) {
        JsonNode timm = root.path("pretrained_cfg");
        JsonNode source = timm.isObject() ? timm : root;
        List<Double> mean = numbers(source.has("mean") ? source.path("mean") : source.path("image_mean"));
        List<Double> std = numbers(source.has("std") ? source.path("std") : source.path("image_std"));
        boolean usable = !mean.isEmpty() && mean.size() == std.size();
        JsonNode size = source.path("input_size").path(1);
        return new WeightsConfig(
                usable ? Optional.of(new Statistics(mean, std)) : Optional.empty(),
                labels(root),
                size.canConvertToInt() && size.asInt() > 0 ? OptionalInt.of(size.asInt()) : OptionalInt.empty());
    }

    private static List<String> labels(JsonNode root) {
        List<String> labels = new ArrayList<>();
        root.path("label_names").forEach(label -> labels.add(label.asText()));
        if (labels.isEmpty() && root.path("id2label").isObject()) {
            root.path("id2label").properties().stream()
                    .filter(entry -> entry.getKey().matches("\\d{1,9}"))
                    .sorted(Comparator.comparingInt(entry -> Integer.parseInt(entry.getKey())))
                    .forEach(entry -> labels.add(entry.getValue().asText()));
        }
        return labels;
    }

    private static List<Double> numbers(JsonNode list) {
        List<Double> numbers = new ArrayList<>();
        list.forEach(number -> numbers.add(number.asDouble()));
        return numbers;
    }
}
