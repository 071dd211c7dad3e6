package io.sichter.model;

import io.sichter.nn.Layer;
import io.sichter.nn.Weighted;
import io.sichter.tensor.Device;
import io.sichter.tensor.NoGrad;
import io.sichter.tensor.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    private final Map<String, Tensor> parameters = new LinkedHashMap<>();
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
        parameters.put(name, parameter);
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
     * The beginnings of names at which {@link #layers} begins a new layer, as a regular expression. Without one, every
     * convolution and linear layer is a layer, with the norm that follows it.
     */
    protected String layerPattern() {
        return "";
    }

    /** The beginning of the names that are in the second of fastai's three groups; without one, half of the groups are. */
    protected String deepFrom() {
        List<List<String>> groups = layerGroups();
        return groups.get(groups.size() / 2).get(0);
    }

    /** The name of the first layer that {@link #features} does not compute. */
    protected String headFrom() {
        String first = last(layerGroups()).get(0);
        return first.substring(0, first.indexOf('.'));
    }

    /**
     * Names of the parameters block by block, as timm's {@code group_matcher} has them: the stem, each block, the head.
     * What lies between the last block and the head belongs to that block.
     */
    public List<List<String>> layers() {
        Pattern pattern = Pattern.compile(layerPattern());
        List<String> head = last(layerGroups());
        List<List<String>> found = new ArrayList<>();
        String before = "";
        for (Map.Entry<String, Tensor> parameter : state().parameters().entrySet()) {
            String name = parameter.getKey();
            Matcher begins = pattern.matcher(name);
            String key = before;
            if (head.contains(name)) {
                key = head.get(0);
            } else if (layerPattern().isEmpty() ? parameter.getValue().dim() > 1 : begins.lookingAt()) {
                key = layerPattern().isEmpty() ? name : begins.group();
            }
            if (found.isEmpty() || !key.equals(before)) {
                found.add(new ArrayList<>());
            }
            last(found).add(name);
            before = key;
        }
        return found;
    }

    /** Names of the parameters in fastai's groups: the body in two parts (in one where it is too small), and the head. */
    public final List<List<String>> thirds() {
        List<List<String>> groups = layerGroups();
        List<List<String>> thirds = List.of(new ArrayList<>(), new ArrayList<>(), last(groups));
        String from = deepFrom();
        boolean deep = false;
        for (List<String> group : groups.subList(0, groups.size() - 1)) {
            for (String name : group) {
                deep |= name.startsWith(from);
                thirds.get(deep ? 1 : 0).add(name);
            }
        }
        return thirds.stream().filter(third -> !third.isEmpty()).toList();
    }

    /** Names in a published network of this architecture that this one has something else for. */
    public Set<String> replaced() {
        return Set.of();
    }

    /**
     * Gives the layers before the head to another network, under their names; they stay this one's to close.
     *
     * @return names of the tensors that the other does not get
     */
    final Set<String> lend(Classifier heir) {
        Set<String> left = new LinkedHashSet<>(state().tensors().keySet());
        Scope.run(() -> parameters.forEach((name, tensor) -> heir.parameter(name, tensor)));
        left.removeAll(parameters.keySet());
        for (Map.Entry<String, Layer> entry : layers.entrySet()) {
            if (entry.getKey().equals(headFrom())) {
                break;
            }
            heir.add(entry.getKey(), entry.getValue());
            left.removeIf(name -> name.startsWith(entry.getKey() + "."));
        }
        return left;
    }

    private static <T> T last(List<T> list) {
        return list.get(list.size() - 1);
    }

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
        parameters.values().forEach(Tensor::close);
        parameters.clear();
        super.close();
    }
}
