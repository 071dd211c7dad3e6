package io.sichter.optim;

import io.sichter.config.OptimizerConfig;
import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import io.sichter.registry.Registry;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.bytedeco.pytorch.Tensor;

/** The optimizers by name. */
public final class Optimizers {
    private static final Registry<BiFunction<Map<String, Tensor>, OptimizerConfig, Optimizer>> REGISTRY = new Registry<
                    BiFunction<Map<String, Tensor>, OptimizerConfig, Optimizer>>("optimizer")
            .register("sgd", Optimizers::sgd)
            .register("adam", (parameters, config) -> adam(parameters, config, false))
            .register("adamw", (parameters, config) -> adam(parameters, config, true));

    private Optimizers() {}

    /** Names of all optimizers. */
    public static List<String> names() {
        return REGISTRY.names();
    }

    /**
     * An optimizer of these parameters, in a state of nothing seen. Make it after the network was moved to its device
     * and memory format.
     *
     * @param parameters by name, such as {@code classifier.state().parameters()}
     * @return the optimizer, owned by the caller, who closes it
     * @throws UsageException if there is none of that name, or a setting contradicts another
     */
    public static Optimizer create(Map<String, Tensor> parameters, OptimizerConfig config) {
        return REGISTRY.get(config.name()).apply(parameters, config);
    }

    private static Optimizer sgd(Map<String, Tensor> parameters, OptimizerConfig config) {
        if (config.nesterov() && config.momentum() == 0) {
            throw new UsageException(Problem.of("optim.nesterov"));
        }
        return new Sgd(parameters, config);
    }

    private static Optimizer adam(Map<String, Tensor> parameters, OptimizerConfig config, boolean decoupled) {
        if (config.betas().size() != 2) {
            throw new UsageException(Problem.of("optim.betas", config.betas()));
        }
        return new Adam(parameters, config, decoupled);
    }
}
