package io.sichter.cli;

import io.sichter.evaluate.Prediction;
import io.sichter.evaluate.Prediction.ClassProbability;
import io.sichter.text.Text;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What is said about one file: its most probable classes, or why it could not be read.
 *
 * @param file as it was named
 * @param top most probable first; empty with an error
 */
record PredictedFile(String file, List<ClassProbability> top, Optional<Text> error) {
    static PredictedFile of(Path file, Prediction prediction, int top) {
        List<ClassProbability> all = prediction.top();
        return new PredictedFile(file.toString(), all.subList(0, Math.min(top, all.size())), Optional.empty());
    }

    static PredictedFile failed(Path file, Text reason) {
        return new PredictedFile(file.toString(), List.of(), Optional.of(reason));
    }

    static String text(List<PredictedFile> predictions, Locale language) {
        return predictions.stream().map(p -> p.line(language)).collect(Collectors.joining("\n"));
    }

    static String json(List<PredictedFile> predictions, Locale language) {
        return Json.write(Map.of(
                "predictions", predictions.stream().map(p -> p.toMap(language)).toList()));
    }

    private String line(Locale language) {
        return file + ": "
                + error.map(reason -> Text.of("cli.predict.not_read", reason).in(language))
                        .orElseGet(() -> top.stream()
                                .map(c -> String.format(Locale.ROOT, "%s %.1f %%", c.name(), 100 * c.probability()))
                                .collect(Collectors.joining(", ")));
    }

    private Map<String, Object> toMap(Locale language) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("file", file);
        if (error.isPresent()) {
            json.put("error", error.get().in(language));
        } else {
            json.put(
                    "top",
                    top.stream()
                            .map(c -> {
                                Map<String, Object> entry = new LinkedHashMap<>();
                                entry.put("class", c.name());
                                entry.put("probability", Json.number(c.probability()));
                                return entry;
                            })
                            .toList());
        }
        return json;
    }
}
