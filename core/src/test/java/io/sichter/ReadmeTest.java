package io.sichter;

import static org.assertj.core.api.Assertions.assertThat;

import io.sichter.evaluate.EvaluationResult;
import io.sichter.evaluate.Prediction;
import io.sichter.evaluate.Predictor;
import io.sichter.train.TinyPictures;
import io.sichter.train.TrainResult;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's Java is this class's Java, and it works. */
class ReadmeTest {
    @TempDir
    Path folder;

    @Test
    void theReadmeShowsTheCodeThatIsTestedHere() throws IOException {
        String readme = Files.readString(Path.of("../README.md"));
        String shown = readme.substring(readme.indexOf("```java\n") + 8);
        shown = shown.substring(0, shown.indexOf("```"));
        String source = Files.readString(Path.of("src/test/java/io/sichter/ReadmeTest.java"));
        List<String> lines = source.lines().map(String::strip).toList();
        for (String line : shown.lines().map(String::strip).toList()) {
            assertThat(lines).contains(line.replace("System.out.println(", "said.append("));
        }
    }

    @Test
    void trainsJudgesAndPredicts() throws IOException {
        Path data = TinyPictures.draw(folder.resolve("data"), 12, 3);
        Path photo = data.resolve("disc/disc0.png");
        StringBuilder said = new StringBuilder();
        TrainResult result = Sichter.train(data)
                .runsDir(folder.resolve("runs"))
                .model("resnet18")
                .imageSize(64)
                .epochs(5)
                .optimizer("adamw", 1e-3)
                .seed(42)
                .run();
        EvaluationResult quality = Sichter.evaluate(result.run());
        try (Predictor predictor = Sichter.predictor(result.run().resolve("bundle"))) {
            Prediction prediction = predictor.predict(photo);
            said.append(prediction.label() + " " + prediction.probability() + ", accuracy " + quality.accuracy());
        }
        assertThat(said.toString()).contains("accuracy " + result.best().get("val_accuracy"));
        assertThat(quality.samples()).isEqualTo(7); // a fifth of 36, by largest remainder
    }

    @Test
    void aPredictorTakesAllKindsOfPicturesFromManyThreadsAndABundleWorksWhereverItIs() throws IOException {
        Path data = TinyPictures.draw(folder.resolve("data"), 10, 3);
        Path photo = data.resolve("square/square3.png");
        Path run = Sichter.train(data)
                .runsDir(folder.resolve("runs"))
                .model("simple_cnn")
                .imageSize(16)
                .epochs(1)
                .run()
                .run();
        Path moved = folder.resolve("moved");
        Files.createDirectories(moved);
        for (String name : List.of("model.yaml", "model.safetensors")) {
            Files.copy(run.resolve("bundle").resolve(name), moved.resolve(name));
        }
        io.sichter.storage.DurableFiles.deleteTree(run);
        byte[] bytes = Files.readAllBytes(photo);
        BufferedImage picture = ImageIO.read(photo.toFile());
        try (Predictor predictor = Sichter.predictor(moved)) {
            Prediction expected = predictor.predict(photo);
            assertThat(expected.top()).hasSize(3);
            assertThat(expected.top().stream()
                            .mapToDouble(Prediction.ClassProbability::probability)
                            .sum())
                    .isBetween(0.999999, 1.000001);
            assertThat(predictor.predict(bytes)).isEqualTo(expected);
            assertThat(predictor.predict(new ByteArrayInputStream(bytes))).isEqualTo(expected);
            assertThat(predictor.predict(picture)).isEqualTo(expected);
            assertThat(IntStream.range(0, 64).parallel().mapToObj(i -> predictor.predict(bytes)))
                    .allMatch(expected::equals);
        }
    }
}
