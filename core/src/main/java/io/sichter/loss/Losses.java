package io.sichter.loss;

import io.sichter.config.LossConfig;
import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import io.sichter.registry.Registry;
import java.util.List;
import java.util.function.BiFunction;

/** The losses by name. */
public final class Losses {
    private static final Registry<BiFunction<LossConfig, List<Double>, Loss>> REGISTRY = new Registry<
                    BiFunction<LossConfig, List<Double>, Loss>>("loss")
            .register("cross_entropy", (config, weights) -> new CrossEntropy(weights, config.labelSmoothing()))
            .register("focal", (config, weights) -> new Focal(config.gamma(), config.alpha()))
            .register("gce", (config, weights) -> new GeneralizedCrossEntropy(config.q()))
            .register("bce", (config, weights) -> new BinaryCrossEntropy(weights, config.labelSmoothing()))
            .register(
                    "asymmetric",
                    (config, weights) -> new Asymmetric(config.gammaPos(), config.gammaNeg(), config.clip()));

    private static final List<String> WEIGHTED = List.of("cross_entropy", "bce");

    private Losses() {}

    /** Names of all losses. */
    public static List<String> names() {
        return REGISTRY.names();
    }

    /**
     * The loss of that name.
     *
     * @param classWeights weight of each class in the order of the classes, or empty
     * @throws UsageException if there is none of that name, or it takes no class weights and got some
     */
    public static Loss create(LossConfig config, List<Double> classWeights) {
        BiFunction<LossConfig, List<Double>, Loss> factory = REGISTRY.get(config.name());
        if (!classWeights.isEmpty() && !WEIGHTED.contains(config.name())) {
            throw new UsageException(Problem.of("training.class_weights", config.name(), String.join(", ", WEIGHTED)));
        }
        return factory.apply(config, classWeights);
    }

    /**
     * The loss of that name for so many classes, all weighed alike.
     *
     * @throws UsageException if there is none of that name, or it was given weights for another number of classes
     */
    public static Loss create(LossConfig config, int classes) {
        int alpha = config.alpha().size();
        if (config.name().equals("focal") && alpha != 0 && alpha != classes) {
            throw new UsageException(Problem.of("training.alpha", alpha, classes));
        }
        return create(config, List.of());
    }
}
