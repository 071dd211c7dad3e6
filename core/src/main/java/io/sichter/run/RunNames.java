package io.sichter.run;

import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import io.sichter.registry.Suggestion;
import io.sichter.text.Text;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a person may call a run: its path, its name in the folder of runs or a unique beginning of that, {@code last} (the
 * one started most recently) or {@code best} (the finished one with the best value of the monitored metric).
 */
public final class RunNames {
    /** Word for the run that was started most recently. */
    public static final String LAST = "last";

    /** Word for the best run that is finished. */
    public static final String BEST = "best";

    private static final int SHOWN = 10;

    private final RunFolder runs;

    /** The names of the runs in a folder. */
    public RunNames(RunFolder runs) {
        this.runs = runs;
    }

    /**
     * The run that was meant.
     *
     * @param path of a run, or of a bundle or anything else that was named by its path
     * @param why what to tell the person where more than the path was needed to find it
     */
    public record Found(Path path, Optional<Text> why) {
        private static Found plainly(Path path) {
            return new Found(path, Optional.empty());
        }
    }

    /**
     * Finds a run. A path that is a run or a bundle goes before a name, a whole name before {@code last} and {@code best},
     * and those before a beginning.
     *
     * @throws UsageException if nothing or more than one run is called that
     */
    public Found find(String word) {
        Optional<Path> path = path(word);
        if (path.filter(p -> Files.isRegularFile(p.resolve("run.yaml")) || ModelBundle.isBundle(p))
                .isPresent()) {
            return Found.plainly(path.get());
        }
        List<String> names = runs.names();
        if (names.contains(word)) {
            return Found.plainly(runs.path().resolve(word));
        } else if (word.equals(LAST) || word.equals(BEST)) {
            return word.equals(LAST) ? last() : best();
        }
        List<String> beginning =
                names.stream().filter(name -> name.startsWith(word)).toList();
        if (beginning.size() == 1 && !word.isEmpty()) {
            Path found = runs.path().resolve(beginning.get(0));
            return new Found(found, Optional.of(Text.of("run.names.beginning", word, found)));
        } else if (beginning.size() > 1) {
            throw new UsageException(Problem.of("run.names.ambiguous", word, listed(beginning)));
        } else if (path.filter(Files::exists).isPresent()) {
            return Found.plainly(path.get()); // whoever opens it says best why it is no run
        }
        throw unknown(word, names);
    }

    private Found last() {
        RunSummary last = runs.runs().stream()
                .min(RunFolder.NEWEST_FIRST)
                .orElseThrow(() -> new UsageException(Problem.of("run.names.none", LAST, runs.path())));
        return new Found(last.path(), Optional.of(Text.of("run.names.last", last.path(), last.started())));
    }

    private Found best() {
        List<RunSummary> finished = runs.runs().stream()
                .filter(run -> run.finished() && run.best().isPresent())
                .sorted(RunFolder.NEWEST_FIRST)
                .toList();
        if (finished.isEmpty()) {
            throw new UsageException(Problem.of("run.names.none_finished", BEST, runs.path()));
        }
        Monitor monitor = new Monitor(commonest(finished));
        RunSummary best = finished.stream()
                .max(Comparator.comparingDouble((RunSummary run) -> monitor.gain(run.value(monitor.metric())))
                        .thenComparing(run -> -run.value("val_loss")))
                .orElseThrow();
        String value = String.format(java.util.Locale.ROOT, "%.4f", best.value(monitor.metric()));
        List<Text> why = new ArrayList<>();
        why.add(Text.of("run.names.best", best.path(), monitor.metric(), value, finished.size()));
        if (finished.stream().map(RunSummary::monitor).distinct().count() > 1) {
            why.add(Text.of("run.names.monitors_differ", monitor.metric()));
        }
        if (finished.stream().map(RunSummary::fingerprint).distinct().count() > 1) {
            why.add(Text.of("run.names.data_differ"));
        }
        return new Found(best.path(), Optional.of(Text.joined(" ", why)));
    }

    /** The metric that most runs monitor; of equally many, the one of the newest run. Every run records all of them. */
    private static String commonest(List<RunSummary> newestFirst) {
        Map<String, Integer> counts = new HashMap<>();
        newestFirst.forEach(run -> counts.merge(run.monitor(), 1, Integer::sum));
        return newestFirst.stream()
                .map(RunSummary::monitor)
                .reduce((a, b) -> counts.getOrDefault(b, 0) > counts.getOrDefault(a, 0) ? b : a)
                .orElseThrow();
    }

    private UsageException unknown(String word, List<String> names) {
        if (names.isEmpty()) {
            return new UsageException(Problem.of("run.names.none", word, runs.path()));
        }
        Path path = path(word).orElse(runs.path());
        String name = path.getFileName() == null ? word : path.getFileName().toString();
        List<String> known = new ArrayList<>(names);
        known.add(LAST);
        known.add(BEST);
        Text fix = Suggestion.nearest(name, known)
                .map(Suggestion::didYouMean)
                .orElseGet(() -> Text.of("run.names.see_list", runs.path()));
        return new UsageException(Problem.of("run.names.unknown", word, runs.path(), listed(names), fix));
    }

    private static String listed(List<String> names) {
        return String.join(", ", names.subList(0, Math.min(SHOWN, names.size())))
                + (names.size() > SHOWN ? ", ... (" + names.size() + ")" : "");
    }

    private static Optional<Path> path(String word) {
        try {
            return Optional.of(Path.of(word)).filter(p -> !word.isEmpty());
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
