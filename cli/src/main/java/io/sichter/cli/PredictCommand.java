package io.sichter.cli;

import io.sichter.error.DataException;
import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import io.sichter.evaluate.Predictor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what is on pictures. */
@Command(name = "predict", footer = "Example: sichter predict runs/resnet18 holiday --recursive --csv holiday.csv")
final class PredictCommand implements Callable<Integer> {
    private final SichterCommand program;

    @Parameters(index = "0", paramLabel = "RUN", description = "The run directory, or its bundle.")
    private Path run = Path.of("");

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "FILE|DIR", description = "Pictures, and folders of them.")
    private List<Path> paths = List.of();

    @Option(names = "--top", paramLabel = "N", description = "Classes shown, most probable first (default: 3).")
    private int top = 3;

    @Option(names = "--recursive", description = "Look into folders in folders.")
    private boolean recursive;

    @Option(names = "--csv", paramLabel = "FILE", description = "Also write the predictions to this file.")
    private @Nullable Path csv;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    PredictCommand(SichterCommand program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        if (top < 1) {
            throw new UsageException(
                    "--top is out of range", Integer.toString(top), "a whole number, at least 1", "Change the value");
        }
        Terminal terminal = program.terminal();
        List<Path> files = PictureFiles.of(paths, recursive);
        if (csv != null) {
            PredictionCsv.requireWritable(csv);
        }
        List<PredictedFile> predictions = predict(terminal, files);
        if (csv != null) {
            PredictionCsv.write(csv, predictions);
        }
        terminal.result(json ? PredictedFile.json(predictions) : PredictedFile.text(predictions));
        return finish(terminal, predictions);
    }

    private List<PredictedFile> predict(Terminal terminal, List<Path> files) {
        List<PredictedFile> predictions = new ArrayList<>();
        try (Predictor predictor = Predictor.open(run)) {
            CountProgress progress = new CountProgress(terminal, "Predicting", System::nanoTime);
            for (Path file : files) {
                predictions.add(predict(predictor, file, top, terminal.language()));
                if (files.size() > 1) {
                    progress.update(predictions.size(), files.size());
                }
            }
        }
        return predictions;
    }

    /** Predicts one file; one that cannot be read says why, and the others go on. */
    static PredictedFile predict(Predictor predictor, Path file, int top, Locale language) {
        if (!Files.exists(file)) {
            return PredictedFile.failed(file, "there is no such file");
        }
        try {
            return PredictedFile.of(file, predictor.predict(file), top);
        } catch (DataException e) {
            String message = e.problem().received().in(language);
            String name = file + ": ";
            return PredictedFile.failed(file, message.startsWith(name) ? message.substring(name.length()) : message);
        }
    }

    private static int finish(Terminal terminal, List<PredictedFile> predictions) {
        List<String> failed = predictions.stream()
                .filter(p -> p.error().isPresent())
                .map(PredictedFile::file)
                .toList();
        if (failed.isEmpty()) {
            return 0;
        }
        terminal.error(Problem.english(
                        failed.size() + " of " + predictions.size() + " files could not be read",
                        String.join(", ", failed.subList(0, Math.min(5, failed.size())))
                                + (failed.size() > 5 ? ", ..." : ""),
                        "pictures",
                        "The reason stands beside each of them in the output; all others are done")
                .in(terminal.language()));
        return Failures.DATA;
    }
}
