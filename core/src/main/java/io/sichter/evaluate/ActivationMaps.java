package io.sichter.evaluate;

import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import io.sichter.model.Classifier;
import io.sichter.model.ModelInput;
import io.sichter.nn.ForwardTrace;
import io.sichter.random.SeedStream;
import io.sichter.tensor.NoGrad;
import io.sichter.tensor.Scope;
import io.sichter.tensor.TensorData;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Maps from the last feature maps of a convolutional network and how its score changes with them. */
final class ActivationMaps {
    private static final int NOISY = 16;
    private static final double NOISE = 0.15; // of the range of the picture's values
    private static final double SMALL = 1e-12;
    private static final long[] PLACES = {2, 3};

    private final Classifier model;

    ActivationMaps(Classifier model) {
        this.model = model;
    }

    /** The last feature maps {@code [1, C, h, w]} and the change of the score with each of their values. */
    private record Maps(Tensor values, Tensor gradients) {}

    /**
     * Makes a map.
     *
     * @param input one picture {@code [1, C, H, W]}
     * @param target index of the class
     * @throws UsageException if the network has no feature maps
     */
    Saliency map(ExplainMethod method, Tensor input, int target) {
        return Scope.call(() -> {
            Tensor map = method == ExplainMethod.SMOOTH ? smooth(input, target) : single(method, input, target);
            long[] size = {input.size(2), input.size(3)};
            Tensor large = torch.upsample_bilinear2d(map.unsqueeze(0).unsqueeze(0), size, false);
            return Saliency.of((int) size[0], (int) size[1], doubles(large));
        });
    }

    private Tensor single(ExplainMethod method, Tensor input, int target) {
        Maps maps = maps(input, target);
        Tensor a = maps.values();
        Tensor g = maps.gradients();
        return NoGrad.call(() -> {
            Tensor weights =
                    switch (method) {
                        case GRAD_CAM -> torch.mean(g, PLACES, true, new ScalarTypeOptional());
                        case GRAD_CAM_PP -> plusPlus(a, g);
                        case LAYER_CAM -> torch.relu(g);
                        default -> throw new IllegalArgumentException(method.word());
                    };
            return torch.relu(torch.sum(weights.mul(a), 1).squeeze(0));
        });
    }

    /** Equation 19 of the paper, with the exponential of the score as what is derived. */
    private static Tensor plusPlus(Tensor a, Tensor g) {
        Tensor square = g.square();
        Tensor sum = torch.sum(a, PLACES, true, new ScalarTypeOptional());
        Tensor below = square.mul(new Scalar(2.0)).add(sum.mul(square).mul(g));
        Tensor known = below.abs().gt(new Scalar(SMALL));
        Tensor alpha = torch.where(
                known, square.div(torch.where(known, below, torch.ones_like(below))), torch.zeros_like(below));
        return torch.sum(alpha.mul(torch.relu(g)), PLACES, true, new ScalarTypeOptional());
    }

    private Tensor smooth(Tensor input, int target) {
        double range = NoGrad.call(() -> input.max().item_double() - input.min().item_double());
        Tensor sum = null;
        for (int copy = 0; copy < NOISY; copy++) {
            Tensor noisy = input.add(noise(input, copy).mul(new Scalar(NOISE * range)));
            Tensor map = single(ExplainMethod.GRAD_CAM, noisy, target);
            sum = sum == null ? map : sum.add(map);
        }
        return sum == null ? input : sum.div(new Scalar((double) NOISY));
    }

    /** Normally distributed and always the same. */
    private static Tensor noise(Tensor like, int copy) {
        SplittableRandom random = SeedStream.of(0).derive("smooth").derive(copy).generator();
        double[] values = new double[(int) like.numel()];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextGaussian();
        }
        return Tensor.create(values, like.shape()).to(like.device(), like.scalar_type());
    }

    private Maps maps(Tensor input, int target) {
        int wanted = layersOfFeatures(input);
        int[] seen = {0};
        List<Tensor> held = new ArrayList<>();
        Tensor picture =
                input.detach().clone().requires_grad_(true); // gradients flow even where all weights are frozen
        Tensor logits;
        try (ForwardTrace trace = ForwardTrace.watch(output -> {
            seen[0]++;
            if (seen[0] == wanted) {
                held.add(new Tensor(output)); // the same values, also where the next layer writes over them
            }
            return false;
        })) {
            logits = model.forward(new ModelInput(picture));
            if (trace.entries().isEmpty()) {
                throw new IllegalStateException("The network computed no layers");
            }
        }
        Tensor score = logits.select(1, target).sum();
        Tensor maps = held.get(0);
        Tensor gradients = new Tensor(
                torch.grad(new TensorVector(score), new TensorVector(maps)).get(0));
        return new Maps(maps.detach(), gradients.detach());
    }

    /** How many layers are computed until the last feature maps are made. */
    private int layersOfFeatures(Tensor input) {
        return NoGrad.call(() -> {
            try (ForwardTrace trace = ForwardTrace.open()) {
                Tensor features = model.features(new ModelInput(input));
                List<ForwardTrace.Entry> entries = trace.entries();
                int last = entries.size();
                if (features.dim() != 4 || entries.get(last - 1).outputShape().size() != 4) {
                    throw new UsageException(Problem.of("explain.no_maps", model.architecture()));
                }
                return last;
            }
        });
    }

    static double[] doubles(Tensor tensor) {
        double[] values = new double[(int) tensor.numel()];
        TensorData.of(tensor.detach().to(torch.ScalarType.Double))
                .data()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asDoubleBuffer()
                .get(values);
        return values;
    }
}
