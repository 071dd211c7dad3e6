package io.sichter.cli;

import io.sichter.search.ReproductionResult;
import io.sichter.search.ReproductionResult.Condition;
import io.sichter.search.ReproductionResult.Difference;
import io.sichter.search.ReproductionResult.WeightFile;
import io.sichter.text.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a repetition prints: a few sentences, or one JSON object. */
final class ReproOutput {
    private ReproOutput() {}

    /** What is said of a repetition that is equal. */
    static Text text(ReproductionResult result) {
        List<Text> lines = new ArrayList<>();
        lines.add(Text.of(
                "cli.repro.equal",
                result.run(),
                result.epochs(),
                result.weights().size(),
                String.format(Locale.ROOT, "%.1f", result.seconds())));
        if (result.weights().isEmpty()) {
            lines.add(Text.of("cli.repro.no_weights"));
        }
        if (!result.otherConditions().isEmpty()) {
            List<Text> others = result.otherConditions().stream()
                    .map(c -> Text.of("search.repro.condition", c.name(), c.recorded(), c.now()))
                    .toList();
            lines.add(Text.of("cli.repro.conditions", Text.joined("; ", others)));
        }
        if (!result.deleted()) {
            lines.add(Text.of("cli.repro.kept", result.repetition()));
        }
        return Text.joined("\n", lines);
    }

    static Map<String, Object> json(ReproductionResult result, Locale language) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("run", result.run().toString());
        json.put("equal", result.equal());
        json.put("epochs", result.epochs());
        json.put(
                "first_difference",
                result.difference().map(d -> json(d, language)).orElse(null));
        json.put(
                "conditions",
                result.conditions().stream().map(ReproOutput::json).toList());
        json.put("weights", result.weights().stream().map(ReproOutput::json).toList());
        json.put("repetition", result.deleted() ? null : result.repetition().toString());
        json.put("seconds", Json.number(result.seconds()));
        return json;
    }

    private static Map<String, Object> json(Difference difference, Locale language) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", difference.kind().name().toLowerCase(Locale.ROOT));
        json.put("epoch", difference.epoch());
        json.put("what", difference.what());
        json.put("recorded", difference.recorded());
        json.put("repeated", difference.repeated());
        json.put("text", difference.text().in(language));
        return json;
    }

    private static Map<String, Object> json(Condition condition) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", condition.name());
        json.put("recorded", condition.recorded());
        json.put("now", condition.now());
        json.put("equal", condition.equal());
        return json;
    }

    private static Map<String, Object> json(WeightFile file) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("file", file.name());
        json.put("recorded", file.recorded());
        json.put("repeated", file.repeated());
        json.put("equal", file.equal());
        return json;
    }
}
