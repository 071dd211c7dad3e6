package io.sichter.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.sichter.Configs;
import io.sichter.config.ConfigLayer;
import io.sichter.config.ConfigReader;
import io.sichter.config.RunConfig;
import io.sichter.error.DataException;
import io.sichter.error.UsageException;
import io.sichter.image.DecodeLimits;
import io.sichter.image.Image;
import io.sichter.image.OpenCvDecoder;
import io.sichter.image.UnreadableImageException;
import io.sichter.loss.CrossEntropy;
import io.sichter.model.Blueprint;
import io.sichter.random.SeedStream;
import io.sichter.report.InsidePlots;
import io.sichter.run.ModelBundle;
import io.sichter.storage.TensorBytes;
import io.sichter.tensor.NoGrad;
import io.sichter.tensor.Scope;
import io.sichter.train.StopSignal;
import io.sichter.train.TinyPictures;
import io.sichter.train.TrainResult;
import io.sichter.train.Training;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A network of one's own is trained, shipped, used and looked into. */
class InspectorTest {
    private static final String NET = """
            model:
              name: layers
              image_size: 32
              layers:
                - conv: {name: conv1, out: 8, kernel: 5, padding: 2}
                - batch_norm
                - relu
                - max_pool: 2
                - residual:
                    - conv: {out: 8, kernel: 3, padding: 1, bias: false}
                    - batch_norm
                - relu
                - flatten
                - linear: {name: fc, out: classes}
            """;

    @TempDir
    private static Path folder = Path.of("");

    private static Path pictures = Path.of("");
    private static Path run = Path.of("");

    @BeforeAll
    static void train() throws IOException {
        pictures = TinyPictures.drawSplit(folder.resolve("pictures"), 12, 4);
        TrainResult result = Training.start(
                ConfigReader.resolve(
                        RunConfig.defaults(),
                        List.of(
                                new ConfigLayer.Document("net.yaml", NET),
                                ConfigLayer.assignment("data.path=" + pictures),
                                ConfigLayer.assignment("runs_dir=" + folder.resolve("runs")),
                                ConfigLayer.assignment("train.epochs=4"),
                                ConfigLayer.assignment("optimizer.lr=0.01"),
                                ConfigLayer.assignment("loader.batch_size=6"),
                                ConfigLayer.assignment("loader.workers=0"))),
                new StopSignal(),
                List.of());
        run = result.run();
    }

    @Test
    void aNetworkOfOnesOwnTrainsAndTravelsInItsBundle() throws IOException {
        double first = Double.parseDouble(trainLoss(1));
        assertThat(Double.parseDouble(trainLoss(4))).isLessThan(first);
        assertThat(Files.readString(run.resolve("run.yaml")))
                .contains("- conv: {kernel: 5, name: conv1, out: 8, padding: 2}");
        Path bundle = folder.resolve("moved");
        ModelBundle.read(run.resolve("bundle")).write(bundle);
        Path picture = pictures.resolve("val/disc/disc0.png");
        try (Predictor ofRun = Predictor.open(run);
                Predictor ofBundle = Predictor.open(bundle)) {
            assertThat(ofBundle.predict(picture)).isEqualTo(ofRun.predict(picture));
        }
        assertThat(Evaluation.of(run, Optional.empty(), "val", EvaluationListener.none())
                        .samples())
                .isEqualTo(12);
        assertThat(Blueprints.of(bundle).graph()).isEqualTo(Blueprints.of(run).graph());
    }

    private static String trainLoss(int epoch) throws IOException {
        List<String> lines = Files.readAllLines(run.resolve("metrics.csv"));
        int column = List.of(lines.get(0).split(",", -1)).indexOf("train_loss");
        return lines.get(epoch).split(",", -1)[column];
    }

