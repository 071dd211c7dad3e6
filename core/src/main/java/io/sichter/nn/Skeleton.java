package io.sichter.nn;

import io.sichter.tensor.NoGrad;
import io.sichter.tensor.Scope;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * Networks of which only names and shapes are asked for. Weights of convolutions and linear layers made meanwhile on
 * the calling thread are whatever lies in memory: drawing a hundred million of them takes a second that a summary need
 * not wait.
 */
public final class Skeleton {
    private static final ThreadLocal<@Nullable Boolean> OPEN = new ThreadLocal<>();

    private Skeleton() {}

    /** Runs something that builds a network. */
    public static <T> T call(Supplier<T> body) {
        OPEN.set(true);
        try {
            return body.get();
        } finally {
            OPEN.remove();
        }
    }

    static boolean isOpen() {
        return OPEN.get() != null;
    }

    /** Gives a parameter this shape, and no values. */
    static void resize(Tensor parameter, long... shape) {
        NoGrad.run(() -> Scope.run(() -> parameter.set_data(torch.empty(shape))));
    }
}
