package io.sichter.run;

import io.sichter.config.ClassesConfig;
import io.sichter.config.TransformSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The content of {@code model.yaml} as plain maps and lists. */
final class ModelYaml {
    private ModelYaml() {}

    static Map<String, Object> toMap(ModelBundle bundle) {
        Preprocessing preprocessing = bundle.preprocessing();
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("image_size", preprocessing.imageSize());
        input.put("channels", preprocessing.channels());
        input.put(
                "transforms",
                preprocessing.transforms().stream()
                        .map(spec -> Map.of(spec.name(), spec.params()))
                        .toList());
        input.put("mean", preprocessing.mean());
        input.put("std", preprocessing.std());
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("format", 1);
        root.put("architecture", bundle.architecture());
        root.put("options", bundle.options());
        Map<String, Object> weights = new LinkedHashMap<>();
        weights.put("file", ModelBundle.WEIGHTS);
        weights.put("sha256", bundle.sha256());
        root.put("weights", weights);
        root.put("preprocessing", input);
        root.put("metrics", bundle.metrics());
        root.put("provenance", bundle.provenance());
        root.put("classes", bundle.classes());
        if (!bundle.renaming().isEmpty()) {
            Map<String, Object> renaming = new LinkedHashMap<>();
            renaming.put("names", bundle.renaming().names());
            renaming.put("merge", bundle.renaming().merge());
            renaming.put("drop", bundle.renaming().drop());
            root.put("renaming", renaming);
        }
        return root;
    }

    /**
     * Reads {@link #toMap} back.
     *
     * @throws IllegalArgumentException whose message is the name of a key that is missing or of another type
     */
    static ModelBundle fromMap(@Nullable Object document, Path weights) {
        Map<?, ?> root = cast(document, Map.class, "format");
        int format = get(root, "format", Integer.class);
        if (format != 1) {
            throw new IllegalArgumentException("format: " + format);
        }
        return new ModelBundle(
                get(root, "architecture", String.class),
                root.containsKey("options") ? textMap(get(root, "options", Map.class)) : Map.of(),
                texts(get(root, "classes", List.class)),
                root.containsKey("renaming") ? renaming(get(root, "renaming", Map.class)) : ClassesConfig.defaults(),
                preprocessing(get(root, "preprocessing", Map.class)),
                numberMap(get(root, "metrics", Map.class)),
                textMap(get(root, "provenance", Map.class)),
                weights,
                get(get(root, "weights", Map.class), "sha256", String.class));
    }

    private static ClassesConfig renaming(Map<?, ?> renaming) {
        Map<String, List<String>> merge = new LinkedHashMap<>();
        Map<?, ?> merged = get(renaming, "merge", Map.class);
        merged.forEach((name, parts) -> merge.put(String.valueOf(name), texts(cast(parts, List.class, "merge"))));
        return new ClassesConfig(
                textMap(get(renaming, "names", Map.class)), merge, texts(get(renaming, "drop", List.class)));
    }

    private static Preprocessing preprocessing(Map<?, ?> input) {
        List<TransformSpec> transforms = new ArrayList<>();
        for (Object entry : get(input, "transforms", List.class)) {
            for (Map.Entry<String, Object> spec : objectMap(entry, "transforms").entrySet()) {
                transforms.add(TransformSpec.of(spec.getKey(), objectMap(spec.getValue(), spec.getKey())));
            }
        }
        return new Preprocessing(
                get(input, "image_size", Integer.class),
                get(input, "channels", Integer.class),
                transforms,
                numbers(get(input, "mean", List.class), "mean"),
                numbers(get(input, "std", List.class), "std"));
    }

    private static Map<String, Object> objectMap(@Nullable Object value, String what) {
        Map<?, ?> map = cast(value, Map.class, what);
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((k, v) -> copy.put(String.valueOf(k), v));
        return copy;
    }

    private static List<String> texts(List<?> list) {
        return list.stream().map(String::valueOf).toList();
    }

    private static List<Double> numbers(List<?> list, String key) {
        return list.stream().map(n -> cast(n, Number.class, key).doubleValue()).toList();
    }

    private static Map<String, Double> numberMap(Map<?, ?> map) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        map.forEach((k, v) -> {
            String name = String.valueOf(k);
            numbers.put(name, cast(v, Number.class, name).doubleValue());
        });
        return numbers;
    }

    private static Map<String, String> textMap(Map<?, ?> map) {
        Map<String, String> texts = new LinkedHashMap<>();
        map.forEach((k, v) -> texts.put(String.valueOf(k), String.valueOf(v)));
        return texts;
    }

    private static <T> T get(Map<?, ?> map, String key, Class<T> type) {
        return cast(map.get(key), type, key);
    }

    private static <T> T cast(@Nullable Object value, Class<T> type, String key) {
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException(key);
        }
        return type.cast(value);
    }
}
