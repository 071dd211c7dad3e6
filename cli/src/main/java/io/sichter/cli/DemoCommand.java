package io.sichter.cli;

import io.sichter.cli.demo.DemoPictures;
import io.sichter.config.ConfigLayer;
import io.sichter.config.ConfigReader;
import io.sichter.config.RunConfig;
import io.sichter.evaluate.Evaluation;
import io.sichter.evaluate.EvaluationResult;
import io.sichter.evaluate.Predictor;
import io.sichter.train.TrainResult;
import io.sichter.train.Training;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows the whole way on pictures of its own. */
@Command(name = "demo")
final class DemoCommand implements Callable<Integer> {
    private final SichterCommand program;

    @Option(names = "--runs-dir", paramLabel = "DIR", description = "Folder of the runs (default: runs).")
    private String runsDir = RunConfig.defaults().runsDir();

    @Option(names = "--seed", paramLabel = "N", description = "Seed of the run (default: 42).")
    private String seed = Long.toString(RunConfig.defaults().seed());

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    DemoCommand(SichterCommand program) {
        this.program = program;
    }

    @Override
    public Integer call() {
        Terminal terminal = program.terminal();
        boolean verbose = program.verbose();
        Path pictures = Path.of(runsDir).resolve(DemoSettings.PICTURES);
        RunConfig config = ConfigReader.resolve(
                RunConfig.defaults(),
                List.of(
                        new ConfigLayer.Document("demo", DemoSettings.YAML),
                        new ConfigLayer.Setting("--runs-dir", "runs_dir", runsDir),
                        new ConfigLayer.Setting("--seed", "seed", seed),
                        new ConfigLayer.Setting("demo", "data.path", pictures.toString())));
        terminal.message("Drawing pictures in " + pictures);
        DemoPictures.draw(pictures, DemoSettings.PICTURE_SEED);

        TrainProgress progress = new TrainProgress(terminal, verbose, System::nanoTime);
        TrainResult result;
        try (StopOnSignal signals = new StopOnSignal(terminal)) {
            result = Training.start(config, signals.stop(), List.of(progress));
        }
        CountProgress counting = new CountProgress(terminal, "Evaluating", System::nanoTime);
        EvaluationResult evaluation = Evaluation.of(result.run(), Optional.empty(), "auto", counting::update);
        List<PredictedFile> predictions = predict(result.run(), pictures);
        if (json) {
            terminal.message(EvaluateOutput.text(evaluation));
            terminal.message(PredictedFile.text(predictions));
            TrainOutput.print(terminal, result, progress, true);
        } else {
            TrainOutput.print(terminal, result, progress, false);
            terminal.result("\n" + EvaluateOutput.text(evaluation) + "\n\n" + PredictedFile.text(predictions));
            terminal.result(next(result.run(), pictures));
        }
        return 0;
    }

    private List<PredictedFile> predict(Path run, Path pictures) {
        List<PredictedFile> predictions = new ArrayList<>();
        try (Predictor predictor = Predictor.open(run)) {
            for (Path picture : ValidationPictures.of(run, pictures, DemoSettings.PREDICTED)) {
                predictions.add(PredictCommand.predict(
                        predictor, picture, 2, program.terminal().language()));
            }
        }
        return predictions;
    }

    private static String next(Path run, Path pictures) {
        return String.format(
                Locale.ROOT,
                "%nEverything is in %s. Next, on your own pictures:%n"
                        + "  ./sichter train PICTURES --model resnet18 --epochs 5 --image-size 128%n"
                        + "  ./sichter predict %s %s --recursive",
                run,
                run,
                pictures);
    }
}
