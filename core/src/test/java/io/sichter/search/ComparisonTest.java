package io.sichter.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sichter.config.ConfigReader;
import io.sichter.error.RunInterruptedException;
import io.sichter.error.UsageException;
import io.sichter.event.TrainEvent;
import io.sichter.report.ComparisonPlots;
import io.sichter.run.BatchLosses;
import io.sichter.run.Epilogue;
import io.sichter.run.RunDirectory;
import io.sichter.search.Versus.Verdict;
import io.sichter.storage.DurableFiles;
import io.sichter.train.ResumeOptions;
import io.sichter.train.StopSignal;
import io.sichter.train.TinyPictures;
import io.sichter.train.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rivals differ in what is varied and in nothing else, and a comparison goes on where it stopped. */
class ComparisonTest {
    @TempDir
    static Path folder;

    private static Path pictures;

    /** Remembers what was trained, and asks to stop when so many runs have begun. */
    private static final class Watcher implements SearchListener {
        private final List<String> trained = new ArrayList<>();
        private final List<String> known = new ArrayList<>();
        private final List<String> advice = new ArrayList<>();
        private final StopSignal stop = new StopSignal();
        private int stopAfter = Integer.MAX_VALUE;

        @Override
        public void begins(String name, int number, int runs, boolean finished) {
            (finished ? known : trained).add(name);
        }

        @Override
        public void on(TrainEvent event) {
            if (event instanceof TrainEvent.EpochDone && trained.size() == stopAfter) {
                stop.request(130);
            } else if (event instanceof TrainEvent.Advice said) {
                advice.add(said.text().toString());
            }
        }
    }

    @BeforeAll
    static void draw() throws IOException {
        pictures = TinyPictures.drawSplit(folder.resolve("pictures"), 6, 4);
    }

    private static ComparisonResult compare(
            Watcher watcher, String name, int seeds, boolean tune, Start start, String... vary) {
        ComparisonPlan plan = new ComparisonPlan(
                Runs.config(pictures, folder, "run_name=" + name, "optimizer.lr=0.01"),
                List.of(vary).stream().map(Variation::parse).toList(),
                seeds,
                tune,
                start);
        return new Comparison(plan, watcher.stop, watcher, Epilogue.none()).run();
    }

    private static double[] losses(ComparisonResult result, String run) {
        return BatchLosses.read(new RunDirectory(result.folder().resolve("runs").resolve(run)));
    }

    @Test
    void rivalsBeginWithTheSameWeightsAndBatchesAndFinishedOnesAreKept() throws IOException {
        Watcher first = new Watcher();
        first.stopAfter = 2;
        assertThatThrownBy(() -> compare(first, "optimizers", 2, false, new Start.Fresh(), "optimizer=sgd,adam"))
                .isInstanceOf(RunInterruptedException.class);
        assertThat(first.trained).containsExactly("sgd-s42", "adam-s42");
        assertThat(first.advice).anyMatch(said -> said.contains("--tune-lr"));

        Watcher second = new Watcher();
        ComparisonResult result = compare(second, "optimizers", 2, false, new Start.Fresh(), "optimizer=sgd,adam");

        assertThat(second.known).containsExactly("sgd-s42");
        assertThat(second.trained).containsExactly("adam-s42", "sgd-s43", "adam-s43");
        for (String seed : List.of("-s42", "-s43")) {
            double[] sgd = losses(result, "sgd" + seed);
            double[] adam = losses(result, "adam" + seed);
            assertThat(sgd).hasSize(4).hasSameSizeAs(adam);
            assertThat(sgd[0]).as("before the first update").isEqualTo(adam[0]);
            assertThat(sgd[1]).as("after it").isNotEqualTo(adam[1]);
        }
        assertThat(losses(result, "sgd-s42")[0]).isNotEqualTo(losses(result, "sgd-s43")[0]);
        assertThat(result.rivals()).hasSize(2);
        assertThat(result.rivals().get(0).versus().verdict()).isEqualTo(Verdict.FIRST);
        assertThat(result.rivals().get(1).mean())
                .isLessThanOrEqualTo(result.rivals().get(0).mean());
        assertThat(result.validation()).isEqualTo(12);
        assertThat(Files.readString(result.folder().resolve("comparison.csv")))
                .startsWith("rival,optimizer.name,seed,lr,epochs,train_loss,val_loss,val_accuracy,val_f1_macro,")
                .hasLineCount(5)
                .contains("runs/adam-s43");
        assertThat(Files.readString(result.folder().resolve("losses.csv"))).hasLineCount(5);
        assertThat(ComparisonFiles.json(result)).contains("\"verdict\" : \"first\"");
        assertThat(new ComparisonPlots(Locale.GERMAN).draw(result.folder()))
                .hasSize(2)
                .allMatch(Files::isRegularFile);
    }

