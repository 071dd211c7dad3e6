package io.sichter.optim;

import io.sichter.tensor.TensorData;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** Several optimizers of different parameters as one; they get the same rate and the same momentum. */
final class Joined implements Optimizer {
    private final List<Optimizer> parts;

    Joined(List<Optimizer> parts) {
        this.parts = List.copyOf(parts);
    }

    @Override
    public void step(double lr) {
        parts.forEach(part -> part.step(lr));
    }

    @Override
    public void zeroGrad() {
        parts.forEach(Optimizer::zeroGrad);
    }

    @Override
    public void setMomentum(double momentum) {
        parts.forEach(part -> part.setMomentum(momentum));
    }

    @Override
    public Map<String, Tensor> state() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        parts.forEach(part -> state.putAll(part.state()));
        return Collections.unmodifiableMap(state);
    }

    /** Every part gets what it knows; what none knows goes to the first, which refuses it. */
    @Override
    public void load(Map<String, TensorData> values) {
        for (Optimizer part : parts) {
            Map<String, TensorData> own = new LinkedHashMap<>();
            values.forEach((name, value) -> {
                boolean known = part.state().containsKey(name);
                boolean orphan = part == parts.get(0) && !state().containsKey(name);
                if (known || orphan) {
                    own.put(name, value);
                }
            });
            part.load(own);
        }
    }

    @Override
    public void regroup(ParameterGroups groups) {
        parts.forEach(part -> part.regroup(groups));
    }

    @Override
    public void clear() {
        parts.forEach(Optimizer::clear);
    }

    @Override
    public void close() {
        parts.forEach(Optimizer::close);
    }
}
