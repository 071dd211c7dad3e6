package io.sichter.transform;

import io.sichter.image.Image;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * One operation of random strength, as {@code torchvision.transforms.v2.TrivialAugmentWide} does to a PIL image (Müller and
 * Hutter, "TrivialAugment: Tuning-free Yet State-of-the-Art Data Augmentation", ICCV 2021). Any depth, 1 or 3 channels.
 *
 * <p>Drawn: the operation, one of fourteen equally often (one does nothing), its bin of strength and its direction.
 *
 * @param numMagnitudeBins bins between nothing and the strongest
 * @param interpolation how a value between pixels is found
 * @param fill value outside the picture
 */
public record TrivialAugmentWide(int numMagnitudeBins, Interpolation interpolation, List<Double> fill)
        implements SizeKeeping<PolicyChain> {
    /** Copies the list. */
    public TrivialAugmentWide {
        fill = Fill.checked(fill);
    }

    @Override
    public PolicyChain draw(RandomGenerator random, int height, int width) {
        int bin = random.nextInt(numMagnitudeBins);
        return new PolicyChain(
                List.of(PolicySpace.TRIVIAL_AUGMENT_WIDE.draw(random, bin, numMagnitudeBins, new Size(height, width))));
    }

    @Override
    public Image apply(Image image, PolicyChain draw) {
        return draw.apply(image, interpolation, fill);
    }
}
