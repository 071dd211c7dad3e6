package io.sichter.cli;

import io.sichter.config.RunConfig;
import io.sichter.text.Text;
import io.sichter.train.DryRun;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What {@code train --dry-run} prints: what the training would take, and how that was found. */
final class DryRunOutput {
    private static final double MIB = 1 << 20;

    private DryRunOutput() {}

    static void print(RunConfig config, Terminal terminal, boolean verbose, boolean json) {
        TrainProgress progress = new TrainProgress(terminal, verbose, System::nanoTime);
        try (StopOnSignal signals = new StopOnSignal(terminal)) {
            DryRun.Result result = DryRun.of(config, signals.stop(), progress);
            terminal.result(
                    json
                            ? Json.write(json(result))
                            : Wrap.words(text(result).in(terminal.language()), terminal.resultColumns()));
        }
    }

    private static Text text(DryRun.Result result) {
        List<Text> lines = new ArrayList<>();
        lines.add(Text.of(
                "cli.dry_run.takes",
                format("%.1f", result.seconds() / 60),
                format("%.0f", result.peakRssMb()),
                format("%.0f", result.diskBytes() / MIB)));
        for (DryRun.Stage stage : result.stages()) {
            lines.add(Text.of(
                    "cli.dry_run.stage",
                    stage.epochs(),
                    stage.steps(),
                    stage.size(),
                    format("%.0f", 1000 * stage.stepSeconds())));
        }
        lines.add(Text.of(
                "cli.dry_run.rest",
                result.validationBatches(),
                format("%.0f", 1000 * result.batchSeconds()),
                result.checkpoints(),
                format("%.1f", result.checkpointBytes() / MIB),
                format("%.2f", result.checkpointSeconds())));
        lines.add(Text.of("cli.dry_run.nothing_kept"));
        return Text.joined("\n", lines);
    }

    private static String format(String pattern, double value) {
        return String.format(Locale.ROOT, pattern, value);
    }

    private static Map<String, Object> json(DryRun.Result result) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("seconds", Json.number(result.seconds()));
        json.put("peak_rss_mb", Json.number(result.peakRssMb()));
        json.put("disk_bytes", result.diskBytes());
        json.put(
                "stages",
                result.stages().stream()
                        .map(stage -> {
                            Map<String, Object> entry = new LinkedHashMap<>();
                            entry.put("epochs", stage.epochs());
                            entry.put("image_size", stage.size());
                            entry.put("steps", stage.steps());
                            entry.put("step_seconds", Json.number(stage.stepSeconds()));
                            return entry;
                        })
                        .toList());
        json.put("validation_batches", result.validationBatches());
        json.put("validation_batch_seconds", Json.number(result.batchSeconds()));
        json.put("checkpoint_bytes", result.checkpointBytes());
        json.put("checkpoint_seconds", Json.number(result.checkpointSeconds()));
        return json;
    }
}
