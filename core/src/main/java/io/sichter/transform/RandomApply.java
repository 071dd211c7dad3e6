package io.sichter.transform;

import io.sichter.image.Image;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Applies a list of transforms, all or none, with a probability, as {@code torchvision.transforms.v2.RandomApply} does.
 *
 * <p>Drawn: whether, and if so the draws of the transforms in their order.
 *
 * @param transforms applied one after the other
 * @param p probability, 0 to 1
 */
public record RandomApply(List<Transform<?>> transforms, double p) implements Transform<RandomApply.Applied> {
    /**
     * What was drawn.
     *
     * @param apply whether to apply the list
     * @param steps the transforms with their draws; empty if not applied
     */
    public record Applied(boolean apply, List<Step<?>> steps) {
        /** Copies the list. */
        public Applied {
            steps = List.copyOf(steps);
        }

        /** The draws of transforms that are applied one after the other. */
        static Applied of(List<Transform<?>> transforms, RandomGenerator random, Size input) {
            List<Step<?>> steps = new ArrayList<>();
            Size size = input;
            for (Transform<?> transform : transforms) {
                Step<?> step = Step.draw(transform, random, size);
                steps.add(step);
                size = step.outputSize(size);
            }
            return new Applied(true, steps);
        }

        /** The picture after all steps; those between are closed. */
        Image apply(Image image) {
            Image current = image;
            for (Step<?> step : steps) {
                Image next = step.apply(current);
                if (current != image && current != next) {
                    current.close();
                }
                current = next;
            }
            return current;
        }

        /** The size after all steps. */
        Size outputSize(Size input) {
            Size size = input;
            for (Step<?> step : steps) {
                size = step.outputSize(size);
            }
            return size;
        }
    }

    /**
     * A transform with its draw.
     *
     * @param transform which
     * @param draw its draw
     * @param <D> what it draws
     */
    public record Step<D>(Transform<D> transform, D draw) {
        static <D> Step<D> draw(Transform<D> transform, RandomGenerator random, Size size) {
            return new Step<>(transform, transform.draw(random, size.height(), size.width()));
        }

        Image apply(Image image) {
            return transform.apply(image, draw);
        }

        Size outputSize(Size input) {
            return transform.outputSize(input, draw);
        }
    }

    /** Copies the list. */
    public RandomApply {
        transforms = List.copyOf(transforms);
    }

    @Override
    public Applied draw(RandomGenerator random, int height, int width) {
        return random.nextDouble() < p
                ? Applied.of(transforms, random, new Size(height, width))
                : new Applied(false, List.of());
    }

    @Override
    public Image apply(Image image, Applied draw) {
        return draw.apply(image);
    }

    @Override
    public Size outputSize(Size input, Applied draw) {
        return draw.outputSize(input);
    }

    @Override
    public Optional<Size> fixedSize(Optional<Size> input) {
        Optional<Size> applied = input;
        for (Transform<?> transform : transforms) {
            applied = transform.fixedSize(applied);
        }
        boolean never = p == 0;
        boolean always = p == 1;
        return never ? input : always || applied.equals(input) ? applied : Optional.empty();
    }
}
