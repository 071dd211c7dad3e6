package io.sichter.transform;

import io.sichter.image.Image;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Adds pixels around a picture, as {@code torchvision.transforms.v2.Pad} does. Any depth, any number of channels. Nothing
 * is drawn.
 *
 * @param padding how many
 * @param fill their value for {@link Padding.Mode#CONSTANT}: one for all channels, or one per channel
 * @param mode where their values come from
 */
public record Pad(Padding padding, List<Double> fill, Padding.Mode mode) implements Transform<Transform.NoDraw> {
    /** Copies the list. */
    public Pad {
        fill = Fill.checked(fill);
    }

    @Override
    public NoDraw draw(RandomGenerator random, int height, int width) {
        return NoDraw.INSTANCE;
    }

    @Override
    public Image apply(Image image, NoDraw draw) {
        return padding.apply(image, fill, mode);
    }

    @Override
    public Size outputSize(Size input, NoDraw draw) {
        return padding.around(input);
    }

    @Override
    public Optional<Size> fixedSize(Optional<Size> input) {
        return input.map(padding::around);
    }
}
