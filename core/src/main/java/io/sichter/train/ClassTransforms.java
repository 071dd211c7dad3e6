package io.sichter.train;

import io.sichter.config.RunConfig;
import io.sichter.config.TransformSpec;
import io.sichter.dataset.ClassIndex;
import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import io.sichter.registry.Suggestion;
import io.sichter.text.Text;
import io.sichter.transform.Pipeline;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Training transforms of single classes; evaluation never sees them. */
record ClassTransforms(RunConfig config, ClassIndex classes) {
    /** What leaves a trace that a network can learn in place of the class: corners, holes, noise, blur. */
    private static final List<String> TRACES = List.of(
            "rotation", "affine", "perspective", "elastic", "erasing", "cutout", "noise", "blur", "jpeg", "sharp");

    /**
     * The pipelines by class index.
     *
     * @param size height and width that the network is trained on, pixels
     * @throws UsageException if a class is not known, or its transforms do not end in the size of the network
     */
    Map<Integer, Pipeline> pipelines(int size) {
        Map<String, Integer> indices = classes.toMap();
        Map<Integer, Pipeline> pipelines = new HashMap<>();
        config.transforms().perClass().forEach((name, specs) -> {
            Integer index = indices.get(name);
            if (index == null) {
                throw new UsageException(Problem.of(
                        "transforms.unknown_class",
                        name,
                        String.join(", ", classes.names()),
                        Suggestion.didYouMean(name, classes.names())));
            }
            pipelines.put(index, Pipeline.of(specs, size, config.model().channels()));
        });
        return pipelines;
    }

    /** What gives classes away: a transform that leaves a trace and that some classes have in another way than others. */
    Optional<Text> givenAway() {
        Map<String, List<TransformSpec>> perClass = config.transforms().perClass();
        List<List<TransformSpec>> policies = new ArrayList<>();
        for (String name : classes.names()) {
            policies.add(traces(perClass.getOrDefault(name, config.transforms().train())));
        }
        if (policies.stream().distinct().count() < 2) {
            return Optional.empty();
        }
        Map<String, String> found = new TreeMap<>();
        for (int i = 0; i < policies.size(); i++) {
            for (TransformSpec spec : policies.get(i)) {
                if (!policies.stream().allMatch(policy -> policy.contains(spec))) {
                    found.merge(spec.name(), classes.name(i), (a, b) -> a.contains(b) ? a : a + ", " + b);
                }
            }
        }
        return Optional.of(Text.of(
                "transforms.gives_away",
                String.join(
                        "; ",
                        found.entrySet().stream()
                                .map(e -> e.getKey() + " (" + e.getValue() + ")")
                                .toList())));
    }

    private static List<TransformSpec> traces(List<TransformSpec> specs) {
        return specs.stream()
                .filter(spec -> TRACES.stream().anyMatch(trace -> (spec.name() + spec.params()).contains(trace)))
                .toList();
    }
}
