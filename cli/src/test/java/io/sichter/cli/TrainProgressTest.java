package io.sichter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sichter.event.TrainEvent;
import io.sichter.text.Text;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainProgressTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private long now;

    private Terminal terminal(boolean interactive) {
        return new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                interactive,
                false,
                StandardCharsets.UTF_8,
                140);
    }

    private TrainProgress train(boolean interactive) {
        TrainProgress progress = new TrainProgress(terminal(interactive), false, () -> now);
        progress.on(new TrainEvent.ScanProgress(1, 2));
        progress.on(new TrainEvent.ScanProgress(2, 2));
        progress.on(new TrainEvent.RunStarted(Path.of("runs", "x"), "resnet18", 2, 2, 0, "cpu", "bf16"));
        for (int epoch = 1; epoch <= 2; epoch++) {
            progress.on(new TrainEvent.EpochStarted(epoch, 2, 2));
            for (int step = 1; step <= 2; step++) {
                now += 2_000_000_000L;
                progress.on(new TrainEvent.StepDone(epoch, step, 2, step, 1.0, 1.0 / epoch, 0.5, 0.25, 1e-3));
            }
            progress.on(new TrainEvent.Advice(Text.verbatim("try --workers 2")));
            progress.on(new TrainEvent.ValidationBatchDone(epoch, 1, 1));
            progress.on(new TrainEvent.EpochDone(
                    epoch,
                    2,
                    Map.of("train_loss", 1.0 / epoch, "val_loss", 0.75, "val_accuracy", 0.5, "val_f1_macro", 0.4),
                    epoch == 1,
                    4,
                    1,
                    0,
                    64));
        }
        progress.on(new TrainEvent.RunEnded("finished", 10));
        return progress;
    }

    @Test
    void withoutATerminalThereIsOnePlainLineForEachEpoch() {
        train(false);

        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "Looking at the pictures: 2/2 [00:00, ?it/s]",
                        "Run " + Path.of("runs", "x") + ": resnet18 on cpu, bf16, 2 epochs of 2 steps",
                        "Note: try --workers 2",
                        "Epoch [1/2], Loss: 1.000, Acc: 0.500, F1-Score: 0.250: 2/2 [00:04,  2.00s/it],"
                                + " Val_Loss: 0.750, Val_Acc: 0.500",
                        "Note: try --workers 2",
                        "Epoch [2/2], Loss: 0.500, Acc: 0.500, F1-Score: 0.250: 2/2 [00:04,  2.00s/it],"
                                + " Val_Loss: 0.750, Val_Acc: 0.500");
        assertThat(err.toString(StandardCharsets.UTF_8)).doesNotContain("\r").doesNotContain("\u001B");
        assertThat(out.size()).isZero();
    }

    @Test
    void onATerminalEachEpochLeavesItsFullLine() {
        train(true);

        String text = err.toString(StandardCharsets.UTF_8);
        assertThat(text)
                .contains("Epoch [1/2], Loss: 1.000, Acc: 0.500, F1-Score: 0.250: 100%|██████████| 2/2"
                        + " [00:04<00:00,  2.00s/it], Val_Loss: 0.750, Val_Acc: 0.500\u001B[K" + System.lineSeparator())
                .contains("\r\u001B[KNote: try --workers 2");
    }

    @Test
    void theTableMarksTheBestEpoch() {
        String table = EpochTable.format(train(false).rows(), 100, Locale.ENGLISH);

        assertThat(table.lines().toList().get(0))
                .isEqualTo("  epoch  train_loss  val_loss  val_accuracy  val_f1_macro        lr      time");
        assertThat(table.lines().toList().get(1))
                .isEqualTo("*     1      1.0000    0.7500        0.5000        0.4000  1.00e-03     00:05");
        assertThat(table.lines().toList().get(2)).startsWith("      2      0.5000");
        assertThat(EpochTable.format(train(false).rows(), 60, Locale.ENGLISH).lines())
                .allMatch(line -> line.length() < 60);
    }

    @Test
    void aResumedEpochCountsOnlyItsOwnStepsAndNamesThatCannotMoveTheCursor() {
        TrainProgress progress = new TrainProgress(terminal(false), false, () -> now);
        progress.on(new TrainEvent.EpochStarted(3, 4, 10));
        now += 1_000_000_000L;
        progress.on(new TrainEvent.StepDone(3, 10, 10, 30, 0.5, 0.5, 0.5, 0.5, 1e-3));
        progress.on(new TrainEvent.SampleSkipped(3, "a\u001B[2Jb\u202E.jpg", Text.verbatim("truncated")));
        progress.on(new TrainEvent.EpochDone(3, 4, Map.of("val_loss", 1.0), true, 1, 1, 0, 1));

        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("Left out: a?[2Jb?.jpg: truncated")
                .contains("1/1 [00:01,  1.00it/s]", "Val_Acc: NaN");
    }
}
