package io.sichter.cli.doctor;

import io.sichter.config.ConfigLayer;
import io.sichter.config.ConfigReader;
import io.sichter.config.RunConfig;
import io.sichter.error.SichterException;
import io.sichter.storage.DurableFiles;
import io.sichter.train.StopSignal;
import io.sichter.train.TrainResult;
import io.sichter.train.Training;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;

/** The whole way in small: pictures are decoded, a tiny network takes a few steps, a run is saved. */
final class SelfTest {
    private static final int PER_CLASS = 10;
    private static final String YAML = """
            run_name: test
            model: {name: simple_cnn, image_size: 32}
            loader: {batch_size: 16}
            train: {epochs: 1}
            """;

    private SelfTest() {}

    static Finding run() {
        long begin = System.nanoTime();
        try {
            Path folder = Files.createTempDirectory("sichter-doctor-");
            try {
                TrainResult result = train(folder);
                double loss = result.best().getOrDefault("val_loss", Double.NaN);
                return Double.isFinite(loss)
                        ? Finding.ok(
                                "self_test",
                                String.format(Locale.ROOT, "%.4f", loss),
                                String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - begin) * 1e-9))
                        : Finding.problem("self_test", "not_finite", loss);
            } finally {
                DurableFiles.deleteTree(folder);
            }
        } catch (SichterException e) {
            return Finding.problem("self_test", "failed", e.problem().problem());
        } catch (IOException | RuntimeException | LinkageError e) {
            return Finding.problem("self_test", "failed", e.toString());
        }
    }

    private static TrainResult train(Path folder) throws IOException {
        Path pictures = folder.resolve("pictures");
        draw(Files.createDirectories(pictures.resolve("bright")), Color.ORANGE);
        draw(Files.createDirectories(pictures.resolve("dark")), Color.BLUE);
        RunConfig config = ConfigReader.resolve(
                RunConfig.defaults(),
                List.of(
                        new ConfigLayer.Document("doctor", YAML),
                        new ConfigLayer.Setting("doctor", "data.path", pictures.toString()),
                        new ConfigLayer.Setting(
                                "doctor", "runs_dir", folder.resolve("runs").toString())));
        return Training.start(config, new StopSignal(), List.of());
    }

    private static void draw(Path folder, Color colour) throws IOException {
        for (int i = 0; i < PER_CLASS; i++) {
            BufferedImage image = new BufferedImage(40, 36, BufferedImage.TYPE_INT_RGB);
            Graphics2D graphics = image.createGraphics();
            graphics.setColor(colour);
            graphics.fillOval(i, i, 24, 20);
            graphics.dispose();
            ImageIO.write(image, "png", folder.resolve(i + ".png").toFile());
        }
    }
}
