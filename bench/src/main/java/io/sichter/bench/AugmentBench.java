package io.sichter.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.sichter.bench.Comparison.Better;
import io.sichter.config.TransformSpec;
import io.sichter.config.TransformsConfig;
import io.sichter.dataset.ClassIndex;
import io.sichter.dataset.Dataset;
import io.sichter.dataset.Sample;
import io.sichter.dataset.SampleSource;
import io.sichter.image.Image;
import io.sichter.image.UnreadableImageException;
import io.sichter.loader.DataLoader;
import io.sichter.loader.Epoch;
import io.sichter.loader.RandomSampler;
import io.sichter.random.SeedStream;
import io.sichter.text.Text;
import io.sichter.transform.Pipeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The loader with the whole augmentation of the course notes (flip, rotation, colours, resized crop, perspective) on one
 * core, beside the same chain of bare OpenCV calls on one core and torchvision's data path with two workers.
 */
@Command(name = "AugmentBench", mixinStandardHelpOptions = true, description = "Augmentation beside its peers.")
public final class AugmentBench implements Callable<Integer> {
    private static final double TARGET_OPENCV = 0.8;
    private static final double TARGET_TORCHVISION = 2.0;

    @Mixin
    private BenchOptions options = new BenchOptions();

    @Parameters(paramLabel = "FOLDER", description = "folder of pictures, a folder for each class")
    private Path folder = Path.of(".");

    @Option(names = "--image-size", description = "pixels (default: ${DEFAULT-VALUE})")
    private int imageSize = 224;

    @Option(names = "--without", split = ",", description = "leave out: torchvision")
    private List<String> without = List.of();

    @Option(names = "--peers", description = "folder with loader.py (default: environment SICHTER_PEERS)")
    private String peers = System.getenv().getOrDefault("SICHTER_PEERS", "");

    @Override
    public Integer call() throws Exception {
        opencv_core.setNumThreads(1);
        Dataset dataset = dataset();
        Pipeline pipeline = Pipeline.of(chain(), imageSize, 3);
        OpenCvChain opencv = new OpenCvChain(imageSize);
        try (DataLoader one = loader(dataset, pipeline, 0);
                DataLoader two = loader(dataset, pipeline, 2)) {
            Interleaved interleaved = Interleaved.of(
                            "augmentation of the notes, " + dataset.size() + " pictures to " + imageSize + " px",
                            "img/s",
                            Better.HIGHER)
                    .warmUp(2)
                    .side("sichter, 1 thread", () -> epoch(one))
                    .side("OpenCV calls, 1 thread", () -> opencv.perSecond(dataset))
                    .target("OpenCV calls, 1 thread", TARGET_OPENCV)
                    .side("sichter, 2 workers", () -> epoch(two));
            if (!without.contains("torchvision")) {
                interleaved
                        .side("torchvision, 2 workers", this::torchvision)
                        .target("torchvision, 2 workers", TARGET_TORCHVISION);
            }
            options.run(interleaved);
        }
        return 0;
    }

    /** The notes' chain without its first step: torchvision's peer script leaves the squashing resize out, too. */
    private static List<TransformSpec> chain() {
        List<TransformSpec> noted = TransformsConfig.preset("seed000").train();
        return noted.subList(1, noted.size());
    }

    private static DataLoader loader(Dataset dataset, Pipeline pipeline, int workers) {
        return DataLoader.builder(dataset, AugmentBench::decode, pipeline)
                .sampler(new RandomSampler(SeedStream.of(1)))
                .augmentSeed(SeedStream.of(2))
                .workers(workers)
                .build();
    }

    /** The very call of the other side, so that the two differ in the augmentation alone. */
    private static Image decode(byte[] bytes, String name) {
        Mat picture = opencv_imgcodecs.imdecode(new Mat(bytes), opencv_imgcodecs.IMREAD_COLOR_RGB);
        if (picture.empty()) {
            throw new UnreadableImageException(
                    UnreadableImageException.Reason.NOT_AN_IMAGE, name, Text.verbatim("not a picture"));
        }
        return Image.of(picture);
    }

    private static double epoch(DataLoader loader) {
        long start = System.nanoTime();
        int pictures = 0;
        try (Epoch epoch = loader.epoch(0, 0)) {
            while (epoch.hasNext()) {
                pictures += epoch.next().size();
            }
        }
        return pictures / ((System.nanoTime() - start) / 1e9);
    }

    private double torchvision() throws IOException {
        if (peers.isEmpty()) {
            throw new IllegalStateException("Set SICHTER_PEERS or --peers to the folder with loader.py,"
                    + " or leave the peer out with --without torchvision");
        }
        List<String> arguments = List.of(
                folder.toString(),
                "--size",
                Integer.toString(imageSize),
                "--augment",
                "seed000",
                "--workers",
                "2",
                "--repeat",
                "1");
        List<JsonNode> lines = PeerProcess.whole(
                "torchvision", PeerProcess.python(Path.of(peers).resolve("loader.py"), arguments));
        return lines.get(0).get("img_s").asDouble();
    }

    private Dataset dataset() throws IOException {
        List<Sample> samples = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String id = folder.relativize(file).toString().replace('\\', '/');
                samples.add(Sample.of(id, new SampleSource.FileSource(file), 0));
            }
        }
        return new Dataset(new ClassIndex(List.of("any")), samples);
    }

    /** Starts the benchmark. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new AugmentBench()).execute(args));
    }
}
