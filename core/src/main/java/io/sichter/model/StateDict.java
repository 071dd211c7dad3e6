package io.sichter.model;

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
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.StringSharedModuleDict;
import org.bytedeco.pytorch.StringTensorDict;
import org.bytedeco.pytorch.Tensor;

/**
 * Parameters and buffers of a network by name, in the order of PyTorch's {@code state_dict()}: module by module, in
 * each the parameters, then the buffers. The tensors are the network's own, not copies.
 */
public final class StateDict implements AutoCloseable {
    private final Map<String, Tensor> parameters = new LinkedHashMap<>();
    private final Map<String, Tensor> buffers = new LinkedHashMap<>();
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();

    private StateDict() {}

    static StateDict of(Module module) {
        StateDict state = new StateDict();
        Scope.run(() -> {
            StringSharedModuleDict modules = module.named_modules();
            for (long i = 0; i < modules.size(); i++) {
                BytePointer key = modules.get(i).key();
                String name = key == null ? "" : key.getString(); // the root's empty name comes as null
                Module part = modules.get(i).access();
                String prefix = name.isEmpty() ? "" : name + ".";
                state.addAll(prefix, part.named_parameters(false), state.parameters);
                state.addAll(prefix, part.named_buffers(false), state.buffers);
            }
        });
        return state;
    }

    private void addAll(String prefix, StringTensorDict named, Map<String, Tensor> kind) {
        for (long i = 0; i < named.size(); i++) {
            String name = prefix + named.get(i).key().getString();
            Tensor tensor = Scope.release(new Tensor(named.get(i).access()));
            kind.put(name, tensor);
            tensors.put(name, tensor);
        }
    }

    /** What is trained. */
    public Map<String, Tensor> parameters() {
        return Collections.unmodifiableMap(parameters);
    }

    /** What is kept but not trained, such as running statistics. */
    public Map<String, Tensor> buffers() {
        return Collections.unmodifiableMap(buffers);
    }

    /** Parameters and buffers together. */
    public Map<String, Tensor> tensors() {
        return Collections.unmodifiableMap(tensors);
    }

    /**
     * The parameter or buffer of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Tensor tensor(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("No parameter or buffer is named " + name);
        }
        return tensor;
    }

    /** Number of values in all parameters. */
    public long parameterCount() {
        return parameters.values().stream().mapToLong(Tensor::numel).sum();
    }

    /**
     * Overwrites every parameter and buffer. Nothing is changed unless all fit.
     *
     * @throws StorageException if a name is missing, is not known here, or has another shape; it lists them all
     */
    public void load(Map<String, TensorData> values) {
        requireFit(values);
        NoGrad.run(() -> tensors.forEach((name, tensor) -> {
            TensorData value = values.get(name);
            if (value != null) {
                value.copyTo(tensor);
            }
        }));
    }

    /**
     * Checks that values have the names and shapes of this state, all of them and no others.
     *
     * @throws StorageException if not; it lists all that is wrong
     */
    public void requireFit(Map<String, TensorData> values) {
        List<Text> wrong = new ArrayList<>();
        tensors.forEach((name, tensor) -> {
            TensorData value = values.get(name);
            if (value == null) {
                wrong.add(Text.of("weights.missing", name));
            } else if (!Arrays.equals(value.shape(), tensor.shape())) {
                wrong.add(Text.of(
                        "weights.shape", name, Arrays.toString(value.shape()), Arrays.toString(tensor.shape())));
            }
        });
        values.keySet().stream()
                .filter(name -> !tensors.containsKey(name))
                .forEach(name -> wrong.add(Text.of("weights.unexpected", name)));
        if (!wrong.isEmpty()) {
            throw new StorageException(Problem.of("model.weights", Text.joined("; ", wrong), tensors.size()));
        }
    }

    /** Forgets the tensors; the network keeps them. */
    @Override
    public void close() {
        tensors.values().forEach(Tensor::close);
        tensors.clear();
        parameters.clear();
        buffers.clear();
    }
}
