package io.sichter.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.sichter.Sichter;
import io.sichter.error.DataException;
import io.sichter.error.RunInterruptedException;
import io.sichter.error.SichterException;
import io.sichter.evaluate.EvaluationResult;
import io.sichter.evaluate.Prediction;
import io.sichter.evaluate.Predictor;
import io.sichter.event.TrainEvent;
import io.sichter.event.TrainListener;
import io.sichter.model.Classifier;
import io.sichter.model.ModelOptions;
import io.sichter.model.Models;
import io.sichter.storage.Safetensors;
import io.sichter.tensor.Scope;
import io.sichter.train.StopSignal;
import io.sichter.train.TinyPictures;
import io.sichter.train.TrainResult;
import io.sichter.train.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The guide's Java is this class's Java, between the comments {@code shown} and {@code end}, and it works. */
class GuideSnippetsTest {
    private static final Path GUIDE = Path.of("../docs/guide");
    private static final Pattern REGION = Pattern.compile("(?s) *// shown\\n(.*?) *// end\\n");
    private static final Pattern BLOCK = Pattern.compile("(?s)```java\\n(.*?)```\\n");

    private final StringBuilder said = new StringBuilder();

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"en, first-classifier.md, transfer-learning.md", "de, erster-klassifikator.md, transferlernen.md"})
    void thePagesShowTheCodeThatIsTestedHere(String language, String first, String last) throws IOException {
        List<String> regions = REGION.matcher(
                        Files.readString(Path.of("src/test/java/io/sichter/guide/GuideSnippetsTest.java")))
                .results()
                .map(region -> shown(region.group(1)))
                .toList();
        List<String> blocks = Stream.of(first, "java.md", last)
                .flatMap(page -> blocks(GUIDE.resolve(language).resolve(page)))
                .toList();

        assertThat(blocks).containsExactlyElementsOf(regions);
    }

    @Test
    void theFirstClassifierInJava() throws IOException {
        Path pictures = TinyPictures.draw(folder.resolve("pictures"), 12, 3);
        Path photo = pictures.resolve("disc/disc0.png");
        Path notes = notes();
        // shown
        TrainResult result = Sichter.train(pictures)
                .config(notes)
                .imageSize(64)
                .epochs(2)
                .seed(42)
                .run();
        say("best epoch: " + result.bestEpoch() + " " + result.best());

        EvaluationResult quality = Sichter.evaluate(result.run());
        for (EvaluationResult.ClassResult one : quality.classes()) {
            say(one.name() + ": recall " + one.recall() + " of " + one.samples() + " pictures");
        }

        try (Predictor predictor = Sichter.predictor(result.run())) {
            Prediction prediction = predictor.predict(photo);
            say(prediction.label() + ", sure to " + prediction.probability());
        }
        // end
        assertThat(result.model()).isEqualTo("simple_cnn");
        assertThat(said).contains("best epoch: ", "disc: recall", "sure to 0.");
    }

    @Test
    void aProductTrainsEvaluatesAndPredicts() throws IOException {
        Path pictures = TinyPictures.draw(folder.resolve("pictures"), 12, 3);
        Path others = TinyPictures.draw(folder.resolve("others"), 4, 5);
        Path runs = folder.resolve("runs");
        // shown
        TrainListener listener = event -> {
            if (event instanceof TrainEvent.EpochDone done) {
                say("epoch " + done.epoch() + " of " + done.epochs() + ": " + done.metrics());
            } else if (event instanceof TrainEvent.Advice advice) {
                say("note: " + advice.text().in(Locale.ENGLISH));
            }
        };
        TrainResult result = Sichter.train(pictures)
                .model("simple_cnn")
                .imageSize(32)
                .epochs(3)
                .batchSize(16)
                .optimizer("adamw", 1e-3)
                .set("schedule.name", "cosine") // any key of the configuration
                .seed(42)
                .runsDir(runs)
                .listener(listener)
                .run();
        say(result.run() + ": val_accuracy " + result.best().get("val_accuracy"));
        // end
        // shown
        EvaluationResult quality = Sichter.evaluate(result.run(), others);
        say(quality.samples() + " pictures, f1_macro " + quality.f1Macro());
        // end
        List<byte[]> uploads = List.of(Files.readAllBytes(others.resolve("square/square1.png")), new byte[] {1, 2});
        // shown
        try (Predictor predictor = Sichter.predictor(result.run().resolve("bundle"))) {
            uploads.parallelStream().forEach(bytes -> {
                try {
                    say(predictor.predict(bytes).top().get(0).name());
                } catch (DataException e) { // no picture, or a broken one
                    say(e.problem().received().in(Locale.GERMAN));
                }
            });
        }
        // end
        assertThat(said)
                .contains("epoch 3 of 3: {", "val_accuracy " + result.best().get("val_accuracy"))
                .contains("12 pictures, f1_macro " + quality.f1Macro());
        assertThat(said.toString().lines().skip(5)).hasSize(2);
    }

    @Test
    void aRunIsStoppedAndGoesOn() throws IOException {
        Path pictures = TinyPictures.draw(folder.resolve("pictures"), 12, 3);
        Path runs = folder.resolve("runs");
        Instant morning = Instant.EPOCH;
        // shown
        StopSignal stop = new StopSignal();
        TrainListener night = event -> {
            if (event instanceof TrainEvent.StepDone && Instant.now().isAfter(morning)) {
                stop.request(143); // any thread may ask, at any time
            }
        };
        Path run = runs.resolve("nightly");
        try {
            Sichter.train(pictures)
                    .model("simple_cnn")
                    .imageSize(32)
                    .runsDir(runs)
                    .set("run_name", "nightly")
                    .listener(night)
                    .stopSignal(stop)
                    .run();
        } catch (RunInterruptedException e) { // the step is finished and saved
            say("stopped, see " + run);
        }
        TrainResult result = Sichter.resume(run); // tomorrow, perhaps in another process
        // end
        assertThat(said).contains("stopped, see " + run);
        assertThat(result.epochs()).isEqualTo(5);
    }

    @Test
    void mistakesSayWhatToDo() {
        Path pictures = folder.resolve("nowhere");
        // shown
        try {
            Sichter.train(pictures).model("resnet81").run();
        } catch (SichterException e) {
            say(e.getMessage()); // all four parts, in English
            say(e.problem().fix().in(Locale.GERMAN)); // one of them, for people
        }
        // end
        assertThat(said.toString().lines().count()).isGreaterThan(4);
    }

    @Test
    void aProductFineTunes() throws IOException {
        Path pictures = TinyPictures.draw(folder.resolve("pictures"), 12, 3);
        Path runs = folder.resolve("runs");
        Path weights = folder.resolve("published.safetensors");
        try (Classifier model = Models.create("mobilenet_v2", new ModelOptions(10, 3, 64))) {
            Scope.run(() ->
                    Safetensors.write(weights, Weights.sources(model.state().tensors()), Map.of()));
        }
        // shown
        TrainResult result = Sichter.train(pictures)
                .model("mobilenet_v2")
                .imageSize(64)
                .set("model.weights", weights)
                .set("transforms.normalize", "imagenet")
                .set("transfer.fine_tune", true)
                .epochs(1) // and one of the head alone before
                .runsDir(runs)
                .run();
        // end
        assertThat(result.epochs()).isEqualTo(2);
    }

    private synchronized void say(String words) {
        said.append(words).append('\n');
    }

    /** The configuration file of the first page. */
    private Path notes() throws IOException {
        String page = Files.readString(GUIDE.resolve("en/first-classifier.md"));
        String yaml = page.substring(page.indexOf("```yaml notes.yaml\n") + 19);
        return Files.writeString(
                folder.resolve("notes.yaml"),
                "runs_dir: \"" + folder.resolve("runs") + "\"\n" + yaml.substring(0, yaml.indexOf("```")));
    }

    /** A region as a page shows it: not indented, and to the console. Two epochs prove as much as ten. */
    private static String shown(String region) {
        return region.stripTrailing()
                .stripIndent()
                .lines()
                .map(line ->
                        line.replaceFirst("\\bsay\\(", "System.out.println(").replace(".epochs(2)", ".epochs(10)"))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static Stream<String> blocks(Path page) {
        try {
            return BLOCK.matcher(Files.readString(page)).results().map(block -> block.group(1));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
