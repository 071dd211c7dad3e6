package io.sichter.optim;

import io.sichter.config.OptimizerConfig;
import io.sichter.config.TransformSpec;
import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;

/**
 * Parameters of a network, each in exactly one group.
 *
 * @param tensors by name
 * @param groups cover all of them
 */
public record ParameterGroups(Map<String, Tensor> tensors, List<ParameterGroup> groups) {
    private static final Set<String> FIELDS = Set.of("lr", "weight_decay");
    private static final Set<String> TOKENS = Set.of("cls_token", "pos_embed");

    /** What makes a group. */
    private record Rule(String part, double lrMultiplier, double weightDecay) {
        Rule times(double factor) {
            return new Rule(part, lrMultiplier * factor, weightDecay);
        }
    }

    /** Copies both. */
    public ParameterGroups {
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
        groups = List.copyOf(groups);
    }

    /**
     * The groups that a configuration asks for: parts of the network by name, and in each what is decayed and what is
     * not. As in timm, {@code bias} is whatever is named so, and {@code norm} any other parameter of one dimension, and
     * the class token and the positions of a transformer.
     *
     * @throws UsageException if a part is no part of this network, or is told something unknown
     */
    public static ParameterGroups of(Map<String, Tensor> parameters, OptimizerConfig config) {
        return of(parameters, config, Map.of());
    }

    /**
     * The same with rates by depth.
     *
     * @param factors multiply the rate of each parameter, see {@link DepthRates}; 1 for those that are not named
     * @throws UsageException if a part is no part of this network, or is told something unknown
     */
    public static ParameterGroups of(
            Map<String, Tensor> parameters, OptimizerConfig config, Map<String, Double> factors) {
        config.groups().forEach(spec -> check(spec, parameters.keySet()));
        Map<Rule, List<String>> members = new LinkedHashMap<>();
        parameters.forEach((name, tensor) -> {
            Rule rule = rule(name, tensor, config).times(factors.getOrDefault(name, 1.0));
            members.computeIfAbsent(rule, r -> new ArrayList<>()).add(name);
        });
        List<ParameterGroup> groups = new ArrayList<>();
        members.forEach((rule, names) ->
                groups.add(new ParameterGroup(rule.part(), names, rule.lrMultiplier(), rule.weightDecay())));
        return new ParameterGroups(parameters, groups);
    }

    /** These groups with only some of the parameters; groups that become empty are dropped. */
    ParameterGroups only(java.util.function.BiPredicate<String, Tensor> wanted) {
        Map<String, Tensor> kept = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> {
            if (wanted.test(name, tensor)) {
                kept.put(name, tensor);
            }
        });
        List<ParameterGroup> rest = groups.stream()
                .map(g -> new ParameterGroup(
                        g.name(),
                        g.parameters().stream().filter(kept::containsKey).toList(),
                        g.lrMultiplier(),
                        g.weightDecay()))
                .filter(g -> !g.parameters().isEmpty())
                .toList();
        return new ParameterGroups(kept, rest);
    }

    private static Rule rule(String name, Tensor tensor, OptimizerConfig config) {
        String part = "";
        double multiplier = 1;
        double decay = config.weightDecay();
        for (TransformSpec spec : config.groups()) {
            if (isPart(name, spec.name()) && spec.name().length() > part.length()) {
                part = spec.name();
                multiplier = number(spec, "lr", 1);
                decay = number(spec, "weight_decay", config.weightDecay());
            }
        }
        boolean bias = name.equals("bias") || name.endsWith(".bias");
        boolean vector = !bias && (tensor.dim() <= 1 || TOKENS.contains(name));
        boolean spared = (bias && config.noDecay().contains("bias"))
                || (vector && config.noDecay().contains("norm"));
        return new Rule(part, multiplier, spared ? 0 : decay);
    }

    private static boolean isPart(String name, String part) {
        return name.equals(part) || name.startsWith(part + ".");
    }

    private static double number(TransformSpec spec, String field, double otherwise) {
        return spec.params().get(field) instanceof Number number ? number.doubleValue() : otherwise;
    }

    private static void check(TransformSpec spec, Set<String> names) {
        if (names.stream().noneMatch(name -> isPart(name, spec.name()))) {
            List<String> parts = names.stream()
                    .map(name -> name.contains(".") ? name.substring(0, name.indexOf('.')) : name)
                    .distinct()
                    .toList();
            throw new UsageException(Problem.of("training.group", spec.name(), String.join(", ", parts)));
        }
        spec.params().forEach((field, value) -> {
            if (!FIELDS.contains(field) || !(value instanceof Number number) || number.doubleValue() < 0) {
                throw new UsageException(Problem.of("training.group_field", spec.name(), field, value));
            }
        });
    }
}
