package io.sichter.nn;

import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/** Somebody who is shown every layer that a thread computes, blocks around the layers inside them. */
public interface LayerWatcher {
    /** Before a layer is computed. */
    default void entered(Layer layer) {}

    /** After it was computed; what is to be kept of the output must be copied, for it may be written over. */
    void left(Layer layer, Tensor input, Tensor output);

    /**
     * Computes something on the calling thread and shows its layers.
     *
     * @throws IllegalStateException if somebody watches this thread already
     */
    static <T> T watch(LayerWatcher watcher, Supplier<T> body) {
        if (Watch.CURRENT.get() != null) {
            throw new IllegalStateException("This thread is being watched");
        }
        Watch.CURRENT.set(watcher);
        try {
            return body.get();
        } finally {
            Watch.CURRENT.remove();
        }
    }

    /** Who watches which thread. */
    final class Watch {
        private static final ThreadLocal<@Nullable LayerWatcher> CURRENT = new ThreadLocal<>();

        private Watch() {}

        static @Nullable LayerWatcher current() {
            return CURRENT.get();
        }
    }
}
