package io.sichter.cli;

import io.sichter.event.TrainEvent;
import io.sichter.text.Text;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is said before and in the first step of a run about what the network gets: brightness and classes. */
final class InputNotes {
    private final Terminal terminal;
    private final LongSupplier clock;
    private final ByteProgress weights;
    private @Nullable CountProgress counting;
    private boolean balanced;

    InputNotes(Terminal terminal, LongSupplier clock) {
        this.terminal = terminal;
        this.clock = clock;
        this.weights = new ByteProgress(terminal, clock);
    }

    /** Says it, if the event is one of these. */
    boolean on(TrainEvent event) {
        if (event instanceof TrainEvent.StatisticsProgress progress) {
            if (counting == null) {
                counting = new CountProgress(terminal, Text.of("cli.statistics.progress"), clock);
            }
            counting.update(progress.done(), progress.total());
        } else if (event instanceof TrainEvent.WeightsProgress progress) {
            weights.update(progress.work(), progress.file(), progress.done(), progress.total());
        } else if (event instanceof TrainEvent.NormalizationChosen chosen) {
            terminal.message(say(
                    "cli.normalization",
                    Text.of("cli.normalization." + chosen.source()),
                    numbers(chosen.mean()),
                    numbers(chosen.std())));
        } else if (event instanceof TrainEvent.ClassesBalanced classes) {
            onBalance(classes);
        } else if (event instanceof TrainEvent.FirstBatch batch) {
            terminal.message(say("cli.first_batch", numbers(batch.mean()), numbers(batch.std())));
            if (balanced) {
                terminal.message(say("cli.first_batch.classes") + "\n" + bars(batch.classes()));
            }
        } else {
            return false;
        }
        return true;
    }

    private void onBalance(TrainEvent.ClassesBalanced classes) {
        balanced = true;
        List<Double> pictures =
                classes.pictures().stream().map(Integer::doubleValue).toList();
        terminal.message(say("cli.balance." + classes.mode()));
        terminal.message(say("cli.balance.pictures") + "\n" + bars(classes.classes(), pictures, "%.0f"));
        if (!classes.weights().isEmpty()) {
            terminal.message(
                    say("cli.balance.class_weights") + "\n" + bars(classes.classes(), classes.weights(), "%.3f"));
        }
    }

    private String bars(Map<String, Integer> counts) {
        return bars(
                List.copyOf(counts.keySet()),
                counts.values().stream().map(Integer::doubleValue).toList(),
                "%.0f");
    }

    private String bars(List<String> names, List<Double> values, String format) {
        return TextBars.of(
                names,
                values,
                v -> String.format(Locale.ROOT, format, v),
                terminal.interactive() ? terminal.columns() : 80,
                terminal.unicode());
    }

    static String numbers(List<Double> values) {
        return values.stream().map(v -> String.format(Locale.ROOT, "%.3f", v)).collect(Collectors.joining(" "));
    }

    private String say(String key, Object... arguments) {
        return Text.of(key, arguments).in(terminal.language());
    }
}
