package io.sichter.evaluate;

import java.util.List;

/**
 * How to evaluate.
 *
 * @param split {@code auto} (the validation split of the run's own pictures; of another folder the test split, else
 *     validation, else all), {@code val}, {@code test}, {@code train} or {@code all}
 * @param slices properties by which the figures are broken down: {@value PictureTraits#SIZE}, {@value
 *     PictureTraits#BRIGHTNESS}, {@value PictureTraits#SHARPNESS}, or a column of the table of pictures
 * @param tta how often to look at each picture
 * @param gates bounds that figures must keep
 */
public record EvaluationOptions(String split, List<String> slices, TestTimeAugmentation tta, List<QualityGate> gates) {
    /** Copies the lists. */
    public EvaluationOptions {
        slices = List.copyOf(slices);
        gates = List.copyOf(gates);
    }

    /** The split that suits the data, in one piece. */
    public static EvaluationOptions defaults() {
        return new EvaluationOptions("auto", List.of(), TestTimeAugmentation.none(), List.of());
    }

    /** The same for another split. */
    public EvaluationOptions split(String name) {
        return new EvaluationOptions(name, slices, tta, gates);
    }

    /** The same, broken down by these properties. */
    public EvaluationOptions slices(List<String> properties) {
        return new EvaluationOptions(split, properties, tta, gates);
    }

    /** The same, looking at each picture so often. */
    public EvaluationOptions tta(TestTimeAugmentation views) {
        return new EvaluationOptions(split, slices, views, gates);
    }

    /** The same with these bounds; what became of them is in {@link Findings#gates}. */
    public EvaluationOptions gates(List<QualityGate> bounds) {
        return new EvaluationOptions(split, slices, tta, bounds);
    }
}