    @Test
    void filtersAreTheFirstWeights() {
        try (Inspector inspector = Inspector.ofRun(run)) {
            Filters filters = inspector.filters();
            assertThat(filters.layer()).isEqualTo("conv1");
            assertThat(filters.values()).hasSize(8 * 3 * 5 * 5);
            TensorBytes stored = ModelBundle.read(run.resolve("bundle")).readWeights().stream()
                    .filter(tensor -> tensor.name().equals("conv1.weight"))
                    .findFirst()
                    .orElseThrow();
            float[] weights = new float[filters.values().length];
            stored.bytes()
                    .duplicate()
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer()
                    .get(weights);
            assertThat(filters.values()).isEqualTo(weights); // as they were learnt, nothing folded into them
        }
    }

    /** A step against the gradient of some filter makes the loss smaller by what the gradient promises. */
    @Test
    void gradientsSayHowTheLossChanges() {
        Path picture = pictures.resolve("val/square/square1.png");
        try (Inspector inspector = Inspector.ofRun(run);
                LoadedModel other = LoadedModel.asTrained(run)) {
            Inspector.Gradients gradients = inspector.gradients(picture, Optional.empty());
            assertThat(gradients.guessed()).isZero(); // the folder says what it is
            float[] values = gradients.filters().values();
            double squares = IntStream.range(0, values.length)
                    .mapToDouble(i -> (double) values[i] * values[i])
                    .sum();
            double step = 0.01 / Math.sqrt(squares);
            double before = loss(other, picture, values, 0);
            double after = loss(other, picture, values, -step);
            assertThat(before - after).isCloseTo(step * squares, withinPercentage(15));

            Inspector.Gradients again = inspector.gradients(picture, Optional.of("disc"));
            assertThat(again.filters().values()).isNotEqualTo(values);
            assertThatThrownBy(() -> inspector.gradients(picture, Optional.of("disk")))
                    .isInstanceOf(UsageException.class)
                    .hasMessageContaining("Did you mean \"disc\"");
        }
    }

