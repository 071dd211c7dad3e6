package io.sichter.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Listens to the layers that the calling thread computes while it is open. What it writes down comes from a real
 * forward pass, in the order in which layers finish, as PyTorch's forward hooks see it.
 */
public final class ForwardTrace implements AutoCloseable {
    private static final ThreadLocal<@Nullable ForwardTrace> CURRENT = new ThreadLocal<>();

    private final List<Entry> entries = new ArrayList<>();

    private final Predicate<Tensor> watch;
    private final Observer observer;
    private @Nullable String found;

    /** Told of every layer that was computed, also of those without a row of their own. */
    @FunctionalInterface
    public interface Observer {
        /** The very objects that went in and came out. */
        void computed(Layer layer, Tensor input, Tensor output);
    }

    private ForwardTrace(Predicate<Tensor> watch, Observer observer) {
        this.watch = watch;
        this.observer = observer;
    }

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
        return watch(output -> false);
    }

    /**
     * Begins to listen on the calling thread, and to look for an output.
     *
     * @throws IllegalStateException if this thread is being listened to already
     */
    public static ForwardTrace watch(Predicate<Tensor> wanted) {
        return open(wanted, (layer, input, output) -> {});
    }

    /**
     * Begins to listen on the calling thread, and tells of every layer.
     *
     * @throws IllegalStateException if this thread is being listened to already
     */
    public static ForwardTrace observe(Observer observer) {
        return open(output -> false, observer);
    }

    private static ForwardTrace open(Predicate<Tensor> wanted, Observer observer) {
        if (CURRENT.get() != null) {
            throw new IllegalStateException("A trace is open on this thread");
        }
        ForwardTrace trace = new ForwardTrace(wanted, observer);
        CURRENT.set(trace);
        return trace;
    }

    /** What was computed so far. */
    public List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** The first layer whose output was looked for, named as torchsummary numbers them: {@code Conv2d-5}. */
    public Optional<String> found() {
        return Optional.ofNullable(found);
    }

    static void record(Layer layer, Tensor input, Tensor output) {
        ForwardTrace trace = CURRENT.get();
        if (trace != null) {
            trace.observer.computed(layer, input, output);
        }
        if (trace != null && !(layer instanceof Sequential || layer instanceof NamedSequential)) {
            List<Long> shape = java.util.Arrays.stream(output.shape()).boxed().toList();
            trace.entries.add(new Entry(layer.type(), shape, layer.ownParameters()));
            if (trace.found == null && trace.watch.test(output)) {
                trace.found = layer.type() + "-" + trace.entries.size();
            }
        }
    }

    @Override
    public void close() {
        CURRENT.remove();
    }
}
