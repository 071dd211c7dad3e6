package io.sichter.loss;

import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** What losses do to their arguments before they compute. */
final class Targets {
    private Targets() {}

    /** Logits in at least float32: half precision is too coarse for logarithms of probabilities. */
    static Tensor precise(Tensor logits) {
        return logits.element_size() < Float.BYTES ? logits.to(torch.ScalarType.Float) : logits;
    }

    /** Shares of the classes {@code [N, K]} in the precision of the logits, whatever form the targets have. */
    static Tensor shares(Tensor targets, Tensor logits) {
        Tensor shares = targets.dim() == 1 ? torch.one_hot(targets, logits.size(1)) : targets;
        return shares.to(logits.scalar_type());
    }

    /** One number per class as {@code [K]} beside the logits. */
    static Tensor perClass(List<Double> values, Tensor logits) {
        if (values.size() != logits.size(1)) {
            throw new IllegalArgumentException(values.size() + " weights for " + logits.size(1) + " classes");
        }
        return Tensor.create(values.stream().mapToDouble(Double::doubleValue).toArray())
                .to(logits.device(), logits.scalar_type());
    }
}
