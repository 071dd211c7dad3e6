package io.sichter.search;

import io.sichter.config.DataConfig;
import io.sichter.config.RunConfig;
import io.sichter.dataset.SplitFile;
import io.sichter.evaluate.Evaluation;
import io.sichter.evaluate.EvaluationListener;
import io.sichter.evaluate.EvaluationResult;
import io.sichter.run.EnsembleBundle;
import io.sichter.run.Epilogue;
import io.sichter.run.ModelBundle;
import io.sichter.run.RunDirectory;
import io.sichter.storage.DurableFiles;
import io.sichter.train.StopSignal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Estimates how good a way to train is on pictures it has not seen: every picture is judged once in each repeat, by a
 * network whose training never touched it. A fold's score is that of the one network which the inner validation chose;
 * nothing is chosen by looking at the fold.
 *
 * <p>Every fold is a run like any other in one folder, with {@code crossval.csv}, {@code crossval.json}, {@code
 * predictions.csv} and the ensemble of all folds in {@code bundle/}; asked again, it goes on where it stopped.
 */
public final class CrossValidation {
    private final CrossValidationPlan plan;
    private final StopSignal stop;
    private final SearchListener listener;
    private final Epilogue epilogue;

    /**
     * Prepares it; nothing is written.
     *
     * @param stop asks it to stop; what is finished stays
     * @param epilogue what is done with each run at its end
     */
    public CrossValidation(CrossValidationPlan plan, StopSignal stop, SearchListener listener, Epilogue epilogue) {
        this.plan = plan;
        this.stop = stop;
        this.listener = listener;
        this.epilogue = epilogue;
    }

    /**
     * Trains what is not trained yet, and judges.
     *
     * @throws io.sichter.error.RunInterruptedException if it was asked to stop
     * @throws io.sichter.error.DataException if a class has too few pictures for the folds
     */
    public CrossValidationResult run() {
        long begin = System.nanoTime();
        Folds folds = Folds.of(plan, listener);
        Path parent = Path.of(plan.config().runsDir());
        try (SearchFolder folder =
                SearchFolder.open(parent, plan.config().runName(), plan.usualName(), plan.question())) {
            List<CrossValidationResult.Fold> results = new ArrayList<>();
            int number = 0;
            for (int repeat = 1; repeat <= plan.repeats(); repeat++) {
                for (int fold = 1; fold <= plan.folds(); fold++) {
                    String name = CrossValidationPlan.name(repeat, fold);
                    number++;
                    listener.begins(name, number, plan.folds() * plan.repeats(), folder.isFinished(name));
                    folder.complete(name, name, config(folder, folds, repeat, fold), stop, List.of(listener), epilogue);
                    results.add(judged(folder.run(name), repeat, fold));
                }
            }
            CrossValidationResult result = conclude(folder, folds, results, begin);
            CrossValidationFiles.write(result);
            return result;
        }
    }

    /** What a fold trains: the common configuration with the division of the fold. */
    private RunConfig config(SearchFolder folder, Folds folds, int repeat, int fold) {
        Path file = folder.path().resolve("splits").resolve(CrossValidationPlan.name(repeat, fold) + ".csv");
        if (!Files.isRegularFile(file)) {
            DurableFiles.makeFolder(folder.path().resolve("splits"));
            DurableFiles.write(file, SplitFile.write(folds.partition(repeat, fold)));
        }
        return ComparisonPlan.with(
                plan.config(),
                "data.split",
                file.toString(),
                "data.val_fraction",
                Double.toString(DataConfig.defaults().valFraction()), // the file has done it
                "data.group_by",
                "",
                "data.keep_duplicates_together",
                "false",
                "seed",
                Long.toString(plan.config().seed() + repeat - 1));
    }

    /** Judges a finished run on its fold, unless that was done before. */
    private static CrossValidationResult.Fold judged(RunDirectory run, int repeat, int fold) {
        if (!Files.isRegularFile(run.predictions("test"))) {
            Evaluation.of(run.path(), Optional.empty(), "test", EvaluationListener.none());
        }
        return CrossValidationResult.Fold.of(run, repeat, fold);
    }

    private CrossValidationResult conclude(
            SearchFolder folder, Folds folds, List<CrossValidationResult.Fold> results, long begin) {
        Path bundle = folder.path().resolve("bundle");
        CrossValidationResult found =
                CrossValidationResult.of(plan, folder.path(), bundle, results, (System.nanoTime() - begin) / 1e9);
        List<ModelBundle> members = results.stream()
                .map(fold -> ModelBundle.read(new RunDirectory(fold.run()).bundle()))
                .toList();
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("crossval_accuracy_mean", found.accuracy().mean());
        metrics.put("crossval_f1_macro_mean", found.f1Macro().mean());
        new EnsembleBundle(members, metrics).write(bundle);
        if (!folds.hasTest()) {
            return found;
        }
        EvaluationResult test = Evaluation.of(
                bundle, Optional.of(Path.of(plan.config().data().path())), "test", EvaluationListener.none());
        return found.withTest(test.accuracy(), test.f1Macro());
    }
}