    /** The loss for a square after the first filters were moved along a direction. */
    private static double loss(LoadedModel loaded, Path picture, float[] direction, double step) {
        return NoGrad.call(() -> Scope.call(() -> {
            Tensor weight = loaded.model().state().tensor("conv1.weight");
            Tensor change = Tensor.create(direction, weight.shape()).mul(new Scalar(step));
            weight.add_(change);
            byte[] bytes;
            try {
                bytes = Files.readAllBytes(picture);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            Image image = loaded.pipeline().apply(decoded(bytes), SeedStream.of(0));
            Tensor logits = loaded.model().forward(loaded.input(image));
            double loss = new CrossEntropy()
                    .compute(logits, Tensor.create(new long[] {1}))
                    .item_double();
            weight.sub_(change);
            return loss;
        }));
    }

    private static Image decoded(byte[] bytes) {
        try {
            return new OpenCvDecoder(DecodeLimits.defaults()).decode(bytes, "square");
        } catch (UnreadableImageException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aFoldersGradientIsTheMeanOfItsPictures() throws IOException {
        try (Inspector inspector = Inspector.ofRun(run)) {
            Inspector.Gradients all = inspector.gradients(pictures.resolve("val"), Optional.empty());
            assertThat(all.pictures()).isEqualTo(12);
            double[] mean = new double[all.filters().values().length];
            for (String name : List.of("disc", "square", "stripes")) {
                for (int i = 0; i < 4; i++) {
                    Path picture = pictures.resolve("val").resolve(name).resolve(name + i + ".png");
                    float[] one = inspector
                            .gradients(picture, Optional.empty())
                            .filters()
                            .values();
                    for (int k = 0; k < mean.length; k++) {
                        mean[k] += one[k] / 12;
                    }
                }
            }
            for (int k = 0; k < mean.length; k++) {
                assertThat((double) all.filters().values()[k]).isCloseTo(mean[k], within(1e-5));
            }
        }
    }

    @Test
    void mapsAreWhatLayersGive() {
        Path picture = pictures.resolve("val/disc/disc1.png");
        try (Inspector inspector = Inspector.ofRun(run)) {
            List<FeatureMaps> each = inspector.featureMaps(picture, List.of());
            assertThat(each.stream().map(maps -> maps.layer() + " " + maps.width()))
                    .containsExactly("2 32", "5 16");
            FeatureMaps norm = inspector.featureMaps(picture, List.of("1")).get(0);
            FeatureMaps relu = each.get(0);
            assertThat(norm.count()).isEqualTo(8);
            boolean negative = false;
            for (int i = 0; i < norm.values().length; i++) {
                negative |= norm.values()[i] < 0; // copied before the activation wrote over it
                assertThat(relu.values()[i]).isEqualTo(Math.max(norm.values()[i], 0));
            }
            assertThat(negative).isTrue();
            assertThatThrownBy(() -> inspector.featureMaps(picture, List.of("conv2")))
                    .hasMessageContaining("Did you mean \"conv1\"");
            assertThatThrownBy(() -> inspector.featureMaps(picture, List.of("fc")))
                    .hasMessageContaining("no maps");
            assertThatThrownBy(() -> inspector.featureMaps(run.resolve("run.yaml"), List.of()))
                    .isInstanceOf(DataException.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "simple_cnn, conv1, 3, '32,16,8'",
        "vit_tiny_patch16_224, patch_embed.proj, 16, '2'",
        "convnext_tiny, features.0.0, 4, '8,4,2'",
        "xresnet18, 0.0, 3, '16,8,4,2'",
        "mobilenet_v3_small, features.0.0, 3, '16,8,4,2'"
    })
    void everyKindOfNetworkCanBeLookedInto(String name, String layer, int size, String maps) {
        int imageSize = 32;
        try (Inspector inspector = Inspector.ofFresh(Blueprint.of(
                Configs.of("model.name=" + name, "model.image_size=" + imageSize, "model.stem=imagenet")
                        .model(),
                3))) {
            assertThat(inspector.filters().layer()).isEqualTo(layer);
            assertThat(inspector.filters().size()).isEqualTo(size);
            List<FeatureMaps> found = inspector.featureMaps(pictures.resolve("val/disc/disc1.png"), List.of());
            assertThat(found.stream().map(map -> Integer.toString(map.width()))).containsExactly(maps.split(",", -1));
        }
    }

    @Test
    void drawingsShowEveryFilterAndMap() throws IOException {
        List<Path> files = new ArrayList<>();
        Path picture = pictures.resolve("val/disc/disc1.png");
        InsidePlots plots = new InsidePlots(Locale.ENGLISH);
        try (Inspector inspector = Inspector.ofRun(run)) {
            Filters filters = inspector.filters();
            for (String ending : List.of("png", "svg")) {
                Path file = folder.resolve("drawings/filters." + ending);
                plots.filters(filters, Optional.of(inspector.gradients(picture, Optional.empty())), file);
                files.add(file);
                Path maps = folder.resolve("drawings/maps." + ending);
                plots.featureMaps(
                        inspector.featureMaps(picture, List.of("conv1")).get(0), inspector.prepared(picture), maps);
                files.add(maps);
            }
            assertThat(Files.readString(files.get(2)).split("<image", -1)).hasSize(1 + 8 + 8);
            assertThat(Files.readString(files.get(3)).split("<image", -1)).hasSize(1 + 1 + 8);
            BufferedImage png = ImageIO.read(files.get(0).toFile());
            float red = filters.value(0, 0, 0, 0) / filters.largest(0);
            assertThat(((png.getRGB(66, 186) >> 16) & 0xFF) / 127.5 - 1)
                    .isCloseTo(red, within(0.01)); // the first pixel
            assertThatThrownBy(() -> plots.filters(filters, Optional.empty(), folder.resolve("filters.jpg")))
                    .hasMessageContaining(".svg or .png");
        }
    }
}
