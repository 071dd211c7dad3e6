package io.sichter.optim;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How fast the parameters of a network learn beside each other, by their depth: the first layers know most that is of
 * use for other pictures, and are to change least (Howard and Ruder, "Universal Language Model Fine-tuning for Text
 * Classification", 2018, section 3.2). Each gives a factor of the learning rate by name, 1 at the head.
 */
public final class DepthRates {
    private static final double BESIDE_THE_HEAD = 0.1;

    private DepthRates() {}

    /**
     * Every layer learns with a share of the rate of the one behind it: timm's {@code param_groups_layer_decay} (Bao et
     * al., "BEiT", 2022).
     *
     * @param layers names from the input to the head
     * @param decay above 0, at most 1
     */
    public static Map<String, Double> layerDecay(List<List<String>> layers, double decay) {
        return byGroup(layers, depth -> Math.pow(decay, layers.size() - 1.0 - depth));
    }

    /**
     * From group to group by the same factor: fastai's {@code slice(lr / spread, lr)}.
     *
     * @param groups names from the input to the head
     * @param spread the first group learns so many times slower than the last
     */
    public static Map<String, Double> spread(List<List<String>> groups, double spread) {
        double step = groups.size() == 1 ? 1 : Math.pow(spread, 1.0 / (groups.size() - 1));
        double first = groups.size() == 1 ? 1 : 1 / spread;
        return byGroup(groups, depth -> first * Math.pow(step, depth));
    }

    /** Everything but the last group learns with a tenth: fastai's {@code slice(lr)}. */
    public static Map<String, Double> tenth(List<List<String>> groups) {
        return byGroup(groups, depth -> depth == groups.size() - 1 ? 1 : BESIDE_THE_HEAD);
    }

    private static Map<String, Double> byGroup(
            List<List<String>> groups, java.util.function.IntToDoubleFunction factor) {
        Map<String, Double> factors = new LinkedHashMap<>();
        for (int depth = 0; depth < groups.size(); depth++) {
            double own = factor.applyAsDouble(depth);
            groups.get(depth).forEach(name -> factors.put(name, own));
        }
        return factors;
    }
}
