package io.sichter.evaluate;

import io.sichter.metric.ConfusionMatrix;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How good a classifier is on a set of labelled pictures.
 *
 * @param split which pictures: {@code val}, {@code test}, {@code train} or {@code all}
 * @param samples number of pictures judged
 * @param accuracy share predicted right
 * @param f1Macro mean F1 over the classes that have pictures
 * @param loss mean cross-entropy over pictures
 * @param classes results of each class, in the order of the outputs
 * @param unreadable pictures that could not be judged
 * @param predictions the file with what was said of each picture; empty for a bundle, which is no place for it
 * @param findings all other figures with their intervals, the most frequent mistakes, the worst classes
 */
public record EvaluationResult(
        String split,
        int samples,
        double accuracy,
        double f1Macro,
        double loss,
        List<ClassResult> classes,
        List<UnreadableFile> unreadable,
        Optional<Path> predictions,
        Findings findings) {
    /** Copies the lists. */
    public EvaluationResult {
        classes = List.copyOf(classes);
        unreadable = List.copyOf(unreadable);
    }

    /**
     * Result of one class; a figure is empty where it is not available, which is not zero.
     *
     * @param name of the class
     * @param samples pictures of the class
     * @param precision share of the pictures taken for the class that are of it; empty if none was taken for it
     * @param recall share of the pictures of the class that were recognised; empty if there are none
     * @param f1 harmonic mean of both; empty if the class has no pictures
     */
    public record ClassResult(
            String name, long samples, OptionalDouble precision, OptionalDouble recall, OptionalDouble f1) {}

    static List<ClassResult> classResults(ConfusionMatrix confusion, List<String> names) {
        List<ClassResult> results = new ArrayList<>();
        for (int k = 0; k < names.size(); k++) {
            results.add(new ClassResult(
                    names.get(k), confusion.support(k), confusion.precision(k), confusion.recall(k), confusion.f1(k)));
        }
        return results;
    }
}
