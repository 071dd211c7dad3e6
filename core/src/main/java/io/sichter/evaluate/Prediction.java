package io.sichter.evaluate;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

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

    /** All classes sorted by what the network says of them. */
    static Prediction of(List<String> names, double[] probabilities) {
        return new Prediction(IntStream.range(0, probabilities.length)
                .mapToObj(k -> new ClassProbability(names.get(k), probabilities[k]))
                .sorted(Comparator.comparingDouble(ClassProbability::probability)
                        .reversed())
                .toList());
    }

    /** Name of the most probable class. */
    public String label() {
        return top.get(0).name();
    }

    /** Probability of the most probable class. */
    public double probability() {
        return top.get(0).probability();
    }
}
