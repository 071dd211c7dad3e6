package io.sichter.nn;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Listens to the layers that the calling thread computes while it is open. What it writes down comes from a real
 * forward pass, in the order in which layers finish, as PyTorch's forward hooks see it.
 */
public final class ForwardTrace implements AutoCloseable {
    private static final ThreadLocal<@Nullable ForwardTrace> CURRENT = new ThreadLocal<>();

    private final List<Entry> entries = new ArrayList<>();

    private ForwardTrace() {}

    /**
     * One layer that was computed.
     *
     * @param type PyTorch's name of the class
     * @param outputShape shape of what it gave, the batch included
     * @param parameters number of values in its own parameters
     */
    public record Entry(String type, List<Long> outputShape, long parameters) {}

    /**
     * Begins to listen on the calling thread.
     *
     * @throws IllegalStateException if this thread is being listened to already
     */
    public static ForwardTrace open() {
        if (CURRENT.get() != null) {
            throw new IllegalStateException("A trace is open on this thread");
        }
        ForwardTrace trace = new ForwardTrace();
        CURRENT.set(trace);
        return trace;
    }

    /** What was computed so far. */
    public List<Entry> entries() {
        return List.copyOf(entries);
    }

    static void record(Layer layer, Tensor output) {
        ForwardTrace trace = CURRENT.get();
        if (trace != null && !(layer instanceof Sequential)) {
            List<Long> shape = java.util.Arrays.stream(output.shape()).boxed().toList();
            trace.entries.add(new Entry(layer.type(), shape, layer.ownParameters()));
        }
    }

    @Override
    public void close() {
        CURRENT.remove();
    }
}
