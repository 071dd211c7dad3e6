package io.sichter.optim;

import io.sichter.error.Problem;
import io.sichter.error.StorageException;
import io.sichter.tensor.NoGrad;
import io.sichter.tensor.Scope;
import io.sichter.tensor.TensorData;
import io.sichter.text.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * What optimizers share that work on lists of tensors, by one fused operator of libtorch or by a few over all of them.
 * Operators walk memory, so that a parameter, its gradient and its state must have the same strides: state is made with
 * those of the parameter, and a gradient that came out otherwise is copied.
 */
abstract sealed class ListOptimizer implements Optimizer permits Sgd, Adam, RmsProp, RAdam, Lamb, Lion, Muon {
    /** Name of the state that counts steps: one number instead of one of the parameter's shape. */
    static final String STEP = "step";

    private final List<Slot> slots = new ArrayList<>();
    private final Map<String, Tensor> state = new LinkedHashMap<>();
    private final List<String> kinds;
    private final boolean countsSteps;

    /**
     * One parameter and what is remembered of it.
     *
     * @param name of the parameter
     * @param parameter the network's own tensor
     * @param state in the order of the kinds
     */
    private record Slot(String name, ParameterGroup group, Tensor parameter, List<Tensor> state) {}

    /** What is changed together: parameters of a group that have seen equally many steps (0 where that is not asked). */
    private record Key(ParameterGroup group, long step) {}

    /**
     * One change of some parameters.
     *
     * @param parameters those that have a gradient
     * @param gradients theirs, with the same strides; not to be changed
     * @param state one list for each kind
     * @param lr learning rate of the group
     * @param weightDecay of the group
     * @param step number of this step, from 1, for optimizers that count
     */
    record Update(
            List<Tensor> parameters,
            List<Tensor> gradients,
            List<List<Tensor>> state,
            double lr,
            double weightDecay,
            long step) {
        /** Gradients with weight decay added to them; new tensors only where there is any. */
        List<Tensor> decayedGradients() {
            return weightDecay == 0 ? gradients : io.sichter.tensor.Foreach.sum(gradients, parameters, weightDecay);
        }
    }

    /**
     * For optimizers.
     *
     * @param kinds names of what is remembered per parameter; {@value #STEP} is a single number, others are shaped like
     *     the parameter
     * @param countsSteps whether this class counts steps for {@link Update#step}; otherwise a fused operator does
     */
    ListOptimizer(ParameterGroups parameters, List<String> kinds, boolean countsSteps) {
        this.kinds = kinds;
        this.countsSteps = countsSteps;
        Map<String, ParameterGroup> groups = byName(parameters);
        NoGrad.run(() -> Scope.run(() -> parameters.tensors().forEach((name, parameter) -> {
            List<Tensor> own = new ArrayList<>();
            for (String kind : kinds) {
                Tensor tensor = Scope.release(kind.equals(STEP) ? zero(parameter) : initial(parameter));
                own.add(tensor);
                state.put(name + "." + kind, tensor);
            }
            ParameterGroup group = Objects.requireNonNull(groups.get(name), name);
            slots.add(new Slot(name, group, Scope.release(new Tensor(parameter)), own));
        })));
    }

    private static Map<String, ParameterGroup> byName(ParameterGroups parameters) {
        Map<String, ParameterGroup> groups = new LinkedHashMap<>();
        parameters.groups().forEach(group -> group.parameters().forEach(name -> groups.put(name, group)));
        return groups;
    }

    @Override
    public final void regroup(ParameterGroups parameters) {
        Map<String, ParameterGroup> groups = byName(parameters);
        slots.replaceAll(slot -> new Slot(
                slot.name(),
                Objects.requireNonNull(groups.get(slot.name()), slot.name()),
                slot.parameter(),
                slot.state()));
    }

    @Override
    public void clear() {
        NoGrad.run(() -> Scope.run(() -> state.values().forEach(Tensor::zero_)));
    }

    private Tensor zero(Tensor parameter) {
        Tensor zero = torch.zeros(new long[0], torch.dtype(torch.ScalarType.Float));
        return countsSteps ? zero : zero.to(parameter.device(), torch.ScalarType.Float);
    }

    /** What state begins with: zeros like the parameter, unless an optimizer says otherwise. */
    Tensor initial(Tensor parameter) {
        return torch.zeros_like(parameter);
    }

    /** Changes some parameters and their state. */
    abstract void update(Update update);

    /** Shown all gradients of a step before any parameter is changed. */
    void prepare(List<Tensor> gradients) {}

    @Override
    public final void step(double lr) {
        NoGrad.run(() -> Scope.run(() -> {
            Map<Key, Update> updates = new LinkedHashMap<>();
            for (Slot slot : slots) {
                Tensor gradient = slot.parameter().grad();
                if (gradient.defined()) {
                    add(slot, gradient, lr, updates);
                }
            }
            prepare(updates.values().stream()
                    .flatMap(u -> u.gradients().stream())
                    .toList());
            updates.values().forEach(this::update);
        }));
    }

    private void add(Slot slot, Tensor gradient, double lr, Map<Key, Update> updates) {
        ParameterGroup group = slot.group();
        long step = countsSteps ? count(slot) : 0;
        Update update = updates.computeIfAbsent(
                new Key(group, step),
                key -> new Update(
                        new ArrayList<>(),
                        new ArrayList<>(),
                        kinds.stream()
                                .<List<Tensor>>map(kind -> new ArrayList<>())
                                .toList(),
                        lr * group.lrMultiplier(),
                        group.weightDecay(),
                        step));
        update.parameters().add(slot.parameter());
        update.gradients().add(likeParameter(gradient, slot.parameter()));
        for (int i = 0; i < kinds.size(); i++) {
            update.state().get(i).add(slot.state().get(i));
        }
    }

    private long count(Slot slot) {
        Tensor steps = slot.state().get(kinds.indexOf(STEP));
        steps.add_(new Scalar(1.0));
        return (long) steps.item_float();
    }

    private static Tensor likeParameter(Tensor gradient, Tensor parameter) {
        return parameter.strides().equals(gradient.strides())
                ? gradient
                : torch.empty_like(parameter).copy_(gradient);
    }

    @Override
    public final void zeroGrad() {
        Scope.run(() -> {
            for (Slot slot : slots) {
                slot.parameter().mutable_grad().reset();
            }
        });
    }

    @Override
    public final Map<String, Tensor> state() {
        return Collections.unmodifiableMap(state);
    }

    @Override
    public final void load(Map<String, TensorData> values) {
        List<Text> wrong = new ArrayList<>();
        state.forEach((name, tensor) -> {
            TensorData value = values.get(name);
            if (value == null) {
                wrong.add(Text.of("weights.missing", name));
            } else if (!Arrays.equals(value.shape(), tensor.shape())) {
                wrong.add(Text.of(
                        "weights.shape", name, Arrays.toString(value.shape()), Arrays.toString(tensor.shape())));
            }
        });
        values.keySet().stream()
                .filter(name -> !state.containsKey(name))
                .forEach(name -> wrong.add(Text.of("weights.unexpected", name)));
        if (!wrong.isEmpty()) {
            throw new StorageException(Problem.of("optim.state", Text.joined("; ", wrong), state.size()));
        }
        NoGrad.run(() -> state.forEach((name, tensor) -> {
            TensorData value = values.get(name);
            if (value != null) {
                value.copyTo(tensor);
            }
        }));
    }

    @Override
    public final void close() {
        slots.forEach(slot -> slot.parameter().close());
        slots.clear();
        state.values().forEach(Tensor::close);
        state.clear();
    }
}
