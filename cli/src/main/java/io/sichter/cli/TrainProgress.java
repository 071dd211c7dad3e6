package io.sichter.cli;

import io.sichter.event.TrainEvent;
import io.sichter.event.TrainListener;
import io.sichter.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Shows a run while it trains: a bar for each epoch on a terminal, one plain line for each elsewhere. */
final class TrainProgress implements TrainListener {
    private static final long REDRAW_NANOS = 100_000_000;

    private final Terminal terminal;
    private final boolean verbose;
    private final LongSupplier clock;
    private final List<EpochTable.Row> rows = new ArrayList<>();

    private @Nullable CountProgress scan;
    private TrainEvent.@Nullable StepDone step;
    private int epochs;
    private int stepsBefore;
    private long epochStart;
    private long stepsEnd;
    private long drawn;

    /** Makes one. The clock gives nanoseconds. */
    TrainProgress(Terminal terminal, boolean verbose, LongSupplier clock) {
        this.terminal = terminal;
        this.verbose = verbose;
        this.clock = clock;
    }

    /** The epochs that are done, in order. */
    List<EpochTable.Row> rows() {
        return List.copyOf(rows);
    }

    @Override
    public void on(TrainEvent event) {
        if (event instanceof TrainEvent.StepDone done) {
            onStep(done);
        } else if (event instanceof TrainEvent.ValidationBatchDone validation) {
            draw(", Val: " + validation.batch() + "/" + validation.batches(), false);
        } else if (event instanceof TrainEvent.ScanProgress progress) {
            onScan(progress);
        } else if (event instanceof TrainEvent.EpochStarted started) {
            onEpoch(started);
        } else if (event instanceof TrainEvent.EpochDone done) {
            onEpochDone(done);
        } else {
            onOther(event);
        }
    }

    private void onOther(TrainEvent event) {
        if (event instanceof TrainEvent.RunStarted run) {
            terminal.message(Text.of(
                    run.step() > 0 ? "cli.train.continued" : "cli.train.begun",
                    run.run(),
                    run.model(),
                    run.device(),
                    run.precision(),
                    run.epochs(),
                    run.stepsPerEpoch(),
                    run.step()));
        } else if (event instanceof TrainEvent.SampleSkipped skipped) {
            terminal.message(Text.of("cli.train.left_out", skipped.sample(), skipped.reason()));
        } else if (event instanceof TrainEvent.Advice advice) {
            terminal.message(Text.of("cli.note", advice.text()));
        } else if (event instanceof TrainEvent.CheckpointSaved saved && verbose) {
            String seconds = String.format(Locale.ROOT, "%.2f", saved.seconds());
            terminal.message(Text.of("cli.train.saved", saved.name(), seconds));
        } else if (event instanceof TrainEvent.RunEnded) {
            terminal.closeLine();
        }
    }

    private void onScan(TrainEvent.ScanProgress progress) {
        if (scan == null) {
            scan = new CountProgress(terminal, Text.of("cli.train.scan"), clock);
        }
        scan.update(progress.done(), progress.total());
    }

    private void onEpoch(TrainEvent.EpochStarted started) {
        epochs = started.epochs();
        step = null;
        stepsBefore = -1;
        epochStart = clock.getAsLong();
        stepsEnd = epochStart;
        drawn = epochStart - REDRAW_NANOS;
    }

    private void onStep(TrainEvent.StepDone done) {
        if (stepsBefore < 0) {
            stepsBefore = done.stepInEpoch() - 1; // a run resumed in the middle of an epoch has done these before
        }
        step = done;
        stepsEnd = clock.getAsLong();
        draw("", done.stepInEpoch() == done.stepsPerEpoch());
    }

    private void onEpochDone(TrainEvent.EpochDone done) {
        Map<String, Double> metrics = done.metrics();
        String suffix = String.format(
                Locale.ROOT,
                ", Val_Loss: %.3f, Val_Acc: %.3f",
                metrics.getOrDefault("val_loss", Double.NaN),
                metrics.getOrDefault("val_accuracy", Double.NaN));
        TrainEvent.StepDone last = step;
        if (terminal.interactive()) {
            draw(suffix, true);
            terminal.closeLine();
        } else if (last != null) {
            terminal.message(ProgressLine.plain(
                    labels(last).get(0), last.stepsPerEpoch() - stepsBefore, (stepsEnd - epochStart) * 1e-9, suffix));
        }
        rows.add(new EpochTable.Row(
                done.epoch(),
                metrics,
                last == null ? Double.NaN : last.lr(),
                done.trainSeconds() + done.validationSeconds(),
                done.best()));
    }

    private void draw(String suffix, boolean now) {
        long time = clock.getAsLong();
        TrainEvent.StepDone last = step;
        if (last == null || !terminal.interactive() || (!now && time - drawn < REDRAW_NANOS)) {
            return;
        }
        drawn = time;
        terminal.draw(ProgressLine.format(
                labels(last),
                last.stepInEpoch() - stepsBefore,
                last.stepsPerEpoch() - stepsBefore,
                (stepsEnd - epochStart) * 1e-9,
                suffix,
                terminal.columns() - 1,
                terminal.unicode()));
    }

    private List<String> labels(TrainEvent.StepDone s) {
        String epoch = "[" + s.epoch() + "/" + epochs + "]";
        return List.of(
                String.format(
                        Locale.ROOT,
                        "Epoch %s, Loss: %.3f, Acc: %.3f, F1-Score: %.3f",
                        epoch,
                        s.loss(),
                        s.accuracy(),
                        s.f1Macro()),
                String.format(Locale.ROOT, "Epoch %s, Loss: %.3f, Acc: %.3f", epoch, s.loss(), s.accuracy()),
                String.format(Locale.ROOT, "%s Loss: %.3f", epoch, s.loss()),
                epoch);
    }
}
