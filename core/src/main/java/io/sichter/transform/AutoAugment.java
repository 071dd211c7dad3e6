package io.sichter.transform;

import io.sichter.image.Image;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Two operations of a policy that was learned on a data set, as {@code torchvision.transforms.v2.AutoAugment} does to a PIL
 * image (Cubuk et al., "AutoAugment: Learning Augmentation Strategies from Data", CVPR 2019). Any depth, 1 or 3 channels.
 *
 * <p>Drawn: one of the policy's 25 pairs; for each of its operations whether it is applied, and its direction.
 *
 * @param policy which data set's
 * @param interpolation how a value between pixels is found
 * @param fill value outside the picture
 */
public record AutoAugment(LearnedPolicy policy, Interpolation interpolation, List<Double> fill)
        implements SizeKeeping<PolicyChain> {
    private static final int BINS = 10;
    private static final Map<LearnedPolicy, List<LearnedPolicy.Pair>> PAIRS = Arrays.stream(LearnedPolicy.values())
            .collect(Collectors.toUnmodifiableMap(policy -> policy, LearnedPolicy::pairs));

    /** Copies the list. */
    public AutoAugment {
        fill = Fill.checked(fill);
    }

    @Override
    public PolicyChain draw(RandomGenerator random, int height, int width) {
        List<PolicyChain.Step> steps = new ArrayList<>();
        List<LearnedPolicy.Pair> pairs = Objects.requireNonNull(PAIRS.get(policy));
        LearnedPolicy.Pair pair = pairs.get(random.nextInt(pairs.size()));
        for (LearnedPolicy.Entry entry : List.of(pair.first(), pair.second())) {
            if (random.nextDouble() < entry.p()) {
                steps.add(PolicySpace.RAND_AUGMENT.signed(
                        entry.operation(), random, entry.bin(), BINS, new Size(height, width)));
            }
        }
        return new PolicyChain(steps);
    }

    @Override
    public Image apply(Image image, PolicyChain draw) {
        return draw.apply(image, interpolation, fill);
    }
}
