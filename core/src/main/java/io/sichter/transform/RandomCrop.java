package io.sichter.transform;

import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import io.sichter.image.Image;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Cuts a box of fixed size out at a random place, after padding, as {@code torchvision.transforms.v2.RandomCrop} does. Any
 * depth, any number of channels.
 *
 * <p>Drawn: the position, uniform over all places.
 *
 * @param size of the result
 * @param padding added first
 * @param padIfNeeded whether a picture that is still too small is padded further, by what it lacks at both ends
 * @param fill value of added pixels for {@link Padding.Mode#CONSTANT}
 * @param mode where the values of added pixels come from
 */
public record RandomCrop(Size size, Padding padding, boolean padIfNeeded, List<Double> fill, Padding.Mode mode)
        implements Transform<RandomCrop.Place> {
    /**
     * Where to cut.
     *
     * @param padding added first
     * @param top first row in the padded picture
     * @param left first column in the padded picture
     */
    public record Place(Padding padding, int top, int left) {}

    /** Copies the list. */
    public RandomCrop {
        fill = Fill.checked(fill);
    }

    @Override
    public Place draw(RandomGenerator random, int height, int width) {
        Size input = new Size(height, width);
        Padding drawn = padIfNeeded ? padding.upTo(size, input) : padding;
        Size padded = drawn.around(input);
        int rows = Math.max(0, padded.height() - size.height());
        int columns = Math.max(0, padded.width() - size.width());
        return new Place(drawn, random.nextInt(rows + 1), random.nextInt(columns + 1));
    }

    /**
     * Pads and cuts.
     *
     * @throws UsageException if the padded picture is smaller than the box
     */
    @Override
    public Image apply(Image image, Place draw) {
        Size padded = draw.padding().around(new Size(image.height(), image.width()));
        if (padded.height() < size.height() || padded.width() < size.width()) {
            throw new UsageException(Problem.of("transform.too_small", padded, size));
        }
        Image whole = draw.padding().apply(image, fill, mode);
        Image part = Geometry.crop(whole, draw.top(), draw.left(), size.height(), size.width());
        if (whole != image && whole != part) {
            whole.close(); // the part is a view, which keeps the memory
        }
        return part;
    }

    @Override
    public Size outputSize(Size input, Place draw) {
        return size;
    }

    @Override
    public Optional<Size> fixedSize(Optional<Size> input) {
        return Optional.of(size);
    }
}
