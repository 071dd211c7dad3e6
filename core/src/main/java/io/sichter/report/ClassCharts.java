package io.sichter.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sichter.config.ConfigReader;
import io.sichter.run.BalanceFile;
import io.sichter.run.RunDirectory;
import io.sichter.text.Text;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Makes the chart of the classes of a run: pictures of each, their weights, and what the first batch had of them. */
record ClassCharts(Locale language) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String FIRST_BATCH = "\"event\":\"first_batch\"";

    ClassChart of(RunDirectory run) throws IOException {
        List<BalanceFile.Row> rows = BalanceFile.read(run).rows();
        List<String> classes = rows.stream().map(BalanceFile.Row::name).toList();
        List<ClassChart.Panel> panels = new ArrayList<>();
        List<Double> pictures =
                rows.stream().map(row -> (double) row.pictures()).toList();
        panels.add(new ClassChart.Panel(say("report.classes.pictures"), pictures, Theme.TRAINING, ClassCharts::whole));
        if (rows.stream().allMatch(row -> row.weight().isPresent())) {
            List<Double> weights =
                    rows.stream().map(row -> row.weight().orElseThrow()).toList();
            panels.add(new ClassChart.Panel(
                    say("report.classes.weight"),
                    weights,
                    Theme.VALIDATION,
                    value -> String.format(language, "%.3f", value)));
        }
        firstBatch(run, classes)
                .ifPresent(counts -> panels.add(new ClassChart.Panel(
                        say("report.classes.first_batch"), counts, Theme.TRAINING, ClassCharts::whole)));
        String mode = ConfigReader.read(run.config()).balance().mode();
        return new ClassChart(say("report.classes"), say("report.classes.subtitle", mode), classes, panels);
    }

    /** Pictures of each class in the first batch, from the events; nothing before the first step. */
    private static Optional<List<Double>> firstBatch(RunDirectory run, List<String> classes) throws IOException {
        if (!Files.isRegularFile(run.events())) {
            return Optional.empty();
        }
        try (BufferedReader events = Files.newBufferedReader(run.events(), StandardCharsets.UTF_8)) {
            for (String line = events.readLine(); line != null; line = events.readLine()) {
                if (line.contains(FIRST_BATCH)) {
                    JsonNode counts = JSON.readTree(line).path("classes");
                    return Optional.of(classes.stream()
                            .map(name -> counts.path(name).asDouble())
                            .toList());
                }
            }
        }
        return Optional.empty();
    }

    private static String whole(double value) {
        return String.format(Locale.ROOT, "%.0f", value);
    }

    private String say(String key, Object... arguments) {
        return Text.of(key, arguments).in(language);
    }
}
