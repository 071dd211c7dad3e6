package io.sichter.train;

import io.sichter.tensor.NoGrad;
import io.sichter.tensor.Scope;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;

/** Puts the mean of the weights into the network for a while. */
final class AveragedWeights {
    private AveragedWeights() {}

    /** Does something while network and mean have changed places; without a mean it is simply done. */
    static <T> T during(Session session, Supplier<T> body) {
        exchange(session);
        try {
            return body.get();
        } finally {
            exchange(session);
        }
    }

    /** Exchanges the numbers, not the tensors: optimizer and network keep hold of theirs. */
    private static void exchange(Session session) {
        Map<String, Tensor> state = session.model().state().tensors();
        NoGrad.run(() -> session.average()
                .tensors()
                .forEach((name, mean) -> Scope.run(() -> {
                    Tensor own = Objects.requireNonNull(state.get(name), name);
                    Tensor kept = own.detach().clone();
                    own.copy_(mean);
                    mean.copy_(kept);
                })));
    }
}
