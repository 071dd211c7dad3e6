package io.sichter.train;

/** Told what a network says of one picture after the other. */
@FunctionalInterface
public interface PredictionListener {
    /**
     * Called for each picture that could be read.
     *
     * @param picture its id
     * @param truth index of its class
     * @param prediction index of the class with the highest score
     * @param probabilities of all classes after softmax, 0 to 1; may be kept
     */
    void on(String picture, int truth, int prediction, float[] probabilities);
}
