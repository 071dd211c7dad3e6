package io.sichter.model;

import io.sichter.nn.Layer;
import io.sichter.nn.Weighted;
import io.sichter.tensor.Device;
import io.sichter.tensor.NoGrad;
import io.sichter.tensor.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * A network that gives one score per class. Parameters and buffers carry the names of the reference (torchvision, or
 * timm and fastai where it has none), so that published weights fit.
 *
 * <p>Closing it frees its weights. A network is used by one thread at a time.
 */
public abstract class Classifier extends Module {
    private final String architecture;
    private final int numClasses;
    private final Map<String, Layer> layers = new LinkedHashMap<>();
    private final List<Tensor> parameters = new ArrayList<>();
    private @Nullable StateDict state;

    /** For architectures: their registered name and the number of outputs. */
    protected Classifier(String architecture, int numClasses) {
        super(architecture);
        this.architecture = architecture;
        this.numClasses = numClasses;
    }

    /** Registered name of the architecture, such as {@code resnet18}. */
    public final String architecture() {
        return architecture;
    }

    /** Number of outputs. */
    public final int numClasses() {
        return numClasses;
    }

    /**
     * Puts a layer in, under the name that its parameters shall carry.
     *
     * @return the layer, owned by this network
     */
    protected final <L extends Layer> L add(String name, L layer) {
        register_module(name, layer.module());
        layers.put(name, layer);
        return layer;
    }

    /**
     * Registers a parameter of the network itself, ahead of those of its layers. To be called in its constructor.
     *
     * @return a handle on it, owned by this network
     */
    protected final Tensor parameter(String name, Tensor initial) {
        Tensor parameter = Scope.release(new Tensor(register_parameter(name, initial)));
        parameters.add(parameter);
        return parameter;
    }

    /** Shows every layer, blocks before the layers inside them, in the order of PyTorch's {@code modules()}. */
    public final void visit(Consumer<Layer> visitor) {
        layers.values().forEach(layer -> layer.visit(visitor));
    }

    /** Every layer with the name that its parameters carry, such as {@code layer1.0.conv1}, blocks before their layers. */
    public final Map<Layer, String> names() {
        Map<Layer, String> names = new HashMap<>();
        layers.forEach((own, layer) -> layer.visit(own, (name, inner) -> names.put(inner, name)));
        return names;
    }

    /**
     * Scores of each class before softmax.
     *
     * @return logits {@code [N, numClasses]}, owned by the caller's scope
     */
    public abstract Tensor forward(ModelInput input);

    /**
     * The last feature maps before pooling, or the features before the head where there are no maps.
     *
     * @return {@code [N, C, h, w]} or {@code [N, C]}, owned by the caller's scope
     */
    public abstract Tensor features(ModelInput input);

    /** Names of the parameters in groups from the input to the head, for freezing and discriminative rates. */
    public abstract List<List<String>> layerGroups();

    /**
     * The parameters in order, a new group beginning at the first whose name starts with each of these: every one is in
     * exactly one group.
     */
    protected final List<List<String>> groupsFrom(List<String> starts) {
        List<List<String>> groups = new ArrayList<>();
        for (String name : state().parameters().keySet()) {
            boolean begins = groups.size() < starts.size() && name.startsWith(starts.get(groups.size()));
            if (groups.isEmpty() || begins) {
                groups.add(new ArrayList<>());
            }
            groups.get(groups.size() - 1).add(name);
        }
        return groups;
    }

    /** Draws the weights of each convolution and linear layer again, in the order of PyTorch's {@code modules()}. */
    protected final void initialise(Consumer<Weighted> drawing) {
        Scope.run(() -> visit(layer -> {
            if (layer instanceof Weighted weighted) {
                drawing.accept(weighted);
            }
        }));
    }

    /** Parameters and buffers by name, in PyTorch's order; views that this network owns and that follow its changes. */
    public final StateDict state() {
        StateDict known = state;
        if (known == null) {
            known = StateDict.of(this);
            state = known;
        }
        return known;
    }

    /**
     * Moves the network to a device and lays its convolution weights out as channels_last, which is what pictures come
     * in and what is fastest. Parameters stay the same objects.
     */
    public final void moveTo(Device device) {
        Scope.run(() -> {
            to(device.toTorch(), false);
            NoGrad.run(() -> {
                for (Tensor parameter : parameters().get()) {
                    if (parameter.dim() == 4) {
                        parameter.set_data(parameter.contiguous(torch.MemoryFormat.ChannelsLast));
                    }
                }
            });
        });
    }

    /** Frees the weights. */
    @Override
    public void close() {
        if (state != null) {
            state.close();
            state = null;
        }
        layers.values().forEach(Layer::close);
        layers.clear();
        parameters.forEach(Tensor::close);
        parameters.clear();
        super.close();
    }
}
