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
    private static final Registry<BiFunction<ParameterGroups, OptimizerConfig, Optimizer>> REGISTRY = new Registry<
                    BiFunction<ParameterGroups, OptimizerConfig, Optimizer>>("optimizer")
            .register("sgd", Optimizers::sgd)
            .register("adam", (parameters, config) -> new Adam(parameters, betas(config), false))
            .register("adamw", (parameters, config) -> new Adam(parameters, betas(config), true))
            .register("rmsprop", (parameters, config) -> new RmsProp(parameters, config, false))
            .register("rmsprop_tf", (parameters, config) -> new RmsProp(parameters, config, true))
            .register("radam", (parameters, config) -> new RAdam(parameters, betas(config)))
            .register("lamb", (parameters, config) -> new Lamb(parameters, betas(config)))
            .register("lion", (parameters, config) -> new Lion(parameters, betas(config)))
            .register("muon", (parameters, config) -> muon(parameters, betas(config)));

    private Optimizers() {}

    /** Names of all optimizers. */
    public static List<String> names() {
        return REGISTRY.names();
    }

    /**
     * An optimizer of these parameters, grouped as the configuration says, in a state of nothing seen. Make it after the
     * network was moved to its device and memory format.
     *
     * @param parameters by name, such as {@code classifier.state().parameters()}
     * @return the optimizer, owned by the caller, who closes it
     * @throws UsageException if there is none of that name, or a setting contradicts another
     */
    public static Optimizer create(Map<String, Tensor> parameters, OptimizerConfig config) {
        return create(ParameterGroups.of(parameters, config), config);
    }

    /** The same for parameters that are already grouped; the weight decay of the configuration is not looked at. */
    public static Optimizer create(ParameterGroups parameters, OptimizerConfig config) {
        return REGISTRY.get(config.name()).apply(parameters, config);
    }

    private static Optimizer sgd(ParameterGroups parameters, OptimizerConfig config) {
        if (config.nesterov() && config.momentum() == 0) {
            throw new UsageException(Problem.of("optim.nesterov"));
        }
        return new Sgd(parameters, config);
    }

    private static Optimizer muon(ParameterGroups parameters, OptimizerConfig config) {
        Optimizer matrices = new Muon(parameters.only((name, tensor) -> Muon.takes(tensor)), config);
        Optimizer others = new Adam(parameters.only((name, tensor) -> !Muon.takes(tensor)), config, true);
        return new Joined(List.of(matrices, others));
    }

    private static OptimizerConfig betas(OptimizerConfig config) {
        if (config.betas().size() != 2) {
            throw new UsageException(Problem.of("optim.betas", config.betas()));
        }
        return config;
    }
}
