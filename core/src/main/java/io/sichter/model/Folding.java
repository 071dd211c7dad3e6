package io.sichter.model;

import io.sichter.nn.BatchNorm2d;
import io.sichter.nn.Block;
import io.sichter.nn.Conv2d;
import io.sichter.nn.ForwardTrace;
import io.sichter.nn.Layer;
import io.sichter.tensor.NoGrad;
import io.sichter.tensor.Scope;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Batch norms worked into the convolutions in front of them, for evaluation: {@code w (gamma / sqrt(var + eps))} and
 * {@code beta + (b - mean) gamma / sqrt(var + eps)} (Jacob et al., "Quantization and Training of Neural Networks for
 * Efficient Integer-Arithmetic-Only Inference", 2018, equation 14). The numbers stay the same but for rounding, and one
 * pass over every map is saved.
 *
 * <p>Which norm follows which convolution is not declared but seen: a pass over one picture shows which batch norm gets
 * the very tensor that a convolution gave, and that nothing else does. A second pass proves that the result is the same.
 */
public final class Folding {
    private static final double LARGEST_DIFFERENCE = 1e-4;

    /** The batch norm that each convolution is followed by, as one pass shows it. */
    private final Map<Conv2d, BatchNorm2d> norms = new HashMap<>();

    private final IdentityHashMap<Tensor, Conv2d> makers = new IdentityHashMap<>();
    private final IdentityHashMap<Tensor, Integer> uses = new IdentityHashMap<>();

    private Folding() {}

    /**
     * Folds what can be folded; in training mode the network stays what it was. The parameters keep their values, and
     * must not be changed as long as the network is evaluated.
     *
     * @param model in evaluation mode
     * @param shape of a picture, {@code [1, C, H, W]}
     * @return number of batch norms that are passed over now
     */
    public static int fold(Classifier model, long... shape) {
        return NoGrad.call(() -> Scope.call(() -> {
            Tensor some = model.state().parameters().values().iterator().next();
            long numbers = shape[0] * shape[1] * shape[2] * shape[3];
            ModelInput input = new ModelInput(torch.arange(new Scalar(numbers))
                    .to(some.device(), some.scalar_type())
                    .sin()
                    .reshape(shape)
                    .contiguous(torch.MemoryFormat.ChannelsLast));
            Folding folding = new Folding();
            Tensor before;
            try (ForwardTrace trace = ForwardTrace.observe(folding::computed)) {
                before = model.forward(input).clone();
            }
            folding.norms.forEach(Conv2d::fold);
            double difference = model.forward(input).sub(before).abs().max().item_double();
            if (!(difference <= LARGEST_DIFFERENCE * before.abs().max().item_double())) {
                folding.norms.forEach(Conv2d::unfold);
                return 0;
            }
            return folding.norms.size();
        }));
    }

    private void computed(Layer layer, Tensor input, Tensor output) {
        Conv2d maker = makers.get(input);
        if (maker != null && !(layer instanceof Block)) { // a block gives its input to the layers in it
            boolean alone = uses.merge(input, 1, Integer::sum) == 1;
            if (alone && layer instanceof BatchNorm2d norm) {
                norms.put(maker, norm);
            } else {
                norms.remove(maker);
            }
        }
        if (layer instanceof Conv2d conv) {
            makers.put(output, conv);
        }
    }
}
