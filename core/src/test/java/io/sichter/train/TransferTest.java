package io.sichter.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sichter.Configs;
import io.sichter.config.ConfigLayer;
import io.sichter.config.ConfigReader;
import io.sichter.config.ConfigRules;
import io.sichter.config.Normalization;
import io.sichter.config.RunConfig;
import io.sichter.config.TrainStage;
import io.sichter.dataset.ClassIndex;
import io.sichter.dataset.ImageNet;
import io.sichter.error.StorageException;
import io.sichter.error.UsageException;
import io.sichter.evaluate.Evaluation;
import io.sichter.evaluate.EvaluationListener;
import io.sichter.event.TrainEvent;
import io.sichter.model.Classifier;
import io.sichter.model.ModelInput;
import io.sichter.model.ModelOptions;
import io.sichter.model.Models;
import io.sichter.optim.Optimizer;
import io.sichter.optim.Optimizers;
import io.sichter.run.ModelBundle;
import io.sichter.run.RunDirectory;
import io.sichter.run.RunSummary;
import io.sichter.storage.Safetensors;
import io.sichter.storage.TensorBytes;
import io.sichter.tensor.Scope;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is frozen keeps its bits, what is not moves, and what contradicts itself is refused. */
class TransferTest {
    private static final String STATISTICS = "running_mean running_var num_batches_tracked";

    @TempDir
    static Path folder;

    private static Path pictures;
    private static Map<String, TensorBytes> published;

    private final List<TrainEvent> events = new ArrayList<>();

    @BeforeAll
    static void prepare() throws IOException {
        pictures = TinyPictures.drawSplit(folder.resolve("pictures"), 6, 2);
        published = byName(Safetensors.read(weights(3)));
    }

    private static Path weights(int classes) {
        Path file = folder.resolve("weights-" + classes + ".safetensors");
        if (!Files.exists(file)) {
            try (Classifier model = Models.create("light_cnn", new ModelOptions(classes, 3, 32))) {
                Map<String, String> record = Map.of("mean", "[0.4, 0.5, 0.6]", "std", "[0.2, 0.3, 0.25]");
                Scope.run(() ->
                        Safetensors.write(file, Weights.sources(model.state().tensors()), record));
            }
        }
        return file;
    }

    private static Map<String, TensorBytes> byName(List<TensorBytes> tensors) {
        return tensors.stream().collect(Collectors.toMap(TensorBytes::name, tensor -> tensor));
    }

    private RunConfig config(String... settings) {
        List<ConfigLayer> layers = new ArrayList<>(Stream.of(
                        "data.path=" + pictures,
                        "runs_dir=" + folder.resolve("runs"),
                        "model.name=light_cnn",
                        "model.image_size=32",
                        "model.weights=" + weights(3),
                        "loader.batch_size=6",
                        "loader.workers=0",
                        "checkpoint.keep=9",
                        "optimizer.weight_decay=0.5")
                .map(ConfigLayer::assignment)
                .toList());
        RunConfig usual = ConfigReader.resolve(RunConfig.defaults(), layers);
        return ConfigReader.resolve(
                usual, Stream.of(settings).map(ConfigLayer::assignment).toList());
    }

    private TrainResult train(String... settings) {
        return Training.start(config(settings), new StopSignal(), List.of(events::add));
    }

    private String said() {
        return events.stream()
                .filter(TrainEvent.Advice.class::isInstance)
                .map(event -> ((TrainEvent.Advice) event).text().toString())
                .collect(Collectors.joining("\n"));
    }

