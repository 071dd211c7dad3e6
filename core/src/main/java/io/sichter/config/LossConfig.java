package io.sichter.config;

import java.util.List;

/** What training makes small. Validation always reports cross-entropy, so that losses of runs can be compared. */
public record LossConfig(
        @Help("loss; bce and asymmetric see every class as a question of its own, gce forgives wrong labels")
        @OneOf({"cross_entropy", "focal", "gce", "bce", "asymmetric"})
        String name,

        @Help("cross_entropy, bce: share of the right class's target that is spread over all classes; helps long"
                + " trainings (30 epochs and more)")
        @Range(min = 0, max = 1, exclusiveMax = true)
        double labelSmoothing,

        @Help("focal: how much less a picture counts that is already right; 0 is cross-entropy") @Range(min = 0)
        double gamma,

        @Help("focal: weight of each class, in the order of the classes; [] weighs all alike") @Range(min = 0)
        List<Double> alpha,

        @Help("gce: from cross-entropy (towards 0) to mean absolute error (1), which forgives most")
        @Range(min = 0, max = 1, exclusiveMin = true)
        double q,

        @Help("asymmetric: focusing on classes that are there") @Range(min = 0)
        double gammaPos,

        @Help("asymmetric: focusing on classes that are not there") @Range(min = 0)
        double gammaNeg,

        @Help("asymmetric: a class that is not there and gets less than this probability costs nothing")
        @Range(min = 0, max = 1, exclusiveMax = true)
        double clip) {
    /** Copies the list. */
    public LossConfig {
        alpha = List.copyOf(alpha);
    }

    /** The section as it is when nothing was said. */
    public static LossConfig defaults() {
        return new LossConfig("cross_entropy", 0, 2, List.of(), 0.7, 1, 4, 0.05);
    }
}
