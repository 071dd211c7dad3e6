package io.sichter.evaluate;

import java.util.List;

/**
 * What the classifier thinks of one picture.
 *
 * @param top all classes, the most probable first
 */
public record Prediction(List<ClassProbability> top) {
    /** Copies the list. */
    public Prediction {
        top = List.copyOf(top);
    }

    /**
     * One class and its probability.
     *
     * @param name of the class
     * @param probability after softmax, 0 to 1
     */
    public record ClassProbability(String name, double probability) {}

    /** Name of the most probable class. */
    public String label() {
        return top.get(0).name();
    }

    /** Probability of the most probable class. */
    public double probability() {
        return top.get(0).probability();
    }
}
