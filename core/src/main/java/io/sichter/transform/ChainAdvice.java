package io.sichter.transform;

import io.sichter.config.TransformSpec;
import io.sichter.config.TransformsConfig;
import io.sichter.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/** What lists of transforms really do where that is easily overlooked, in sentences. They are no errors. */
public final class ChainAdvice {
    private static final int MANY_INTERPOLATIONS = 3;
    private static final int PROBE = 64;

    private final List<Text> advice = new ArrayList<>();
    private final int imageSize;
    private final int channels;

    private ChainAdvice(int imageSize, int channels) {
        this.imageSize = imageSize;
        this.channels = channels;
    }

    /**
     * Looks at both lists.
     *
     * @param imageSize side of the result in pixels
     * @param channels channels of the pictures
     * @throws io.sichter.error.UsageException for a list that cannot be made
     */
    public static List<Text> of(TransformsConfig config, int imageSize, int channels) {
        ChainAdvice chain = new ChainAdvice(imageSize, channels);
        chain.list("transforms.train", config.train());
        chain.list("transforms.eval", config.eval());
        chain.randomEvaluation(config.eval());
        return List.copyOf(chain.advice);
    }

    private void list(String name, List<TransformSpec> specs) {
        List<Transform<?>> steps = specs.stream()
                .<Transform<?>>map(spec -> Transforms.create(spec, imageSize, channels))
                .toList();
        always(name, steps);
        List<Transform<?>> flat = flat(steps);
        flips(name, flat);
        rotations(name, flat);
        interpolations(name, flat);
        sizes(name, specs, steps);
        greyPictures(name, flat);
    }

    /** The steps with those of random_apply at p = 1 in its place, for it then does nothing of its own. */
    private static List<Transform<?>> flat(List<Transform<?>> steps) {
        List<Transform<?>> flat = new ArrayList<>();
        for (Transform<?> step : steps) {
            if (step instanceof RandomApply apply && apply.p() == 1) {
                flat.addAll(flat(apply.transforms()));
            } else {
                flat.add(step);
            }
        }
        return flat;
    }

    private void always(String name, List<Transform<?>> steps) {
        for (Transform<?> step : steps) {
            if (step instanceof RandomApply apply) {
                if (apply.p() == 1) {
                    advice.add(Text.of("advice.chain.always", name));
                } else if (apply.p() == 0) {
                    advice.add(Text.of("advice.chain.never", name));
                }
                always(name, apply.transforms());
            }
        }
    }

    /** Several flips are one: what counts is whether their number is odd. */
    private void flips(String name, List<Transform<?>> steps) {
        List<Double> horizontal = new ArrayList<>();
        List<Double> vertical = new ArrayList<>();
        for (Transform<?> step : steps) {
            if (step instanceof RandomHorizontalFlip flip) {
                horizontal.add(flip.p());
            } else if (step instanceof RandomVerticalFlip flip) {
                vertical.add(flip.p());
            }
        }
        flips(name, "random_horizontal_flip", horizontal);
        flips(name, "random_vertical_flip", vertical);
    }

    private void flips(String name, String flip, List<Double> chances) {
        if (chances.size() > 1) {
            double even = chances.stream().mapToDouble(p -> 1 - 2 * p).reduce(1, (a, b) -> a * b);
            advice.add(Text.of("advice.chain.flips", name, chances.size(), flip, number((1 - even) / 2)));
        }
    }

    private void rotations(String name, List<Transform<?>> steps) {
        List<Interval> rotations = steps.stream()
                .filter(RandomRotation.class::isInstance)
                .map(step -> ((RandomRotation) step).degrees())
                .toList();
        if (rotations.size() > 1) {
            double least = rotations.stream().mapToDouble(Interval::min).sum();
            double most = rotations.stream().mapToDouble(Interval::max).sum();
            advice.add(Text.of("advice.chain.rotations", name, rotations.size(), number(least), number(most)));
        }
    }

    private void interpolations(String name, List<Transform<?>> steps) {
        Set<Class<?>> interpolating = Set.of(
                Resize.class,
                Letterbox.class,
                Presize.class,
                RandomResizedCrop.class,
                RandomRotation.class,
                RandomAffine.class,
                RandomPerspective.class,
                AugTransforms.class);
        long count = steps.stream()
                .filter(step -> interpolating.contains(step.getClass()))
                .count();
        if (count >= MANY_INTERPOLATIONS) {
            advice.add(Text.of("advice.chain.interpolations", name, count));
        }
    }

    /** Steps that find the size they make already there, or throw away pixels that a later step has to invent. */
    private void sizes(String name, List<TransformSpec> specs, List<Transform<?>> steps) {
        Optional<Size> size = Optional.empty();
        for (int i = 0; i < steps.size(); i++) {
            Transform<?> step = steps.get(i);
            Optional<Size> next = step.fixedSize(size);
            boolean resizes = step instanceof Resize || step instanceof Letterbox;
            boolean cuts = step instanceof CenterCrop || step instanceof RandomCrop;
            if ((resizes || cuts) && size.isPresent() && next.equals(size)) {
                advice.add(Text.of("advice.chain.no_effect", name, specs.get(i).name(), size.get()));
            } else if (step instanceof Resize && i > 0 && isCrop(steps.get(i - 1)) && isLarger(next, size)) {
                advice.add(
                        Text.of("advice.chain.enlarges", name, specs.get(i - 1).name(), size.orElseThrow()));
            } else if (step instanceof RandomResizedCrop
                    && steps.subList(0, i).stream().anyMatch(Resize.class::isInstance)) {
                advice.add(Text.of("advice.chain.resized_twice", name));
            }
            size = next;
        }
    }

    private static boolean isCrop(Transform<?> step) {
        return step instanceof CenterCrop || step instanceof RandomCrop || step instanceof RandomResizedCrop;
    }

    private static boolean isLarger(Optional<Size> next, Optional<Size> before) {
        return next.isPresent()
                && before.isPresent()
                && (next.get().height() > before.get().height()
                        || next.get().width() > before.get().width());
    }

    private void greyPictures(String name, List<Transform<?>> steps) {
        if (channels != 1) {
            return;
        }
        for (Transform<?> step : steps) {
            if (step instanceof Grayscale || step instanceof RandomGrayscale) {
                advice.add(Text.of("advice.chain.grey", name, "grayscale"));
            } else if (step instanceof ColorJitter jitter
                    && (jitter.saturation().isPresent() || jitter.hue().isPresent())) {
                advice.add(Text.of("advice.chain.grey", name, "saturation / hue"));
            }
        }
    }

    private void randomEvaluation(List<TransformSpec> specs) {
        List<String> random = specs.stream()
                .filter(spec -> isRandom(Transforms.create(spec, imageSize, channels)))
                .map(TransformSpec::name)
                .toList();
        if (!random.isEmpty()) {
            advice.add(Text.of("advice.chain.random_eval", String.join(", ", random)));
        }
    }

    static boolean isRandom(Transform<?> step) {
        return !(step.draw(new SplittableRandom(0), PROBE, PROBE) instanceof Transform.NoDraw);
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(Math.round(value * 1e4) / 1e4);
    }
}
