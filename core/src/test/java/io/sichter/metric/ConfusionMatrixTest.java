package io.sichter.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ConfusionMatrixTest {
    /** scikit-learn: y_true = [0,0,0,0,1,1,2,2,2,2], y_pred = [0,0,1,2,1,1,2,2,0,2]. */
    private static final int[][] PAIRS = {{0, 0}, {0, 0}, {0, 1}, {0, 2}, {1, 1}, {1, 1}, {2, 2}, {2, 2}, {2, 0}, {2, 2}
    };

    @Test
    void figuresAreThoseOfScikitLearn() {
        ConfusionMatrix matrix = matrix(3);
        assertThat(matrix.accuracy()).isCloseTo(0.7, within(1e-12));
        assertThat(matrix.f1(0).getAsDouble()).isCloseTo(0.5714285714285714, within(1e-12));
        assertThat(matrix.f1(1).getAsDouble()).isCloseTo(0.8, within(1e-12));
        assertThat(matrix.f1(2).getAsDouble()).isCloseTo(0.75, within(1e-12));
        assertThat(matrix.f1Macro()).isCloseTo(0.7071428571428571, within(1e-12));
        assertThat(matrix.precision(0).getAsDouble()).isCloseTo(2 / 3.0, within(1e-12));
        assertThat(matrix.recall(0).getAsDouble()).isCloseTo(0.5, within(1e-12));
    }

    @Test
    void macroF1IsNotAccuracy() {
        assertThat(matrix(3).f1Macro()).isNotEqualTo(matrix(3).accuracy());
    }

    @Test
    void anAbsentClassIsNotAvailableRatherThanZero() {
        ConfusionMatrix matrix = matrix(4);
        assertThat(matrix.f1(3)).isEmpty();
        assertThat(matrix.recall(3)).isEmpty();
        assertThat(matrix.precision(3)).isEmpty();
        assertThat(matrix.f1Macro()).isCloseTo(matrix(3).f1Macro(), within(1e-12));
    }

    @Test
    void withoutSamplesNothingIsAvailable() {
        assertThat(new ConfusionMatrix(2).accuracy()).isNaN();
        assertThat(new ConfusionMatrix(2).f1Macro()).isNaN();
    }

    @Test
    void countsGoOutAndComeBack() {
        ConfusionMatrix matrix = matrix(3);
        ConfusionMatrix copy = new ConfusionMatrix(3);
        copy.addAll(matrix.toArray());
        assertThat(copy.toArray()).isDeepEqualTo(matrix.toArray());
        copy.clear();
        assertThat(copy.total()).isZero();
    }

    private static ConfusionMatrix matrix(int classes) {
        ConfusionMatrix matrix = new ConfusionMatrix(classes);
        for (int[] pair : PAIRS) {
            matrix.add(pair[0], pair[1]);
        }
        return matrix;
    }
}
