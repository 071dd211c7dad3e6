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
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * What optimizers share whose whole step is one fused operator of libtorch over lists of tensors. The operator walks
 * memory, so that a parameter, its gradient and its state must have the same strides: state is made with those of the
 * parameter, and a gradient that came out otherwise is copied.
 */
abstract sealed class FusedOptimizer implements Optimizer permits Sgd, Adam {
    private final List<Slot> slots = new ArrayList<>();
    private final Map<String, Tensor> state = new LinkedHashMap<>();
    private final List<String> kinds;

    /**
     * One parameter and what is remembered of it.
     *
     * @param parameter the network's own tensor
     * @param state in the order of the kinds
     */
    private record Slot(Tensor parameter, List<Tensor> state) {}

    /**
     * For optimizers.
     *
     * @param parameters by name
     * @param kinds names of what is remembered per parameter; {@code step} is a single number, others are shaped like
     *     the parameter
     */
    FusedOptimizer(Map<String, Tensor> parameters, List<String> kinds) {
        this.kinds = kinds;
        NoGrad.run(() -> Scope.run(() -> parameters.forEach((name, parameter) -> {
            List<Tensor> own = new ArrayList<>();
            for (String kind : kinds) {
                Tensor tensor = Scope.release(kind.equals("step") ? zero(parameter) : torch.zeros_like(parameter));
                own.add(tensor);
                state.put(name + "." + kind, tensor);
            }
            slots.add(new Slot(Scope.release(new Tensor(parameter)), own));
        })));
    }

    private static Tensor zero(Tensor parameter) {
        return torch.zeros(new long[0], torch.dtype(torch.ScalarType.Float))
                .to(parameter.device(), torch.ScalarType.Float);
    }

    /**
     * The fused operator.
     *
     * @param parameters those that have a gradient
     * @param gradients theirs, with the same strides
     * @param state one list for each kind
     */
    abstract void update(List<Tensor> parameters, List<Tensor> gradients, List<List<Tensor>> state, double lr);

    @Override
    public final void step(double lr) {
        NoGrad.run(() -> Scope.run(() -> {
            List<Tensor> parameters = new ArrayList<>();
            List<Tensor> gradients = new ArrayList<>();
            List<List<Tensor>> remembered = new ArrayList<>();
            kinds.forEach(kind -> remembered.add(new ArrayList<>()));
            for (Slot slot : slots) {
                Tensor gradient = slot.parameter().grad();
                if (gradient.defined()) {
                    parameters.add(slot.parameter());
                    gradients.add(likeParameter(gradient, slot.parameter()));
                    for (int i = 0; i < remembered.size(); i++) {
                        remembered.get(i).add(slot.state().get(i));
                    }
                }
            }
            if (!parameters.isEmpty()) {
                update(parameters, gradients, remembered, lr);
            }
        }));
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
            if (value == null || !Arrays.equals(value.shape(), tensor.shape())) {
                wrong.add(
                        value == null
                                ? Text.of("weights.missing", name)
                                : Text.of(
                                        "weights.shape",
                                        name,
                                        Arrays.toString(value.shape()),
                                        Arrays.toString(tensor.shape())));
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
