package io.sichter.train;

import io.sichter.config.ConfigLayer;
import io.sichter.config.ConfigReader;
import io.sichter.config.ConfigWriter;
import io.sichter.config.RunConfig;
import io.sichter.config.TransformSpec;
import io.sichter.config.TransformsConfig;
import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import io.sichter.transform.Transforms;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values of a parameter of a training transform, to be compared.
 *
 * @param transform name of the transform, snake_case
 * @param parameter name of the parameter
 * @param values at least one
 */
public record Sweep(String transform, String parameter, List<Object> values) {
    private static final Pattern FORM =
            Pattern.compile("([A-Za-z][A-Za-z0-9_]*)\\.([A-Za-z][A-Za-z0-9_]*)=(.+)", Pattern.DOTALL);
    private static final String OPTION = "--sweep";
    private static final int MOST_VALUES = 20;

    /** Copies the values. */
    public Sweep {
        values = List.copyOf(values);
    }

    /**
     * Reads {@code RandomRotation.degrees=5,10,15,20}: torchvision's name or ours, a parameter, and its values, each as it
     * stands in a configuration ({@code RandomResizedCrop.scale=[0.7, 1], [0.8, 1]}).
     *
     * @throws UsageException if it is not of this form
     */
    public static Sweep parse(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw new UsageException(Problem.of("preview.sweep", text, MOST_VALUES));
        }
        String transform = snakeCase(form.group(1));
        String list = "[{" + transform + ": {" + form.group(2) + ": [" + form.group(3) + "]}}]";
        List<TransformSpec> read =
                set(RunConfig.defaults(), "transforms.train", list).transforms().train();
        Object values = read.size() == 1 ? read.get(0).params().get(form.group(2)) : null;
        if (!(values instanceof List<?> several) || several.isEmpty() || several.size() > MOST_VALUES) {
            throw new UsageException(Problem.of("preview.sweep", text, MOST_VALUES));
        }
        return new Sweep(transform, form.group(2), List.copyOf(several));
    }

    /** {@code random_rotation.degrees}. */
    public String name() {
        return transform + "." + parameter;
    }

    /** A value as it stands in a configuration. */
    public static String text(Object value) {
        return ConfigWriter.inline(value);
    }

    /** Whether a training would apply the transform; if not, it is shown alone. */
    boolean isPartOf(TransformsConfig transforms) {
        return has(transforms.train())
                || transforms.perClass().values().stream().anyMatch(this::has);
    }

    /**
     * The configuration with one of the values: in every list of training transforms that has the transform, wherever it
     * stands in it; where none has it, in a list of its own, after those of evaluation.
     */
    RunConfig apply(RunConfig config, Object value) {
        TransformsConfig transforms = config.transforms();
        if (!isPartOf(transforms)) {
            List<TransformSpec> alone = new ArrayList<>(transforms.eval());
            alone.add(alone(value));
            return set(set(config, "transforms.per_class", "{}"), "transforms.train", ConfigWriter.inline(alone));
        }
        Map<String, List<TransformSpec>> perClass = new HashMap<>();
        transforms.perClass().forEach((name, specs) -> perClass.put(name, replaced(specs, value)));
        RunConfig train = set(config, "transforms.train", ConfigWriter.inline(replaced(transforms.train(), value)));
        return set(train, "transforms.per_class", ConfigWriter.inline(perClass));
    }

    private boolean has(List<TransformSpec> specs) {
        return specs.stream().anyMatch(spec -> spec.name().equals(transform));
    }

    private List<TransformSpec> replaced(List<TransformSpec> specs, Object value) {
        List<TransformSpec> all = new ArrayList<>();
        for (TransformSpec spec : specs) {
            Map<String, Object> parameters = new HashMap<>(spec.params());
            parameters.put(parameter, value);
            all.add(spec.name().equals(transform) ? TransformSpec.of(transform, parameters) : spec);
        }
        return all;
    }

    /** What gives pictures a size has to give them that of the network. */
    private TransformSpec alone(Object value) {
        Map<String, Object> parameters = new HashMap<>();
        boolean sized = Transforms.registry().contains(transform)
                && Transforms.registry().get(transform).parameters().contains("size");
        if (sized) {
            parameters.put("size", TransformSpec.IMAGE_SIZE);
        }
        parameters.put(parameter, value);
        return TransformSpec.of(transform, parameters);
    }

    private static RunConfig set(RunConfig config, String key, String value) {
        return ConfigReader.resolve(config, List.of(new ConfigLayer.Setting(OPTION, key, value)));
    }

    private static String snakeCase(String name) {
        return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }
}
