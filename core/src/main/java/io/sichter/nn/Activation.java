package io.sichter.nn;

import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Elementwise functions. They write over their input where that saves memory traffic: their inputs are to be needed by
 * nothing else.
 */
public enum Activation {
    /** max(x, 0). */
    RELU("ReLU"),
    /** min(max(x, 0), 6) (Howard et al., "MobileNets", 2017). */
    RELU6("ReLU6"),
    /** x * relu6(x + 3) / 6 (Howard et al., "Searching for MobileNetV3", 2019). */
    HARDSWISH("Hardswish"),
    /** x * sigmoid(x) (Elfwing et al., 2018; Ramachandran et al., "Searching for Activation Functions", 2017). */
    SILU("SiLU"),
    /** x * Phi(x), Phi the distribution function of the normal (Hendrycks and Gimpel, 2016). */
    GELU("GELU"),
    /** relu6(x + 3) / 6. */
    HARDSIGMOID("Hardsigmoid"),
    /** 1 / (1 + exp(-x)). */
    SIGMOID("Sigmoid");

    private final String type;

    Activation(String type) {
        this.type = type;
    }

    /** Computes it. */
    public Tensor apply(Tensor input) {
        // of functions whose derivative needs the input libtorch would keep a copy before it writes over it
        boolean kept = input.requires_grad();
        return switch (this) {
            case RELU -> torch.relu_(input);
            case RELU6 -> torch.relu6_(input);
            case HARDSWISH -> kept ? torch.hardswish(input) : torch.hardswish_(input);
            case SILU -> kept ? torch.silu(input) : torch.silu_(input);
            case GELU -> torch.gelu(input);
            case HARDSIGMOID -> kept ? torch.hardsigmoid(input) : torch.hardsigmoid_(input);
            case SIGMOID -> torch.sigmoid_(input);
        };
    }

    /** A layer that computes it, with a row of its own in a summary. */
    public Layer layer() {
        return new Function(this);
    }

    /** The function as a layer. */
    private static final class Function extends Layer {
        private final Activation function;

        Function(Activation function) {
            super(function.type, new Module(function.type));
            this.function = function;
        }

        @Override
        protected Tensor forward(Tensor input) {
            return function.apply(input);
        }
    }
}
