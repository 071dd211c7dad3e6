package io.sichter.transform;

import io.sichter.image.Image;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * A weighted mean of a picture and several augmented versions of it, as {@code torchvision.transforms.v2.AugMix} makes it
 * (Hendrycks et al., "AugMix: A Simple Data Processing Method to Improve Robustness and Uncertainty", ICLR 2020). The
 * operations are those on PIL images, as in the other policies; torchvision itself uses its tensor versions here. Any
 * depth, 1 or 3 channels.
 *
 * <p>Drawn: the weights, Dirichlet with {@code alpha}; for each chain its length, and its operations with bins of strength
 * below {@code severity} and directions.
 *
 * @param severity 1 to 10
 * @param mixtureWidth how many versions, at least 1
 * @param chainDepth operations of each version; -1 draws 1 to 3
 * @param alpha of the weights, above 0: large values make them alike
 * @param allOps whether brightness, colour, contrast and sharpness are among the operations
 * @param interpolation how a value between pixels is found
 * @param fill value outside the picture
 */
public record AugMix(
        int severity,
        int mixtureWidth,
        int chainDepth,
        double alpha,
        boolean allOps,
        Interpolation interpolation,
        List<Double> fill)
        implements SizeKeeping<AugMix.Mixture> {
    private static final int BINS = 10;
    private static final int MOST_DRAWN = 3;

    /**
     * What was drawn.
     *
     * @param original weight of the picture itself
     * @param weights of the versions; with the picture's they add up to 1
     * @param chains of the versions
     */
    public record Mixture(double original, List<Double> weights, List<PolicyChain> chains) {
        /** Copies the lists. */
        public Mixture {
            weights = List.copyOf(weights);
            chains = List.copyOf(chains);
        }
    }

    /** Copies the list and checks the numbers. */
    public AugMix {
        fill = Fill.checked(fill);
        if (severity < 1 || severity > BINS || mixtureWidth < 1 || !(alpha > 0)) {
            throw new IllegalArgumentException("severity " + severity + ", width " + mixtureWidth + ", alpha " + alpha);
        }
    }

    @Override
    public Mixture draw(RandomGenerator random, int height, int width) {
        double[] parts = Gamma.dirichlet(random, alpha, 2);
        double[] shares = Gamma.dirichlet(random, alpha, mixtureWidth);
        List<Double> weights = new ArrayList<>();
        List<PolicyChain> chains = new ArrayList<>();
        for (double share : shares) {
            weights.add(share * parts[1]);
            chains.add(chain(random, new Size(height, width)));
        }
        return new Mixture(parts[0], weights, chains);
    }

    private PolicyChain chain(RandomGenerator random, Size size) {
        PolicySpace space = allOps ? PolicySpace.AUG_MIX : PolicySpace.AUG_MIX_PARTIAL;
        int depth = chainDepth > 0 ? chainDepth : 1 + random.nextInt(MOST_DRAWN);
        return new PolicyChain(IntStream.range(0, depth)
                .mapToObj(i -> space.draw(random, random.nextInt(severity), BINS, size))
                .toList());
    }

    @Override
    public Image apply(Image image, Mixture draw) {
        int floats = opencv_core.CV_MAKETYPE(opencv_core.CV_32F, image.channels());
        Mat target = Depths.like(image);
        try (Mat sum = new Mat();
                Mat part = new Mat()) {
            image.mat().convertTo(sum, floats, draw.original(), 0);
            for (int i = 0; i < draw.chains().size(); i++) {
                Image version = draw.chains().get(i).apply(image, interpolation, fill);
                version.mat().convertTo(part, floats, draw.weights().get(i), 0);
                opencv_core.add(sum, part, sum);
                if (version != image) {
                    version.close();
                }
            }
            sum.convertTo(target, target.type(), 1, Depths.bias(target));
        }
        return Image.of(target);
    }
}
