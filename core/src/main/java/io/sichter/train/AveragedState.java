package io.sichter.train;

import io.sichter.model.StateDict;
import io.sichter.tensor.Foreach;
import io.sichter.tensor.NoGrad;
import io.sichter.tensor.Scope;
import io.sichter.tensor.TensorData;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.Tensor;

/** A second copy of a network's state that follows the first. */
final class AveragedState implements AutoCloseable {
    private final StateDict state;
    private final Map<String, Tensor> mean = new LinkedHashMap<>();
    private final List<Tensor> numbers = new ArrayList<>();
    private final List<Tensor> numbersMean = new ArrayList<>();
    private final List<Tensor> counters = new ArrayList<>();
    private final List<Tensor> countersMean = new ArrayList<>();

    AveragedState(StateDict state) {
        this.state = state;
    }

    Map<String, Tensor> tensors() {
        return Collections.unmodifiableMap(mean);
    }

    /** Begins as a copy of the state as it is now, unless it has begun. */
    void begin() {
        if (!mean.isEmpty()) {
            return;
        }
        NoGrad.run(() -> Scope.run(() -> state.tensors().forEach((name, tensor) -> {
            Tensor copy = Scope.release(tensor.detach().clone());
            mean.put(name, copy);
            (tensor.is_floating_point() ? numbers : counters).add(tensor);
            (tensor.is_floating_point() ? numbersMean : countersMean).add(copy);
        })));
    }

    /** Overwrites the mean; nothing makes it forget. */
    void load(Map<String, TensorData> values) {
        if (values.isEmpty()) {
            close();
            return;
        }
        begin();
        state.requireFit(values);
        NoGrad.run(() -> mean.forEach(
                (name, tensor) -> Objects.requireNonNull(values.get(name), name).copyTo(tensor)));
    }

    /** Moves the mean towards the state: 0 stays, 1 copies. */
    void follow(double weight) {
        NoGrad.run(() -> {
            if (weight == 1) {
                Foreach.copy(numbersMean, numbers);
            } else {
                Foreach.lerp(numbersMean, numbers, weight);
            }
            if (!counters.isEmpty()) {
                Foreach.copy(countersMean, counters);
            }
        });
    }

    @Override
    public void close() {
        mean.values().forEach(Tensor::close);
        mean.clear();
        List.of(numbers, numbersMean, counters, countersMean).forEach(List::clear);
    }
}