    /** Names of the tensors that an epoch's checkpoint has with other bits than the published weights. */
    private static Set<String> moved(TrainResult result, int epoch) throws IOException {
        try (Stream<Path> checkpoints = Files.list(result.run().resolve("checkpoints"))) {
            Path found = checkpoints
                    .filter(path -> path.getFileName().toString().startsWith("e00" + epoch))
                    .findFirst()
                    .orElseThrow();
            return Safetensors.read(found.resolve("model.safetensors")).stream()
                    .filter(tensor ->
                            !bytes(tensor).equals(bytes(Objects.requireNonNull(published.get(tensor.name())))))
                    .map(TensorBytes::name)
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static ByteBuffer bytes(TensorBytes tensor) {
        return tensor.bytes().duplicate().rewind();
    }

    private static Set<String> names(String prefixes, String... suffixes) {
        return published.keySet().stream()
                .filter(name -> Stream.of(prefixes.split(" ", -1)).anyMatch(name::startsWith)
                        && (suffixes.length == 0
                                || Stream.of(String.join(" ", suffixes).split(" ", -1))
                                        .anyMatch(name::endsWith)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        return Stream.of(one, other).flatMap(Set::stream).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void aFrozenBackboneKeepsItsBitsUnderWeightDecayAndTheHeadMoves() throws IOException {
        TrainResult result = train("train.epochs=1", "transfer.freeze=backbone", "transfer.norms=frozen");
        assertThat(moved(result, 1)).isEqualTo(names("fc2."));
        assertThat(said()).contains("From epoch 1 on, 2 of 3 groups are frozen: 387 of");
    }

    @Test
    void normsInFrozenPartsDoWhatTheyAreTold() throws IOException {
        TrainResult statistics = train("train.epochs=1", "transfer.freeze=1", "transfer.norms=statistics");
        assertThat(moved(statistics, 1)).isEqualTo(union(names("fc1. fc2."), names("bn", STATISTICS)));
        TrainResult trained = train("train.epochs=1", "transfer.freeze=backbone");
        assertThat(moved(trained, 1)).isEqualTo(union(names("fc2."), names("bn")));
    }

    @Test
    void fixedStatisticsStayWhileEverythingElseMoves() throws IOException {
        TrainResult result = train("train.epochs=1", "transfer.fixed_statistics=true");
        assertThat(moved(result, 1)).isEqualTo(union(names("conv fc"), names("bn", ".weight", ".bias")));
    }

    @Test
    void whatIsThawedBeginsToMove() throws IOException {
        TrainResult result = train(
                "train.epochs=3",
                "transfer.freeze=backbone",
                "transfer.unfreeze=[1:1, 2:0]",
                "transfer.norms=frozen",
                "train.ema=0.5");
        assertThat(moved(result, 1)).isEqualTo(names("fc2."));
        assertThat(moved(result, 2)).isEqualTo(names("fc1. fc2."));
        assertThat(moved(result, 3)).isEqualTo(published.keySet());
        assertThat(said()).contains("From epoch 2 on, 1 of 3").contains("From epoch 3 on, all parameters learn");
    }

    @Test
    void fineTuningTrainsTheHeadThenEverything() throws IOException {
        TrainResult result = train("transfer.fine_tune=true", "train.epochs=2");
        assertThat(RunSummary.of(RunDirectory.open(result.run())).epochsPlanned())
                .isEqualTo(3)
                .isEqualTo(result.epochs());
        assertThat(result.epochs()).isEqualTo(3);
        assertThat(Files.readAllLines(result.run().resolve("metrics.csv"))).hasSize(4);
        assertThat(moved(result, 1)).isEqualTo(union(names("fc2."), names("bn")));
        assertThat(moved(result, 2)).isEqualTo(published.keySet());
        assertThatThrownBy(() -> Training.resume(
                        result.run(),
                        new ResumeOptions(java.util.OptionalInt.of(9), true),
                        new StopSignal(),
                        List.of()))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("transfer.fine_tune");
    }

    /** What is frozen costs no backward pass: nothing of it is recorded. */
    @Test
    void frozenParametersHaveNoGradient() {
        RunConfig config = Configs.of("transfer.freeze=3", "transfer.norms=statistics");
        try (Classifier model = Models.create("resnet18", new ModelOptions(3, 3, 32))) {
            TrainableParts parts = new TrainableParts(config, model);
            try (Optimizer optimizer = Optimizers.create(parts.rates(1), config.optimizer())) {
                assertThat(parts.enter(1, true, optimizer)).isPresent();
                assertThat(parts.enter(2, true, optimizer)).isEmpty();
                parts.train(false);
                Scope.run(() -> {
                    Tensor deep = model.features(new ModelInput(torch.ones(2, 3, 32, 32)));
                    deep.sum().backward();
                });
                model.state()
                        .parameters()
                        .forEach((name, parameter) ->
                                Scope.run(() -> assertThat(parameter.grad().defined())
                                        .as(name)
                                        .isEqualTo(name.startsWith("layer3.") || name.startsWith("layer4."))));
            }
            assertThatThrownBy(() -> new TrainableParts(Configs.of("transfer.freeze=6"), model))
                    .isInstanceOf(UsageException.class)
                    .hasMessageContaining("at most 5");
        }
    }

    @Test
    void fastaisHeadIsTrainedAndTravelsInTheBundle() {
        TrainResult result = train("transfer.fine_tune=true", "train.epochs=1", "model.head=concat_pool");
        assertThat(said()).contains("the classifier (head) is new");
        ModelBundle bundle = ModelBundle.read(result.run().resolve("bundle"));
        assertThat(bundle.options()).containsEntry("head", "concat_pool");
        assertThat(byName(bundle.readWeights())).containsKey("head.8.weight").doesNotContainKey("fc2.weight");
        assertThat(Evaluation.of(result.run(), Optional.empty(), "val", EvaluationListener.none())
                        .loss())
                .isCloseTo(Objects.requireNonNull(result.best().get("val_loss")), within(1e-2));
    }

    @Test
    void theOutputsOfKnownClassesAreTakenOver() throws IOException {
        List<String> ids = ImageNet.wordNetIds();
        Path thousand = weights(1000);
        String names =
                "classes.names={disc: " + ids.get(7) + ", square: " + ids.get(3) + ", stripes: " + ids.get(900) + "}";
        String[] settings = {
            "model.weights=" + thousand, "model.head_weights=published", "train.epochs=1", "optimizer.lr=1e-30", names
        };
        TrainResult result = train(settings);
        assertThat(said()).contains("of the published outputs the 3 of the classes were taken");
        ByteBuffer all =
                bytes(Objects.requireNonNull(byName(Safetensors.read(thousand)).get("fc2.bias")));
        ByteBuffer found = bytes(Objects.requireNonNull(
                byName(ModelBundle.read(result.run().resolve("bundle")).readWeights())
                        .get("fc2.bias")));
        List<Integer> sorted = List.of(3, 7, 900);
        for (int i = 0; i < 3; i++) {
            assertThat(found.getInt(4 * i)).isEqualTo(all.getInt(4 * sorted.get(i)));
        }
        settings[4] = "classes.names={disc: ball}";
        assertThatThrownBy(() -> train(settings))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("ball")
                .hasMessageContaining("stripes");
    }

    /** One channel instead of three: the sum over the published ones, and one mean and deviation, both said aloud. */
    @Test
    void anotherNumberOfChannelsIsAChoice() {
        ClassIndex classes = new ClassIndex(List.of("disc", "square", "stripes"));
        RunConfig exact = config("model.channels=1");
        RunConfig sum = config("model.channels=1", "model.input_weights=sum");
        RunConfig spread = config("model.channels=6", "model.input_weights=spread");
        try (Classifier grey = Models.create("light_cnn", new ModelOptions(3, 1, 32));
                Classifier six = Models.create("light_cnn", new ModelOptions(3, 6, 32))) {
            assertThatThrownBy(() -> StartingWeights.of(exact, e -> {}).loadInto(grey, exact, classes))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("model.input_weights");
            assertThat(StartingWeights.of(sum, e -> {})
                            .loadInto(grey, sum, classes)
                            .toString())
                    .contains("the one channel of the first layer has the sum over the published ones");
            assertThat(StartingWeights.of(spread, e -> {})
                            .loadInto(six, spread, classes)
                            .toString())
                    .contains("each of the 6 channels");
            Scope.run(() -> {
                double total = grey.state().tensor("conv1.weight").sum().item_double();
                assertThat(total)
                        .isCloseTo(sum(bytes(Objects.requireNonNull(published.get("conv1.weight")))), within(1e-4));
                assertThat(six.state().tensor("conv1.weight").sum().item_double())
                        .isCloseTo(total, within(1e-4));
            });
        }
        Normalization normalization =
                StartingWeights.of(sum, e -> {}).normalization(sum, events::add).orElseThrow();
        assertThat(said()).contains("each of the 1 channels gets their mean");
        assertThat(normalization.mean().get(0)).isCloseTo(0.5, within(1e-12));
        assertThat(normalization.std().get(0)).isCloseTo(0.25, within(1e-12));
    }

    private static double sum(ByteBuffer floats) {
        double sum = 0;
        for (var values = floats.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer(); values.hasRemaining(); ) {
            sum += values.get();
        }
        return sum;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "transfer.fine_tune=true|nothing to fine-tune",
                "transfer.fixed_statistics=true|no statistics yet",
                "transfer.fine_tune=true model.weights=w transfer.freeze=2|Two plans say what is frozen",
                "transfer.fine_tune=true model.weights=w transfer.freeze=2 transfer.unfreeze=[1:0]|transfer.unfreeze",
                "transfer.fine_tune=true model.weights=w train.progressive=[32:1]|Two plans divide the training",
                "transfer.fine_tune=true model.weights=w schedule.name=cosine|a schedule of its own",
                "transfer.freeze=all|Nothing can be frozen like that",
                "transfer.freeze=backbone transfer.unfreeze=[x]|cannot be read",
                "transfer.unfreeze=[1:2]|not in order",
                "transfer.freeze=3 transfer.unfreeze=[1:2,2:2]|not in order",
                "transfer.freeze=3 transfer.unfreeze=[2:2,1:1]|not in order",
                "transfer.freeze=3 transfer.unfreeze=[5:0]|not in order",
                "optimizer.layer_decay=0.7 optimizer.lr_spread=10|Two rules say how fast",
                "model.input_weights=sum|Only the weights of a one-channel network",
                "model.head_weights=published|no published head",
                "model.weights=w model.head_weights=published model.head=concat_pool|no published head"
            })
    void contradictionsAreRefused(String settings, String message) {
        assertThatThrownBy(() -> Configs.of(settings.split(" ", -1)))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "transfer.head_epochs=3|transfer.head_epochs",
                "transfer.norms=frozen|transfer.norms",
                "model.input_weights=spread|model.input_weights",
                "transfer.freeze=backbone|drawn at random",
                "transfer.fine_tune=true model.weights=w schedule.pct_start=0.5|settings of schedule have no effect"
            })
    void whatHasNoEffectIsSaid(String settings, String message) {
        assertThat(ConfigRules.advice(Configs.of(settings.split(" ", -1))).toString())
                .contains(message);
    }

    /** Rates that were named are kept; others become fastai's, also when a run.yaml is read again. */
    @Test
    void namedRatesAreKept() {
        RunConfig own = Configs.of("transfer.fine_tune=true", "model.weights=w", "optimizer.lr=0.01");
        assertThat(own.stages()).extracting(TrainStage::lr).containsExactly(0.01, 0.005);
        assertThat(own.optimizer().lr()).isEqualTo(0.01);
        assertThat(own.optimizer().lrSpread()).isEqualTo(100);
        RunConfig layers = Configs.of("transfer.fine_tune=true", "model.weights=w", "optimizer.layer_decay=0.8");
        assertThat(layers.optimizer().lr()).isEqualTo(2e-3);
        assertThat(layers.optimizer().lrSpread()).isEqualTo(1);
        String yaml = io.sichter.config.ConfigWriter.write(own);
        assertThat(ConfigReader.resolve(RunConfig.defaults(), List.of(new ConfigLayer.Document("run.yaml", yaml))))
                .isEqualTo(own);
    }
}
