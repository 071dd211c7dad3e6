package io.sichter.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sichter.config.ConfigLayer;
import io.sichter.config.ConfigReader;
import io.sichter.config.RunConfig;
import io.sichter.error.StorageException;
import io.sichter.error.UsageException;
import io.sichter.evaluate.Evaluation;
import io.sichter.evaluate.EvaluationListener;
import io.sichter.evaluate.EvaluationResult;
import io.sichter.event.TrainEvent;
import io.sichter.model.Classifier;
import io.sichter.model.ModelOptions;
import io.sichter.model.Models;
import io.sichter.run.ModelBundle;
import io.sichter.storage.Safetensors;
import io.sichter.storage.TensorBytes;
import io.sichter.tensor.Generators;
import io.sichter.tensor.Scope;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that begin with published weights, and what a bundle must know to build the same network again. */
class StartingWeightsTest {
    @TempDir
    static Path folder;

    private static Path pictures;

    private final List<TrainEvent> events = new ArrayList<>();

    @BeforeAll
    static void drawPictures() throws IOException {
        pictures = TinyPictures.drawSplit(folder.resolve("pictures"), 6, 4);
    }

    /** Weights of a light network for so many classes, as somebody else would publish them. */
    private static Path published(int classes, Map<String, String> record) {
        Path file = folder.resolve("light-" + classes + record.size() + ".safetensors");
        Generators.seed(11);
        try (Classifier model = Models.create("light_cnn", new ModelOptions(classes, 3, 32))) {
            Scope.run(
                    () -> Safetensors.write(file, Weights.sources(model.state().tensors()), record));
        }
        return file;
    }

    private RunConfig config(String name, String... settings) {
        RunConfig usual = ConfigReader.resolve(
                RunConfig.defaults(),
                layers(
                        "model.name=light_cnn",
                        "model.image_size=32",
                        "train.epochs=1",
                        "loader.batch_size=6",
                        "loader.workers=0",
                        "run_name=" + name,
                        "runs_dir=" + folder.resolve("runs"),
                        "data.path=" + pictures));
        return ConfigReader.resolve(usual, layers(settings));
    }

    private static List<ConfigLayer> layers(String... settings) {
        return Stream.of(settings).map(ConfigLayer::assignment).toList();
    }

    private TrainResult train(RunConfig config) {
        return Training.start(config, new StopSignal(), List.of(events::add));
    }

    private String said() {
        return events.stream()
                .filter(TrainEvent.Advice.class::isInstance)
                .map(event -> ((TrainEvent.Advice) event).text().toString())
                .collect(Collectors.joining("\n"));
    }

    /** With a learning rate of next to nothing the weights that were published are those of the bundle. */
    @Test
    void aRunBeginsWithThemAndTakesTheirNormalisation() {
        Path weights = published(9, Map.of("mean", "[0.4, 0.5, 0.6]", "std", "[0.2, 0.3, 0.25]"));
        TrainResult result = train(config(
                "begins",
                "model.weights=" + weights,
                "optimizer.name=sgd",
                "optimizer.momentum=0",
                "optimizer.lr=1e-30"));
        assertThat(said()).contains("the classifier (fc2) is new, for 3 classes instead of 9");
        ModelBundle bundle = ModelBundle.read(result.run().resolve("bundle"));
        assertThat(bundle.preprocessing().mean()).containsExactly(0.4, 0.5, 0.6);
        assertThat(bundle.preprocessing().std()).containsExactly(0.2, 0.3, 0.25);
        Map<String, TensorBytes> found = byName(bundle.readWeights());
        Map<String, TensorBytes> expected = byName(Safetensors.read(weights));
        for (String name : List.of("conv1.weight", "conv3.bias", "fc1.weight")) {
            assertThat(Objects.requireNonNull(found.get(name)).bytes())
                    .as(name)
                    .isEqualTo(Objects.requireNonNull(expected.get(name)).bytes());
        }
        assertThat(Objects.requireNonNull(found.get("fc2.bias")).shape()).containsExactly(3L);
    }

    private static Map<String, TensorBytes> byName(List<TensorBytes> tensors) {
        return tensors.stream().collect(Collectors.toMap(TensorBytes::name, tensor -> tensor));
    }

    @Test
    void withoutARecordTheNormalisationMustBeNamed() {
        Path weights = published(3, Map.of());
        assertThatThrownBy(() -> train(config("unnamed", "model.weights=" + weights)))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--normalize imagenet");
        train(config("named", "model.weights=" + weights, "transforms.normalize=imagenet"));
        assertThat(said()).contains("tensors were loaded").doesNotContain("is new");
    }

    @Test
    void anotherNormalisationIsUsedAndSaidAloud() {
        Path weights = published(3, Map.of("mean", "[0.4, 0.5, 0.6]", "std", "[0.2, 0.3, 0.25]"));
        train(config("other", "model.weights=" + weights, "transforms.normalize=half"));
        assertThat(said()).contains("trained with the normalisation 0.4,0.5,0.6/0.2,0.3,0.25, but half was asked for");
    }

    @Test
    void weightsThatDoNotFitStopTheRunBeforeItHasAFolder() {
        Path weights = published(3, Map.of("mean", "[0.4]", "std", "[0.2]"));
        assertThatThrownBy(() -> train(config(
                        "misfit", "model.weights=" + weights, "model.name=simple_cnn", "transforms.normalize=half")))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("unexpected bn1.weight");
        assertThat(folder.resolve("runs/misfit")).doesNotExist();
        assertThatThrownBy(() ->
                        train(config("small", "model.weights=" + weights, "model.name=resnet18", "model.stem=small")))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("model.stem=imagenet with weights");
    }

    /** The stem and the norms change what the weights mean: the bundle must carry them. One batch sums alike in both. */
    @Test
    void aBundleBuildsTheNetworkThatWasTrained() {
        TrainResult small = train(config("stem", "model.name=mobilenet_v3_small", "loader.batch_size=18"));
        assertThat(said()).contains("model.stem=small");
        assertThat(ModelBundle.read(small.run().resolve("bundle")).options()).containsEntry("stem", "small");
        assertSameInEvaluation(small);
        assertSameInEvaluation(train(config("keras", "model.norm=keras", "loader.batch_size=18")));
    }

    private static void assertSameInEvaluation(TrainResult result) {
        EvaluationResult again = Evaluation.of(result.run(), Optional.empty(), "val", EvaluationListener.none());
        assertThat(again.loss()).isEqualTo(result.best().get("val_loss"));
    }
}
