package io.sichter.train;

import io.sichter.config.OptimizerConfig;
import io.sichter.config.RunConfig;
import io.sichter.config.Thaw;
import io.sichter.config.TransferConfig;
import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import io.sichter.model.Classifier;
import io.sichter.nn.BatchNorm2d;
import io.sichter.nn.Layer;
import io.sichter.nn.LayerNorm;
import io.sichter.optim.DepthRates;
import io.sichter.optim.Optimizer;
import io.sichter.optim.ParameterGroups;
import io.sichter.tensor.Scope;
import io.sichter.text.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;

/**
 * Which parts of the network learn in an epoch, and how fast beside each other: a function of the epoch, so that a
 * resumed run finds it by counting. A frozen parameter records nothing for the backward pass, has no gradient, and is
 * left alone by the optimizer and its weight decay.
 */
final class TrainableParts {
    private final RunConfig config;
    private final TransferConfig transfer;
    private final Classifier model;
    private final List<List<String>> groups;
    private final List<Layer> resting = new ArrayList<>();
    private int frozen = Integer.MIN_VALUE;

    /**
     * For a network in which nothing is frozen.
     *
     * @throws UsageException if the network has fewer groups than are to be frozen
     */
    TrainableParts(RunConfig config, Classifier model) {
        this.config = config;
        this.transfer = config.transfer();
        this.model = model;
        this.groups = model.layerGroups();
        requireGroups(frozen(1));
        transfer.thaws().stream().map(Thaw::frozen).forEach(this::requireGroups);
    }

    private void requireGroups(int count) {
        if (count >= groups.size()) {
            throw new UsageException(Problem.of(
                    "transfer.groups",
                    count,
                    model.architecture(),
                    groups.size() - 1,
                    String.join(", ", groups.stream().map(g -> g.get(0)).toList())));
        }
    }

    private int frozen(int epoch) {
        int count = transfer.frozen(epoch);
        return count == TransferConfig.BACKBONE ? groups.size() - 1 : count;
    }

    /** Rates and decay of the parameters in an epoch, from 1. */
    ParameterGroups rates(int epoch) {
        OptimizerConfig optimizer = config.optimizer();
        List<List<String>> thirds = model.thirds();
        Map<String, Double> factors = Map.of();
        if (transfer.fineTune() && epoch <= transfer.headEpochs()) {
            factors = DepthRates.tenth(thirds);
        } else if (optimizer.layerDecay() < 1) {
            factors = DepthRates.layerDecay(model.layers(), optimizer.layerDecay());
        } else if (optimizer.lrSpread() > 1) {
            factors = DepthRates.spread(thirds, optimizer.lrSpread());
        }
        return ParameterGroups.of(model.state().parameters(), optimizer, factors);
    }

    /**
     * Makes the network ready for an epoch.
     *
     * @param epoch from 1
     * @param begins whether no step of it was made yet
     * @return what a person is told, where anything has changed since the last call
     */
    Optional<Text> enter(int epoch, boolean begins, Optimizer optimizer) {
        optimizer.regroup(rates(epoch));
        if (begins && transfer.beginsAnew(epoch)) {
            optimizer.clear();
        }
        int count = frozen(epoch);
        if (count == frozen) {
            return Optional.empty();
        }
        boolean news = count > 0 || frozen > 0;
        frozen = count;
        freeze();
        return news ? Optional.of(told(epoch)) : Optional.empty();
    }

    private void freeze() {
        Set<String> names = new HashSet<>();
        groups.subList(0, frozen).forEach(names::addAll);
        resting.clear();
        Scope.run(() -> {
            model.state().parameters().forEach((name, tensor) -> tensor.requires_grad_(!names.contains(name)));
            model.visit(layer -> {
                if (transfer.norms().equals("train") && (layer instanceof BatchNorm2d || layer instanceof LayerNorm)) {
                    for (Tensor parameter : layer.module().parameters(false).get()) {
                        parameter.requires_grad_(true);
                    }
                }
                if (layer instanceof BatchNorm2d norm && rests(norm)) {
                    resting.add(norm);
                }
            });
        });
    }

    private boolean rests(BatchNorm2d norm) {
        return transfer.fixedStatistics()
                || (transfer.norms().equals("frozen") && !norm.weight().requires_grad());
    }

    private Text told(int epoch) {
        long all = model.state().parameterCount();
        long learning = model.state().parameters().values().stream()
                .filter(Tensor::requires_grad)
                .mapToLong(Tensor::numel)
                .sum();
        return frozen == 0
                ? Text.of("transfer.all_learn", epoch)
                : Text.of("transfer.some_learn", epoch, frozen, groups.size(), count(learning), count(all));
    }

    private static String count(long number) {
        return String.format(java.util.Locale.ROOT, "%,d", number);
    }

    /**
     * Puts the network into training mode, all but what rests.
     *
     * @param alone whether a batch has a single picture, which has no statistics: everything takes the running ones
     */
    void train(boolean alone) {
        model.train(!alone);
        resting.forEach(layer -> layer.module().eval());
    }
}
