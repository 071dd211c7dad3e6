package io.sichter.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sichter.Sichter;
import io.sichter.config.ConfigLayer;
import io.sichter.config.ConfigReader;
import io.sichter.config.RunConfig;
import io.sichter.config.TransformSpec;
import io.sichter.error.UsageException;
import io.sichter.event.TrainEvent;
import io.sichter.image.DecodeLimits;
import io.sichter.image.Image;
import io.sichter.image.OpenCvDecoder;
import io.sichter.random.SeedStream;
import io.sichter.run.RunDirectory;
import io.sichter.train.AugmentationPreview.Amount;
import io.sichter.train.Preview.Kind;
import io.sichter.train.Preview.Shot;
import io.sichter.transform.Pipeline;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a preview shows is what a training gets. */
class AugmentationPreviewTest {
    private static final int SIZE = 24;

    @TempDir
    static Path folder;

    private static Path pictures;

    @BeforeAll
    static void draw() throws IOException {
        pictures = TinyPictures.drawSplit(folder.resolve("pictures"), 8, 3);
    }

    private static RunConfig config(String... settings) {
        Map<String, ConfigLayer> layers = new LinkedHashMap<>();
        Stream.concat(
                        Stream.of(
                                "data.path=" + pictures,
                                "model.name=simple_cnn",
                                "model.image_size=" + SIZE,
                                "runtime.threads=1",
                                "runtime.precision=fp32",
                                "transforms=seed000",
                                "seed=5"),
                        Stream.of(settings))
                .forEach(text -> layers.put(text.substring(0, text.indexOf('=')), ConfigLayer.assignment(text)));
        return ConfigReader.resolve(RunConfig.defaults(), List.copyOf(layers.values()));
    }

    /** The pixels from first principles: the picture, the list, and the stream of seed, epoch and sample. */
    private static byte[] expected(RunConfig config, List<TransformSpec> specs, Shot shot) throws IOException {
        SeedStream stream = SeedStream.of(config.seed())
                .derive("augment")
                .derive(shot.epoch())
                .derive(shot.sample().id());
        byte[] file = Files.readAllBytes(pictures.resolve(shot.sample().id()));
        try (Image decoded = new OpenCvDecoder(DecodeLimits.defaults()).decode(file, "x");
                Image image = Pipeline.of(specs, SIZE, 3).apply(decoded, stream)) {
            return image.toBytes();
        }
    }

    @Test
    void thePixelsAreThoseOfSeedEpochAndSampleAndClassesHaveTheirOwnPolicy() throws IOException {
        RunConfig config = config("transforms.per_class={disc: [{resize: {size: [24, 24]}}, {random_invert: {p: 1}}]}");
        Preview preview = AugmentationPreview.of(config, new Amount(5, 3), event -> {});
        assertThat(preview.rows()).hasSize(5);
        assertThat(preview.rows().stream()
                        .map(row -> row.shots().get(0).sample().target()))
                .as("of as many classes as possible")
                .containsExactly(0, 0, 1, 1, 2);
        int compared = 0;
        for (Preview.Row row : preview.rows()) {
            assertThat(row.shots().stream().map(Shot::kind))
                    .containsExactly(Kind.STORED, Kind.AUGMENTED, Kind.AUGMENTED, Kind.AUGMENTED);
            for (Shot shot : row.shots().subList(1, 4)) {
                boolean disc = shot.classes().get(0).name().equals("disc");
                List<TransformSpec> specs = disc
                        ? config.transforms().perClass().getOrDefault("disc", List.of())
                        : config.transforms().train();
                assertThat(shot.pixels().orElseThrow().bytes())
                        .as(shot.sample().id() + " " + shot.epoch())
                        .isEqualTo(expected(config, specs, shot));
                compared++;
            }
            byte[] first = row.shots().get(1).pixels().orElseThrow().bytes();
            byte[] second = row.shots().get(2).pixels().orElseThrow().bytes();
            boolean disc = row.shots().get(0).sample().target() == 0;
            assertThat(java.util.Arrays.equals(first, second))
                    .as("inverting draws nothing")
                    .isEqualTo(disc);
        }
        assertThat(compared).isEqualTo(15);
        assertThat(Files.exists(folder.resolve("runs"))).isFalse();
    }

    @Test
    void mixedPicturesAreThoseOfTheRunsFirstBatchWithTheirShares() throws IOException {
        String[] mixing = {
            "mix.mixup=0.4",
            "mix.cutmix=1",
            "mix.share=0.3",
            "loader.batch_size=10",
            "train.epochs=1",
            "runs_dir=" + folder.resolve("mixed-runs"),
            "run_name=mixed"
        };
        Preview preview = AugmentationPreview.of(config(mixing), new Amount(10, 1), event -> {});
        Training.start(
                config(mixing), new StopSignal(), List.of(), new io.sichter.report.Plots(java.util.Locale.ENGLISH));
        RunDirectory run = new RunDirectory(folder.resolve("mixed-runs/mixed"));
        List<String> lines = Files.readAllLines(run.firstBatchLabels());
        assertThat(lines.get(0)).isEqualTo("file,class,share,other");
        BufferedImage kept = ImageIO.read(run.firstBatch().toFile());
        Map<String, Shot> shown = preview.rows().stream()
                .map(row -> row.shots().get(2))
                .collect(Collectors.toMap(shot -> shot.sample().id(), shot -> shot));
        assertThat(shown).hasSize(10);
        int mixed = 0;
        for (int i = 0; i < 10; i++) {
            String[] cells = lines.get(i + 1).split(",", -1);
            Shot shot = java.util.Objects.requireNonNull(shown.get(cells[0]));
            assertThat(shot.kind()).isEqualTo(Kind.MIXED);
            assertThat(shot.pixels().orElseThrow().bytes()).isEqualTo(rgb(kept.getSubimage(0, i * SIZE, SIZE, SIZE)));
            assertThat(shot.classes().get(0).name()).isEqualTo(cells[1]);
            assertThat(shot.classes().get(0).share()).isCloseTo(Double.parseDouble(cells[2]), within(1e-6));
            if (!cells[3].isEmpty()) {
                assertThat(shot.classes().get(1).name()).isEqualTo(cells[3]).isNotEqualTo(cells[1]);
                assertThat(shot.classes().get(1).share()).isCloseTo(1 - Double.parseDouble(cells[2]), within(1e-6));
                mixed++;
            }
        }
        assertThat(mixed).isPositive();
        assertThat(run.plots().resolve("train_batch.png")).exists();
    }

