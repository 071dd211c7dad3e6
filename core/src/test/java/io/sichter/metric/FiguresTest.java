package io.sichter.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.sichter.GoldenFile;
import io.sichter.metric.Figures.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class FiguresTest {
    private static float[] floats(JsonNode row) {
        float[] floats = new float[row.size()];
        for (int k = 0; k < floats.length; k++) {
            floats[k] = (float) row.get(k).asDouble();
        }
        return floats;
    }

    private static int argmax(float[] row) {
        int best = 0;
        for (int k = 1; k < row.length; k++) {
            best = row[k] > row[best] ? k : best;
        }
        return best;
    }

    private static ProbabilityTable table(JsonNode golden) {
        ProbabilityTable table =
                new ProbabilityTable(golden.get("probabilities").get(0).size());
        for (int i = 0; i < golden.get("truth").size(); i++) {
            float[] row = floats(golden.get("probabilities").get(i));
            table.add(golden.get("truth").get(i).asInt(), argmax(row), row);
        }
        return table;
    }

    private static void check(Figures found, JsonNode expected, String about) {
        assertThat(found.all()).hasSize(expected.size());
        for (Figure figure : found.all()) {
            JsonNode value = expected.get(figure.name());
            assertThat(value).as(figure.name()).isNotNull();
            if (value.isNull()) {
                assertThat(figure.value()).as("%s %s", about, figure.name()).isNaN();
            } else {
                assertThat(figure.value()).as("%s %s", about, figure.name()).isCloseTo(value.asDouble(), within(1e-9));
            }
        }
    }

    @Test
    void everyFigureIsThatOfScikitLearn() {
        JsonNode golden = GoldenFile.json("metrics/single_label");
        assertThat(golden).hasSize(51);
        int emptyClasses = 0;
        for (int i = 0; i < golden.size(); i++) {
            ProbabilityTable table = table(golden.get(i));
            ConfusionMatrix confusion = table.confusion();
            for (int k = 0; k < table.classes(); k++) {
                emptyClasses += confusion.support(k) == 0 ? 1 : 0;
            }
            check(Figures.of(table, 0), golden.get(i).get("figures"), "table " + i);
        }
        assertThat(emptyClasses).isGreaterThan(5);
    }

    @Test
    void everyFigureOfSeveralLabelsIsThatOfScikitLearn() {
        JsonNode golden = GoldenFile.json("metrics/multi_label");
        assertThat(golden).hasSize(20);
        for (int n = 0; n < golden.size(); n++) {
            JsonNode one = golden.get(n);
            LabelSets sets = new LabelSets(one.get("probabilities").get(0).size());
            for (int i = 0; i < one.get("truth").size(); i++) {
                List<Integer> labels = new ArrayList<>();
                for (int k = 0; k < sets.labels(); k++) {
                    if (one.get("truth").get(i).get(k).asInt() == 1) {
                        labels.add(k);
                    }
                }
                sets.add(labels, floats(one.get("probabilities").get(i)));
            }
            check(Figures.of(sets, 0), one.get("figures"), "sets " + n);
        }
    }

    /** A table whose samples are right with a known chance. */
    private static ProbabilityTable drawn(int samples, double chance, long seed) {
        Random random = new Random(seed);
        ProbabilityTable table = new ProbabilityTable(3);
        for (int i = 0; i < samples; i++) {
            int truth = random.nextInt(3);
            int guess = random.nextDouble() < chance ? truth : (truth + 1) % 3;
            float[] row = {0.2f, 0.2f, 0.2f};
            row[guess] = 0.6f;
            table.add(truth, guess, row);
        }
        return table;
    }

    @Test
    void intervalsHoldTheTruthAboutAsOftenAsTheySay() {
        int held = 0;
        double width = 0;
        for (int seed = 0; seed < 60; seed++) {
            Figure accuracy =
                    Figures.of(drawn(120, 0.8, seed), 7).find("accuracy").orElseThrow();
            held += accuracy.low() <= 0.8 && 0.8 <= accuracy.high() ? 1 : 0;
            width += (accuracy.high() - accuracy.low()) / 60;
        }
        assertThat(held).isBetween(52, 60);
        // the normal interval of a share: 2 * 1.96 * sqrt(p (1 - p) / n)
        assertThat(width).isCloseTo(2 * 1.96 * Math.sqrt(0.8 * 0.2 / 120), within(0.01));
    }

    @Test
    void theSameSeedGivesTheSameIntervalsAndAnotherSeedOthers() {
        ProbabilityTable table = drawn(200, 0.7, 1);
        Figures first = Figures.of(table, 5);
        assertThat(Figures.of(table, 5)).isEqualTo(first);
        assertThat(first.replicates()).isEqualTo(1000);
        assertThat(Figures.of(table, 6).all()).isNotEqualTo(first.all());
        for (Figure figure : first.all()) {
            assertThat(figure.low()).as(figure.name()).isLessThan(figure.high());
            assertThat(figure.value()).as(figure.name()).isBetween(figure.low() - 0.02, figure.high() + 0.02);
        }
    }

    @Test
    void manySamplesAreDrawnAgainLessOftenAndInBlocks() {
        Figures figures = Figures.of(drawn(400_000, 0.75, 3), 0);
        assertThat(figures.replicates()).isBetween(100, 999);
        Figure accuracy = figures.find("accuracy").orElseThrow();
        assertThat(accuracy.value()).isCloseTo(0.75, within(0.005));
        assertThat(accuracy.high() - accuracy.low()).isCloseTo(3.92 * Math.sqrt(0.1875 / 400_000), within(4e-4));
    }

    @Test
    void withoutSamplesNothingIsAvailable() {
        assertThat(Figures.of(new ProbabilityTable(3), 0).all()).allMatch(figure -> Double.isNaN(figure.value()));
        assertThatThrownBy(() -> new ProbabilityTable(3).add(0, 0, new float[2]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void areasAreThoseUnderTheCurves() {
        ProbabilityTable table = table(GoldenFile.json("metrics/single_label").get(2));
        for (int k = 0; k < table.classes(); k++) {
            Ranking ranking = table.ranking(k);
            Ranking.Curve roc = ranking.roc();
            double trapezoids = 0;
            for (int i = 1; i < roc.x().length; i++) {
                trapezoids += (roc.x()[i] - roc.x()[i - 1]) * (roc.y()[i] + roc.y()[i - 1]) / 2;
            }
            assertThat(trapezoids).isCloseTo(ranking.areas().roc(), within(1e-12));
            Ranking.Curve precision = ranking.precisionRecall();
            double steps = 0;
            for (int i = 1; i < precision.x().length; i++) {
                steps += (precision.x()[i] - precision.x()[i - 1]) * precision.y()[i];
            }
            assertThat(steps).isCloseTo(ranking.areas().precisionRecall(), within(1e-12));
        }
    }

    @Test
    void mistakesAreListedByNumber() {
        ConfusionMatrix matrix = new ConfusionMatrix(3);
        matrix.add(0, 1, 4);
        matrix.add(0, 0, 12);
        matrix.add(2, 1, 4);
        matrix.add(1, 2, 7);
        assertThat(matrix.mostConfused(2))
                .containsExactly(new ConfusionMatrix.Confusion(1, 2, 7, 1), new ConfusionMatrix.Confusion(2, 1, 4, 1));
        assertThat(matrix.mostConfused(9)).hasSize(3);
    }

    @Test
    void slicesAddUpToTheWhole() {
        ProbabilityTable table = drawn(300, 0.7, 4);
        List<String> sizes = new ArrayList<>();
        List<String> cameras = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            sizes.add(i % 100 == 0 ? "" : Integer.toString(100 + i));
            cameras.add(i % 3 == 0 ? "a" : "b" + i % 30);
        }
        List<Slices.Slice> bySize = Slices.of(table, "size", sizes);
        assertThat(bySize).hasSize(5);
        assertThat(bySize.get(0).value()).isEqualTo("101..175");
        assertThat(bySize.get(4))
                .extracting(Slices.Slice::value, Slices.Slice::samples)
                .containsExactly("", 3L);
        List<Slices.Slice> byCamera = Slices.of(table, "camera", cameras);
        assertThat(byCamera.get(0).value()).isEqualTo("a");
        assertThat(byCamera.get(byCamera.size() - 1).value()).isEqualTo("...");
        for (List<Slices.Slice> slices : List.of(bySize, byCamera)) {
            assertThat(slices.stream().mapToLong(Slices.Slice::samples).sum()).isEqualTo(300);
            double right =
                    slices.stream().mapToDouble(s -> s.accuracy() * s.samples()).sum();
            assertThat(right / 300).isCloseTo(table.confusion().accuracy(), within(1e-12));
            assertThat(slices).allMatch(s -> s.low() < s.accuracy() && (s.accuracy() < s.high() || s.accuracy() == 1));
        }
        Set<String> names =
                new TreeSet<>(byCamera.stream().map(Slices.Slice::value).toList());
        assertThat(names).hasSize(byCamera.size()).hasSize(21);
    }

    /** SciPy: binomtest(45, 60).proportion_ci(method="wilson"). */
    @Test
    void aSlicesIntervalIsWilsons() {
        ProbabilityTable table = new ProbabilityTable(2);
        for (int i = 0; i < 60; i++) {
            table.add(0, i < 45 ? 0 : 1, new float[] {0.5f, 0.5f});
        }
        Slices.Slice slice =
                Slices.of(table, "x", java.util.Collections.nCopies(60, "y")).get(0);
        assertThat(slice.low()).isCloseTo(0.6276792992, within(1e-9));
        assertThat(slice.high()).isCloseTo(0.8422347747, within(1e-9));
    }
}
