package io.sichter.evaluate;

/**
 * Takes the views of a picture together: {@code beta * centre + (1 - beta) * mean(augmented)}, or the highest probability
 * of each class, as fastai's {@code Learner.tta} does; five and ten crops are a mean in which the centre counts as one of
 * them.
 */
record Blend(TestTimeAugmentation tta) {
    /**
     * Adds what one view says of a picture to what was said before.
     *
     * @param soFar blend of the views before, changed
     * @param view number of the view, 0 for the centre
     * @param probabilities what it says
     */
    void add(double[] soFar, int view, double[] probabilities) {
        double share = view == 0 ? share() : (1 - tta.beta()) / tta.augmented();
        for (int k = 0; k < soFar.length; k++) {
            soFar[k] = tta.maximum() ? Math.max(soFar[k], probabilities[k]) : soFar[k] + share * probabilities[k];
        }
    }

    private double share() {
        return tta.augmented() == 0 ? 1 : tta.beta();
    }

    /** Scales the blend of all views to sum to 1, which only maxima do not. */
    void finish(double[] blend) {
        if (tta.maximum()) {
            double sum = 0;
            for (double p : blend) {
                sum += p;
            }
            for (int k = 0; k < blend.length; k++) {
                blend[k] = blend[k] / sum;
            }
        }
    }
}
