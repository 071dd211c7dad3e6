package io.sichter.nn;

import io.sichter.tensor.Scope;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;

/**
 * A step of a network that has a name of its own in a summary. Its parameters and buffers live in a module of libtorch,
 * so that they are registered under PyTorch's names; the layer owns that module until it is closed.
 */
public abstract class Layer implements AutoCloseable {
    private final String type;
    private final Module module;

    /**
     * For layers.
     *
     * @param type PyTorch's name of the class, such as {@code Conv2d}
     * @param module what holds its parameters
     */
    protected Layer(String type, Module module) {
        this.type = type;
        this.module = Scope.release(module);
    }

    /** PyTorch's name of the class, such as {@code Conv2d}. */
    public final String type() {
        return type;
    }

    /** What holds the parameters; owned by this layer. */
    public final Module module() {
        return module;
    }

    /**
     * Computes the layer, and tells an open {@link ForwardTrace} and a {@link LayerWatcher} about it.
     *
     * @return its output, owned by the caller's scope
     */
    public final Tensor apply(Tensor input) {
        LayerWatcher watcher = LayerWatcher.Watch.current();
        if (watcher != null) {
            watcher.entered(this);
        }
        Tensor output = forward(input);
        ForwardTrace.record(this, input, output);
        if (watcher != null) {
            watcher.left(this, input, output);
        }
        return output;
    }

    /** What the layer computes. */
    protected abstract Tensor forward(Tensor input);

    /**
     * Registers a parameter of the layer itself. To be called in the layer's constructor, within a scope.
     *
     * @return a handle on it, owned by the layer
     */
    protected final Tensor parameter(String name, Tensor initial) {
        return Scope.release(new Tensor(module.register_parameter(name, initial)));
    }

    /** How it moves over a picture, if it does. */
    public Optional<Window> window() {
        return Optional.empty();
    }

    /**
     * Multiplications, each with its addition, that one picture takes in the layer itself, without those of the layers
     * inside it. What is done once per value (norms, activations, biases, pooling) is not counted.
     *
     * @param input shape of the input, the batch first
     * @param output shape of the output, the batch first
     */
    public long multiplyAdds(List<Long> input, List<Long> output) {
        return 0;
    }

    /** What distinguishes it from others of its type, in a few characters: {@code 3x3, stride 2}; often empty. */
    public String settings() {
        return window().map(Window::toString).orElse("");
    }

    /**
     * Shows this layer, then those inside it, each with the name that its parameters carry, in the order of a state dict.
     */
    public void visit(String name, BiConsumer<String, Layer> visitor) {
        visitor.accept(name, this);
    }

    /** Shows this layer, then those inside it, in the order of their names in a state dict. */
    public void visit(Consumer<Layer> visitor) {
        visitor.accept(this);
    }

    /** Number of values in the layer's own parameters, without those of the layers inside it. */
    public final long ownParameters() {
        return Scope.call(() -> {
            long count = 0;
            for (Tensor parameter : module.parameters(false).get()) {
                count += parameter.numel();
            }
            return count;
        });
    }

    @Override
    public void close() {
        module.close();
    }
}