    @Test
    void inAComparisonOnlyTheValueDiffers() throws IOException {
        Sweep sweep = Sweep.parse("RandomRotation.degrees=0, 45");
        List<TrainEvent> events = new ArrayList<>();
        Preview preview = AugmentationPreview.sweep(config(), sweep, new Amount(3, 2), events::add);
        assertThat(preview.rows().stream().map(Preview.Row::heading))
                .containsExactly("", "random_rotation.degrees = 0", "random_rotation.degrees = 45");
        assertThat(preview.rows()).allSatisfy(row -> assertThat(row.shots()).hasSize(6));
        assertThat(events)
                .noneMatch(e ->
                        e instanceof TrainEvent.Advice a && a.text().toString().contains("alone"));
        for (int row = 1; row <= 2; row++) {
            RunConfig changed = sweep.apply(config(), sweep.values().get(row - 1));
            assertThat(changed.transforms().train())
                    .hasSameSizeAs(config().transforms().train());
            for (Shot shot : preview.rows().get(row).shots()) {
                assertThat(shot.pixels().orElseThrow().bytes())
                        .isEqualTo(expected(config(), changed.transforms().train(), shot));
            }
        }
        for (int i = 0; i < 6; i++) {
            assertThat(preview.rows()
                            .get(1)
                            .shots()
                            .get(i)
                            .pixels()
                            .orElseThrow()
                            .bytes())
                    .isNotEqualTo(preview.rows()
                            .get(2)
                            .shots()
                            .get(i)
                            .pixels()
                            .orElseThrow()
                            .bytes());
        }
    }

    @Test
    void whatTheTrainingDoesNotUseIsComparedAlone() throws IOException {
        List<TrainEvent> events = new ArrayList<>();
        Sweep sweep = Sweep.parse("random_resized_crop.scale=[0.2, 0.2], [1, 1]");
        RunConfig config = config("transforms.train=[{resize: {size: [24, 24]}}, {random_horizontal_flip: {p: 1}}]");
        Preview preview = AugmentationPreview.sweep(config, sweep, new Amount(2, 1), events::add);
        assertThat(events)
                .anyMatch(e ->
                        e instanceof TrainEvent.Advice a && a.text().toString().contains("alone"));
        List<TransformSpec> alone = new ArrayList<>(config.transforms().eval());
        alone.add(TransformSpec.of("random_resized_crop", Map.of("size", "image_size", "scale", List.of(1, 1))));
        for (Shot shot : preview.rows().get(2).shots()) {
            assertThat(shot.pixels().orElseThrow().bytes()).isEqualTo(expected(config, alone, shot));
        }
    }

    @Test
    void mistakesAreSaidBeforeThePicturesAreRead() {
        for (String text : List.of("RandomRotation", "RandomRotation.degrees=", "degrees=5", "a.b=]", "a.b=1]}}, x")) {
            assertThatThrownBy(() -> Sweep.parse(text)).as(text).isInstanceOf(UsageException.class);
        }
        RunConfig nowhere = config("data.path=nowhere");
        for (Map.Entry<String, String> wrong : Map.of(
                        "RandomRotatoin.degrees=5", "random_rotation",
                        "RandomRotation.degree=5", "degrees",
                        "RandomRotation.degrees=5,400", "400")
                .entrySet()) {
            assertThatThrownBy(() -> AugmentationPreview.sweep(
                            nowhere, Sweep.parse(wrong.getKey()), new Amount(1, 1), event -> {}))
                    .isInstanceOf(UsageException.class)
                    .hasMessageContaining(wrong.getValue());
        }
        assertThatThrownBy(() -> new Amount(0, 1)).isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> new Amount(1, 21)).isInstanceOf(UsageException.class);
    }

    @Test
    void theLibraryDrawsIt() {
        List<Path> files = Sichter.train(pictures)
                .model("simple_cnn")
                .imageSize(SIZE)
                .set("transforms", "seed000")
                .preview(folder.resolve("grid.png"));
        assertThat(files).containsExactly(folder.resolve("grid.png"), folder.resolve("grid.svg"));
        assertThat(files).allSatisfy(file -> assertThat(file).isNotEmptyFile());
    }

    private static byte[] rgb(BufferedImage image) {
        byte[] bytes = new byte[image.getWidth() * image.getHeight() * 3];
        for (int i = 0; i < bytes.length / 3; i++) {
            int pixel = image.getRGB(i % image.getWidth(), i / image.getWidth());
            bytes[3 * i] = (byte) (pixel >> 16);
            bytes[3 * i + 1] = (byte) (pixel >> 8);
            bytes[3 * i + 2] = (byte) pixel;
        }
        return bytes;
    }
}
