package io.sichter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sichter.evaluate.EvaluationResult;
import io.sichter.evaluate.EvaluationResult.ClassResult;
import io.sichter.evaluate.Findings;
import io.sichter.metric.Figures;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A table of many classes is not read; the worst of them are. */
class EvaluateOutputTest {
    private static final Terminal TERMINAL = new Terminal(
            new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
            new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
            false,
            false,
            StandardCharsets.UTF_8,
            100);

    /** Class k has a recall of k percent. */
    private static EvaluationResult result(int classes) {
        List<ClassResult> results = IntStream.range(0, classes)
                .mapToObj(k -> new ClassResult(
                        "class" + k, 10, OptionalDouble.of(0.5), OptionalDouble.of(k / 100.0), OptionalDouble.of(0.5)))
                .toList();
        Findings nothing =
                new Findings(new Figures(List.of(), 0), List.of(), List.of(), List.of(), Optional.empty(), List.of());
        return new EvaluationResult("val", 10 * classes, 0.5, 0.5, 1, results, List.of(), Optional.empty(), nothing);
    }

    @Test
    void fewClassesAreAllShownInTheirOrder() {
        assertThat(EvaluateOutput.text(result(40), TERMINAL))
                .contains("class0 ", "class39 ")
                .doesNotContain("lowest recall");
    }

    @Test
    void ofManyTheWorstAreShownAndHowToSeeTheOthers() {
        EvaluationResult result = result(60);
        String text = EvaluateOutput.text(result, TERMINAL);
        assertThat(text).contains("class0 ", "class19 ", "The 20 classes of 60 with the lowest recall", "--json");
        assertThat(text).doesNotContain("class20 ").doesNotContain("class59 ");
        assertThat((List<?>) EvaluateOutput.json(result, Locale.ENGLISH).get("classes"))
                .hasSize(60);
    }
}