    @Test
    void moreSeedsAndValuesAreAddedAndOtherQuestionsAreRefused() {
        compare(new Watcher(), "more", 1, false, new Start.Fresh(), "loss.label_smoothing=0,0.2");
        Watcher more = new Watcher();
        ComparisonResult result = compare(more, "more", 2, false, new Start.Fresh(), "label-smoothing=0,0.2");

        assertThat(more.known).hasSize(2);
        assertThat(more.trained).containsExactly("0-s43", "0.2-s43");
        assertThat(losses(result, "0-s42")[0]).isNotEqualTo(losses(result, "0.2-s42")[0]);
        assertThatThrownBy(() -> compare(new Watcher(), "more", 1, false, new Start.Fresh(), "lr=0.1,0.2"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("holds something else");
    }

    @Test
    void aStateAfterSomeTrainingIsTheStartOfAllAndSuchARunCanBeRepeated() throws IOException {
        Watcher watcher = new Watcher();
        ComparisonResult result = compare(watcher, "warm", 1, false, Start.warm("sgd:1:0.05"), "optimizer=sgd,adam");
        Path warm = result.folder().resolve("runs/warm-s42");

        assertThat(ConfigReader.read(warm.resolve("run.yaml")).optimizer().lr()).isEqualTo(0.05);
        double sgd = losses(result, "sgd-s42")[0];
        assertThat(losses(result, "adam-s42")[0]).isEqualTo(sgd);
        assertThat(losses(result, "warm-s42")[0])
                .as("fresh weights, the same batch")
                .isNotEqualTo(sgd);
        assertThat(watcher.advice).anyMatch(said -> said.contains("begins with the weights of"));

        Path run = result.folder().resolve("runs/adam-s42");
        ReproductionResult repeated =
                new Reproduction(run, Reproduction.Options.usual()).repeat(new StopSignal(), List.of());
        assertThat(repeated.difference()).isEmpty();

        // A run that was killed before its first checkpoint begins again with the same weights.
        String metrics = Files.readString(run.resolve("metrics.csv"));
        DurableFiles.deleteTree(run.resolve("checkpoints"));
        Training.resume(run, ResumeOptions.none(), new StopSignal(), List.of());
        assertThat(Files.readString(run.resolve("metrics.csv"))).isEqualTo(metrics);

        Path checkpoint = warm.resolve("checkpoints")
                .resolve(Files.readString(warm.resolve("checkpoints/last")).strip());
        ComparisonResult from =
                compare(new Watcher(), "from", 1, false, new Start.From(checkpoint), "optimizer=sgd,adam");
        assertThat(losses(from, "adam-s42")).isEqualTo(losses(result, "adam-s42"));
        assertThatThrownBy(() -> Training.start(
                        Runs.config(
                                pictures,
                                folder,
                                "train.start=" + checkpoint,
                                "model.name=light_cnn",
                                "model.image_size=32"),
                        new StopSignal(),
                        List.of()))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("do not fit the network");
    }

    @Test
    void everyRivalGetsARateOfItsOwnAndKeepsIt() throws IOException {
        Watcher watcher = new Watcher();
        ComparisonResult result = compare(watcher, "tuned", 1, true, new Start.Fresh(), "optimizer=sgd,adam");

        assertThat(result.rivals()).allMatch(r -> r.runs().get(0).lr() != 0.01);
        assertThat(watcher.advice).anyMatch(said -> said.startsWith("Learning rate of sgd: "));
        Watcher again = new Watcher();
        ComparisonResult same = compare(again, "tuned", 2, true, new Start.Fresh(), "optimizer=sgd,adam");
        assertThat(again.advice).noneMatch(said -> said.startsWith("Learning rate of"));
        assertThat(same.rivals())
                .allMatch(r -> r.runs().stream().map(s -> s.lr()).distinct().count() == 1);
        assertThatThrownBy(() -> compare(again, "tuned", 1, true, new Start.Fresh(), "lr=1,2"))
                .hasMessageContaining("both varied and searched");
    }

    @Test
    void valuesMayHoldCommasInBrackets() {
        assertThat(Variation.parse("normalize=imagenet,\"0.5,0.5,0.5/0.2\",none")
                        .values())
                .containsExactly("imagenet", "0.5,0.5,0.5/0.2", "none");
        assertThat(Variation.parse("optimizer.betas=[0.9, 0.99],[0.8, 0.9]").values())
                .containsExactly("[0.9, 0.99]", "[0.8, 0.9]");
        assertThatThrownBy(() -> Variation.parse("lr=1")).hasMessageContaining("at least two values");
        assertThatThrownBy(() -> compare(new Watcher(), "x", 1, false, new Start.Fresh(), "optimizer=sgd,adamm"))
                .hasMessageContaining("--vary")
                .hasMessageContaining("adamm");
    }
}
