package io.sichter.transform;

import io.sichter.image.Image;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Some operations of fixed strength, chosen at random, as {@code torchvision.transforms.v2.RandAugment} does to a PIL image
 * (Cubuk et al., "RandAugment: Practical automated data augmentation with a reduced search space", NeurIPS 2020). Any
 * depth, 1 or 3 channels.
 *
 * <p>Drawn: each operation, one of fourteen equally often (one does nothing), and its direction.
 *
 * @param numOps how many, one after the other
 * @param magnitude bin of their strength, from 0, below {@code numMagnitudeBins}
 * @param numMagnitudeBins bins between nothing and the strongest
 * @param interpolation how a value between pixels is found
 * @param fill value outside the picture
 */
public record RandAugment(
        int numOps, int magnitude, int numMagnitudeBins, Interpolation interpolation, List<Double> fill)
        implements SizeKeeping<PolicyChain> {
    /** Checks the numbers. */
    public RandAugment {
        fill = Fill.checked(fill);
        if (numOps < 0 || magnitude < 0 || magnitude >= numMagnitudeBins) {
            throw new IllegalArgumentException(
                    numOps + " operations of magnitude " + magnitude + " of " + numMagnitudeBins + " bins");
        }
    }

    @Override
    public PolicyChain draw(RandomGenerator random, int height, int width) {
        Size size = new Size(height, width);
        return new PolicyChain(IntStream.range(0, numOps)
                .mapToObj(i -> PolicySpace.RAND_AUGMENT.draw(random, magnitude, numMagnitudeBins, size))
                .toList());
    }

    @Override
    public Image apply(Image image, PolicyChain draw) {
        return draw.apply(image, interpolation, fill);
    }
}
