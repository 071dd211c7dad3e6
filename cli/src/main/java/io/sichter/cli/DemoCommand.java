package io.sichter.cli;

import io.sichter.cli.demo.DemoPictures;
import io.sichter.config.ConfigLayer;
import io.sichter.config.ConfigReader;
import io.sichter.config.RunConfig;
import io.sichter.evaluate.Evaluation;
import io.sichter.evaluate.EvaluationResult;
import io.sichter.evaluate.Predictor;
import io.sichter.report.Plots;
import io.sichter.text.Text;
import io.sichter.train.TrainResult;
import io.sichter.train.Training;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows the whole way on pictures of its own. */
@Command(name = "demo")
final class DemoCommand implements Callable<Integer> {
    private final SichterCommand program;

    @Option(names = "--runs-dir", paramLabel = "DIR")
    private String runsDir = RunConfig.defaults().runsDir();

    @Option(names = "--seed", paramLabel = "N")
    private String seed = Long.toString(RunConfig.defaults().seed());

    @Option(names = "--json")
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
        terminal.message(Text.of("cli.demo.drawing", pictures));
        DemoPictures.draw(pictures, DemoSettings.PICTURE_SEED);

        TrainProgress progress = new TrainProgress(terminal, verbose, System::nanoTime);
        TrainResult result;
        try (StopOnSignal signals = new StopOnSignal(terminal)) {
            result = Training.start(config, signals.stop(), List.of(progress), new Plots(terminal.language()));
        }
        CountProgress counting = new CountProgress(terminal, Text.of("cli.evaluate.progress"), System::nanoTime);
        EvaluationResult evaluation = Evaluation.of(result.run(), Optional.empty(), "auto", counting::update);
        List<PredictedFile> predictions = predict(result.run(), pictures);
        String evaluated = EvaluateOutput.text(evaluation, terminal.language());
        String predicted = PredictedFile.text(predictions, terminal.language());
        if (json) {
            terminal.message(evaluated);
            terminal.message(predicted);
            TrainOutput.print(terminal, result, progress, true);
        } else {
            TrainOutput.print(terminal, result, progress, false);
            terminal.result("\n" + evaluated + "\n\n" + predicted);
            terminal.result(Text.of("cli.demo.next", result.run(), pictures).in(terminal.language()));
        }
        return 0;
    }

    private static List<PredictedFile> predict(Path run, Path pictures) {
        List<PredictedFile> predictions = new ArrayList<>();
        try (Predictor predictor = Predictor.open(run)) {
            for (Path picture : ValidationPictures.of(run, pictures, DemoSettings.PREDICTED)) {
                predictions.add(PredictCommand.predict(predictor, picture, 2));
            }
        }
        return predictions;
    }
}
