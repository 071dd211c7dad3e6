package io.sichter.nn;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A convolution without bias, batch norm and an activation, padded so that stride 1 keeps the size: torchvision's
 * {@code Conv2dNormActivation}.
 *
 * @param in channels of the input
 * @param out channels of the output
 * @param kernel height and width of the kernel, odd
 * @param stride step of the kernel
 * @param groups see {@link Conv2d#grouped}
 * @param norm constants of the batch norm
 * @param activation null for none
 */
public record ConvNorm(
        long in,
        long out,
        long kernel,
        long stride,
        long groups,
        BatchNorm2d.Constants norm,
        @Nullable Activation activation) {
    /** Makes the layers 0, 1 and, with an activation, 2. */
    public Sequential layer() {
        List<Layer> layers = new ArrayList<>();
        layers.add(Conv2d.grouped(in, out, kernel, stride, kernel / 2, groups, false));
        layers.add(BatchNorm2d.of(out, norm));
        if (activation != null) {
            layers.add(activation.layer());
        }
        return new Sequential(layers);
    }
}
