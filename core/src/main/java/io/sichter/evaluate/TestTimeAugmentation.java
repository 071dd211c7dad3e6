package io.sichter.evaluate;

import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import java.util.Optional;

/**
 * Looking at a picture several times, each time a little differently, and taking what is said together.
 *
 * @param kind what the views are
 * @param augmented number of augmented views beside the centre view; for crops those beside the centre
 * @param beta share of the centre view in the mean, 0 to 1
 * @param maximum whether the highest probability of each class counts instead of the mean; rows are scaled to sum to 1
 *     afterwards, which fastai leaves out and which changes no prediction
 */
public record TestTimeAugmentation(Kind kind, int augmented, double beta, boolean maximum) {
    /** Share of the centre view in fastai's {@code Learner.tta}. */
    public static final double BETA = 0.25;

    /** Views at most: more only cost time. */
    public static final int MOST = 64;

    /** What the views are. */
    public enum Kind {
        /** The picture as validation sees it, alone. */
        NONE,
        /** As fastai's {@code Learner.tta}: some views made by the training transforms, and that of validation. */
        AUGMENTED,
        /** As torchvision's {@code FiveCrop}: four corners and the centre, all alike. */
        FIVE,
        /** As torchvision's {@code TenCrop}: those of the picture and of its mirror image. */
        TEN
    }

    /** Looks once. */
    public static TestTimeAugmentation none() {
        return new TestTimeAugmentation(Kind.NONE, 0, 1, false);
    }

    /** So many augmented views and the centre view: {@code beta * centre + (1 - beta) * mean(augmented)}. */
    public static TestTimeAugmentation augmented(int views, double beta) {
        return new TestTimeAugmentation(Kind.AUGMENTED, views, beta, false);
    }

    /** Four corners and the centre. */
    public static TestTimeAugmentation fiveCrops() {
        return new TestTimeAugmentation(Kind.FIVE, 4, 1 / 5.0, false);
    }

    /** Those of the picture and of its mirror image. */
    public static TestTimeAugmentation tenCrops() {
        return new TestTimeAugmentation(Kind.TEN, 9, 1 / 10.0, false);
    }

    /** The same, the highest probability of each class counting. */
    public TestTimeAugmentation withMaximum() {
        return new TestTimeAugmentation(kind, augmented, beta, true);
    }

    /**
     * Reads what a person asks for.
     *
     * @param views a number of augmented views, {@code five} or {@code ten}
     * @param beta share of the centre view, if it was named
     * @param maximum whether the highest probability counts
     * @throws UsageException if this is none of them, or beta is named where it has no meaning
     */
    public static TestTimeAugmentation parse(String views, Optional<Double> beta, boolean maximum) {
        boolean crops = views.equals("five") || views.equals("ten");
        if (beta.isPresent() && (crops || maximum)) {
            throw new UsageException(Problem.of("evaluate.tta.beta_idle", views));
        }
        if (beta.isPresent() && !(beta.get() >= 0 && beta.get() <= 1)) {
            throw new UsageException(Problem.of("evaluate.tta.beta", beta.get()));
        }
        TestTimeAugmentation mean = views.equals("five")
                ? fiveCrops()
                : views.equals("ten") ? tenCrops() : augmented(count(views), beta.orElse(BETA));
        return maximum ? mean.withMaximum() : mean;
    }

    private static int count(String views) {
        try {
            int count = Integer.parseInt(views);
            if (count >= 1 && count <= MOST) {
                return count;
            }
        } catch (NumberFormatException e) {
            // told below, like a number out of range
        }
        throw new UsageException(Problem.of("evaluate.tta.views", views, MOST));
    }

    /** Views in all. */
    public int views() {
        return 1 + augmented;
    }
}
