package io.sichter.transform;

import io.sichter.image.Image;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Applies one of several transforms, as {@code torchvision.transforms.v2.RandomChoice} does.
 *
 * <p>Drawn: which, and its draw.
 *
 * @param transforms to choose from
 * @param p weight of each, at least 0, not all 0; they need not add up to 1
 */
public record RandomChoice(List<Transform<?>> transforms, List<Double> p) implements Transform<RandomApply.Applied> {
    /** Copies and checks the lists. */
    public RandomChoice {
        transforms = List.copyOf(transforms);
        p = List.copyOf(p);
        if (transforms.size() != p.size()
                || p.stream().anyMatch(weight -> !(weight >= 0))
                || !(p.stream().mapToDouble(Double::doubleValue).sum() > 0)) {
            throw new IllegalArgumentException(transforms.size() + " transforms with the weights " + p);
        }
    }

    @Override
    public RandomApply.Applied draw(RandomGenerator random, int height, int width) {
        double rest = random.nextDouble()
                * p.stream().mapToDouble(Double::doubleValue).sum();
        int chosen = 0;
        while (rest >= p.get(chosen) && chosen < p.size() - 1) {
            rest -= p.get(chosen++);
        }
        return RandomApply.Applied.of(List.of(transforms.get(chosen)), random, new Size(height, width));
    }

    @Override
    public Image apply(Image image, RandomApply.Applied draw) {
        return draw.apply(image);
    }

    @Override
    public Size outputSize(Size input, RandomApply.Applied draw) {
        return draw.outputSize(input);
    }

    @Override
    public Optional<Size> fixedSize(Optional<Size> input) {
        Set<Optional<Size>> results = IntStream.range(0, p.size())
                .filter(i -> p.get(i) > 0)
                .mapToObj(i -> transforms.get(i).fixedSize(input))
                .collect(Collectors.toSet());
        return results.size() == 1 ? results.iterator().next() : Optional.empty();
    }
}
