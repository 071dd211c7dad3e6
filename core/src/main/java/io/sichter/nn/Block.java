package io.sichter.nn;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.bytedeco.pytorch.Module;

/** A layer made of layers; their parameters carry its name and a dot in front of their own. */
public abstract class Block extends Layer {
    private final Map<String, Layer> layers = new LinkedHashMap<>();

    /** For blocks: PyTorch's name of the class, such as {@code BasicBlock}. */
    protected Block(String type) {
        super(type, new Module(type));
    }

    /**
     * Puts a layer in, under the name that its parameters shall carry.
     *
     * @return the layer, owned by this block
     */
    protected final <L extends Layer> L add(String name, L layer) {
        module().register_module(name, layer.module());
        layers.put(name, layer);
        return layer;
    }

    @Override
    public final void visit(Consumer<Layer> visitor) {
        super.visit(visitor);
        layers.values().forEach(layer -> layer.visit(visitor));
    }

    @Override
    public final void visit(String name, BiConsumer<String, Layer> visitor) {
        super.visit(name, visitor);
        layers.forEach((own, layer) -> layer.visit(name + "." + own, visitor));
    }

    @Override
    public void close() {
        layers.values().forEach(Layer::close);
        super.close();
    }
}
