package io.sichter.transform;

import io.sichter.image.Image;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Applies all of several transforms in random order, as {@code torchvision.transforms.v2.RandomOrder} does.
 *
 * <p>Drawn: the order, each equally likely, and the draws of the transforms in that order.
 *
 * @param transforms all are applied
 */
public record RandomOrder(List<Transform<?>> transforms) implements Transform<RandomApply.Applied> {
    /** Copies the list. */
    public RandomOrder {
        transforms = List.copyOf(transforms);
    }

    @Override
    public RandomApply.Applied draw(RandomGenerator random, int height, int width) {
        List<Transform<?>> order = new ArrayList<>(transforms);
        Shuffle.inPlace(order, random);
        return RandomApply.Applied.of(order, random, new Size(height, width));
    }

    @Override
    public Image apply(Image image, RandomApply.Applied draw) {
        return draw.apply(image);
    }

    @Override
    public Size outputSize(Size input, RandomApply.Applied draw) {
        return draw.outputSize(input);
    }

    /** Known if each of them gives the same size, and none of them changes that one. */
    @Override
    public Optional<Size> fixedSize(Optional<Size> input) {
        Optional<Size> result = transforms.get(0).fixedSize(input);
        boolean same = transforms.stream()
                .allMatch(t ->
                        t.fixedSize(input).equals(result) && t.fixedSize(result).equals(result));
        return same ? result : Optional.empty();
    }
}
