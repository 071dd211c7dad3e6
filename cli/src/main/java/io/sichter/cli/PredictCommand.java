package io.sichter.cli;

import io.sichter.error.DataException;
import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import io.sichter.evaluate.Predictor;
import io.sichter.evaluate.TestTimeAugmentation;
import io.sichter.image.UnreadableImageException;
import io.sichter.storage.DurableFiles;
import io.sichter.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what is on pictures. */
@Command(name = "predict")
final class PredictCommand implements Callable<Integer> {
    private final SichterCommand program;

    @Parameters(arity = "1..*", paramLabel = "RUN FILE|DIR", descriptionKey = "run-and-files")
    private List<String> arguments = List.of();

    @Mixin
    private RunsDirOption runsDir = new RunsDirOption();

    @Mixin
    private PublishedOptions published = new PublishedOptions();

    @Mixin
    private TtaOptions tta = new TtaOptions();

    @Option(names = "--top", paramLabel = "N")
    private int top = 3;

    @Option(names = "--recursive")
    private boolean recursive;

    @Option(names = "--csv", paramLabel = "FILE")
    private @Nullable Path csv;

    @Option(names = "--json")
    private boolean json;

    PredictCommand(SichterCommand program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        if (top < 1) {
            throw new UsageException(Problem.of("cli.at_least_one", "--top", top));
        }
        Terminal terminal = program.terminal();
        List<String> words = published.given() ? arguments : arguments.subList(1, arguments.size());
        if (words.isEmpty()) {
            throw new UsageException(Problem.of("cli.predict.no_files", arguments.get(0)));
        }
        List<Path> files = PictureFiles.of(words.stream().map(Path::of).toList(), recursive);
        TestTimeAugmentation views = tta.get();
        if (csv != null) {
            PredictionCsv.requireWritable(csv);
        }
        List<PredictedFile> predictions = predict(terminal, files, views);
        if (csv != null) {
            PredictionCsv.write(csv, predictions);
        }
        Locale language = terminal.language();
        terminal.result(json ? PredictedFile.json(predictions, language) : PredictedFile.text(predictions, language));
        return finish(terminal, predictions);
    }

    private List<PredictedFile> predict(Terminal terminal, List<Path> files, TestTimeAugmentation views) {
        List<PredictedFile> predictions = new ArrayList<>();
        try (Predictor predictor = published
                .model(terminal)
                .map(network -> Predictor.open(network, views))
                .orElseGet(() -> Predictor.open(runsDir.find(arguments.get(0), terminal), views))) {
            CountProgress progress = new CountProgress(terminal, Text.of("cli.predict.progress"), System::nanoTime);
            for (Path file : files) {
                predictions.add(predict(predictor, file, top));
                if (files.size() > 1) {
                    progress.update(predictions.size(), files.size());
                }
            }
        }
        return predictions;
    }

    /** Predicts one file; one that cannot be read says why, and the others go on. */
    static PredictedFile predict(Predictor predictor, Path file, int top) {
        if (!Files.exists(file)) {
            return PredictedFile.failed(file, Text.of("cli.predict.no_such_file"));
        }
        try {
            return PredictedFile.of(file, predictor.predict(file), top);
        } catch (DataException e) {
            return PredictedFile.failed(file, reason(e));
        }
    }

    /** Why, without the name of the file, beside which it will stand. */
    private static Text reason(DataException e) {
        if (e.getCause() instanceof UnreadableImageException picture) {
            return picture.detail();
        }
        return e.getCause() instanceof IOException failure
                ? DurableFiles.reason(failure)
                : e.problem().received();
    }

    private static int finish(Terminal terminal, List<PredictedFile> predictions) {
        List<String> failed = predictions.stream()
                .filter(p -> p.error().isPresent())
                .map(PredictedFile::file)
                .toList();
        if (failed.isEmpty()) {
            return 0;
        }
        String some = String.join(", ", failed.subList(0, Math.min(5, failed.size())));
        terminal.error(Problem.of(
                "cli.predict.unreadable",
                failed.size(),
                predictions.size(),
                failed.size() > 5 ? some + ", ..." : some));
        return Failures.DATA;
    }
}
