package io.sichter.cli;

import io.sichter.error.Problem;
import io.sichter.evaluate.EvaluationResult;
import io.sichter.evaluate.EvaluationResult.ClassResult;
import io.sichter.evaluate.UnreadableFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** What an evaluation prints: a table of the classes, or one JSON object. */
final class EvaluateOutput {
    private static final int SHOWN = 20;

    private EvaluateOutput() {}

    static String text(EvaluationResult result) {
        int width = Math.max(
                5,
                result.classes().stream().mapToInt(c -> c.name().length()).max().orElse(0));
        StringBuilder text = new StringBuilder(String.format(
                "%-" + width + "s  %8s  %9s  %7s  %7s%n", "class", "samples", "precision", "recall", "f1"));
        for (ClassResult c : result.classes()) {
            text.append(String.format(
                    "%-" + width + "s  %8d  %9s  %7s  %7s%n",
                    c.name(),
                    c.samples(),
                    share(c.precision()),
                    share(c.recall()),
                    share(c.f1())));
        }
        return text.append(String.format(
                        Locale.ROOT,
                        "%nsplit %s: %d samples, accuracy %.4f, f1_macro %.4f, loss %.4f",
                        result.split(),
                        result.samples(),
                        result.accuracy(),
                        result.f1Macro(),
                        result.loss()))
                .toString();
    }

    static Map<String, Object> json(EvaluationResult result) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("split", result.split());
        json.put("samples", result.samples());
        json.put("accuracy", Json.number(result.accuracy()));
        json.put("f1_macro", Json.number(result.f1Macro()));
        json.put("loss", Json.number(result.loss()));
        json.put("classes", result.classes().stream().map(EvaluateOutput::json).toList());
        json.put(
                "unreadable",
                result.unreadable().stream().map(EvaluateOutput::json).toList());
        return json;
    }

    private static Map<String, Object> json(ClassResult c) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("class", c.name());
        json.put("samples", c.samples());
        json.put("precision", Json.number(c.precision().orElse(Double.NaN)));
        json.put("recall", Json.number(c.recall().orElse(Double.NaN)));
        json.put("f1", Json.number(c.f1().orElse(Double.NaN)));
        return json;
    }

    private static Map<String, Object> json(UnreadableFile file) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("file", file.file());
        json.put("error", file.reason());
        return json;
    }

    /** What to say about files that were left out. */
    static Problem unreadable(EvaluationResult result) {
        List<UnreadableFile> files = result.unreadable();
        String more = files.size() > SHOWN ? "\nand " + (files.size() - SHOWN) + " more" : "";
        return Problem.english(
                files.size() + (files.size() == 1 ? " picture" : " pictures") + " could not be read and were left out",
                files.stream()
                                .limit(SHOWN)
                                .map(f -> "\n" + f.file() + ": " + f.reason())
                                .collect(Collectors.joining())
                        + more,
                "readable pictures",
                "Repair or remove them; the figures above are of the others");
    }

    private static String share(OptionalDouble value) {
        return value.isPresent() ? String.format(Locale.ROOT, "%.4f", value.getAsDouble()) : "n/a";
    }
}
