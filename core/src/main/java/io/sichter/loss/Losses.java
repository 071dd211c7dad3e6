package io.sichter.loss;

import io.sichter.registry.Registry;
import java.util.List;
import java.util.function.Supplier;

/** The losses by name. */
public final class Losses {
    private static final Registry<Supplier<Loss>> REGISTRY =
            new Registry<Supplier<Loss>>("loss").register("cross_entropy", CrossEntropy::new);

    private Losses() {}

    /** Names of all losses. */
    public static List<String> names() {
        return REGISTRY.names();
    }

    /**
     * The loss of that name.
     *
     * @throws io.sichter.error.UsageException if there is none
     */
    public static Loss create(String name) {
        return REGISTRY.get(name).get();
    }
}
