package io.sichter.search;

import io.sichter.config.ConfigWriter;
import io.sichter.config.DataConfig;
import io.sichter.config.RunConfig;
import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import java.util.Locale;

/**
 * How a configuration is to be cross-validated.
 *
 * @param config what every fold trains; {@code data.group_by} and {@code data.keep_duplicates_together} say what stays in
 *     one fold, {@code data.val_fraction} the share of the training folds that stopping and the best epoch are judged on
 * @param folds number of folds
 * @param repeats how often all the pictures are divided anew, each time with the next seed
 * @param stratified whether every fold gets its share of each class
 */
public record CrossValidationPlan(RunConfig config, int folds, int repeats, boolean stratified) {
    private static final int MOST = 1000;

    /**
     * Checks what can be known before.
     *
     * @throws UsageException if a number is out of range, or the configuration divides the pictures itself
     */
    public CrossValidationPlan {
        if (folds < 2 || folds > MOST || repeats < 1 || repeats > MOST) {
            throw new UsageException(Problem.of("search.crossval.numbers", folds, repeats, MOST));
        }
        DataConfig usual = DataConfig.defaults();
        DataConfig data = config.data();
        if (!data.split().equals(usual.split()) || data.testFraction() != 0) {
            throw new UsageException(Problem.of("search.crossval.split", data.split(), data.testFraction()));
        }
        if (config.existOk()) {
            throw new UsageException(Problem.of("search.exist_ok"));
        }
    }

    /** The name of the folder where none is given. */
    String usualName() {
        return "crossval-" + config.model().name();
    }

    /** Name of the run of a fold; both count from 1. */
    static String name(int repeat, int fold) {
        return String.format(Locale.ROOT, "r%d-f%d", repeat, fold);
    }

    /** What all folds have in common. More repeats may be added, more folds may not. */
    SearchFolder.Question question() {
        RunConfig anywhere = ComparisonPlan.with(config, "run_name", "auto", "runs_dir", "runs");
        return new SearchFolder.Question(
                "crossval", ConfigWriter.write(anywhere) + "\nfolds " + folds + "\nstratified " + stratified);
    }
}
