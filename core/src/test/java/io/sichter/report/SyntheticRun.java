package io.sichter.report;

import io.sichter.config.ConfigLayer;
import io.sichter.config.ConfigReader;
import io.sichter.config.ConfigWriter;
import io.sichter.config.RunConfig;
import io.sichter.run.PredictionsWriter;
import io.sichter.run.RunDirectory;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/** A run directory as training leaves it, without a training. */
final class SyntheticRun {
    /** Pictures of the first batch: {@link #batchColor} gives the colour of each. */
    static final int BATCH = 12;

    static final int SIZE = 24;

    private SyntheticRun() {}

    /** Names of classes, some of them long. */
    static List<String> names(int count) {
        String[] words = {"apple_pie", "chocolate_mousse_with_cream", "tea", "frozen_yogurt", "Käsespätzle"};
        return IntStream.range(0, count)
                .mapToObj(i -> words[i % words.length] + (count > words.length ? "_" + i : ""))
                .toList();
    }

    /** A run with so many classes and these metrics, whose network is right in about two of three cases. */
    static RunDirectory make(Path folder, List<String> classes, String metrics, int best) throws IOException {
        Path data = Files.createDirectories(folder.resolve("data"));
        RunDirectory run = new RunDirectory(Files.createDirectories(folder.resolve("run")));
        RunConfig config =
                ConfigReader.resolve(RunConfig.defaults(), List.of(ConfigLayer.assignment("data.path=" + data)));
        Files.writeString(run.config(), ConfigWriter.write(config));
        Files.writeString(run.classes(), String.join("\n", classes) + "\n");
        Files.writeString(run.metrics(), metrics);
        if (best > 0) {
            Path checkpoints = Files.createDirectories(run.checkpoints());
            Files.createDirectories(checkpoints.resolve("e%03d-s000010".formatted(best)));
            Files.writeString(checkpoints.resolve("best"), "e%03d-s000010\n".formatted(best));
        }
        writeBatch(run, classes);
        writePredictions(run, classes, data);
        return run;
    }

    /** Rows of a training that goes well. */
    static String metrics(int epochs) {
        StringBuilder csv = new StringBuilder(
                "epoch,train_loss,train_accuracy,train_f1_macro,val_loss,val_accuracy,val_f1_macro,lr\n");
        Random random = new Random(3);
        for (int e = 1; e <= epochs; e++) {
            double loss = 2.3 * Math.exp(-e / 12.0);
            double val = loss + 0.1 + 0.08 * random.nextDouble() + Math.max(0, e - 20) * 0.01;
            csv.append("%d,%s,%s,0.5,%s,%s,0.5,0.001\n"
                    .formatted(e, loss, 1 - loss / 2.5, e == 15 ? "" : val, 1 - val / 2.5));
        }
        return csv.toString();
    }

    static Color batchColor(int i) {
        return new Color(15 * i + 20, 255 - 15 * i, 128);
    }

    private static void writeBatch(RunDirectory run, List<String> classes) throws IOException {
        BufferedImage column = new BufferedImage(SIZE, BATCH * SIZE, BufferedImage.TYPE_INT_RGB);
        List<String> labels = new ArrayList<>(List.of("file,class"));
        for (int i = 0; i < BATCH; i++) {
            fill(column, batchColor(i), 0, i * SIZE);
            labels.add("some/picture-%d.png,%s".formatted(i, classes.get(i % classes.size())));
        }
        ImageIO.write(column, "png", run.firstBatch().toFile());
        Files.writeString(run.firstBatchLabels(), String.join("\n", labels) + "\n");
    }

    private static void writePredictions(RunDirectory run, List<String> classes, Path data) throws IOException {
        Random random = new Random(7);
        int count = classes.size();
        try (PredictionsWriter writer = new PredictionsWriter(run.predictions("val"), classes)) {
            for (int k = 0; k < count; k++) {
                byte[] picture = picture(k, count);
                Files.createDirectories(data.resolve(classes.get(k)));
                for (int n = 0; n < (count > 20 ? 8 : 25); n++) {
                    int guess = random.nextInt(3) > 0 ? k : random.nextInt(count);
                    float[] probabilities = new float[count];
                    probabilities[guess] = 0.5f + random.nextFloat() / 2;
                    String file = classes.get(k) + "/photo-" + n + ".png";
                    writer.add(file, k, guess, probabilities);
                    Files.write(data.resolve(file), picture);
                }
            }
            writer.commit();
        }
    }

    private static byte[] picture(int k, int classes) throws IOException {
        BufferedImage picture = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
        fill(picture, Color.getHSBColor((float) k / classes, 0.6f, 0.8f), 0, 0);
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(picture, "png", png);
        return png.toByteArray();
    }

    private static void fill(BufferedImage picture, Color color, int x, int y) {
        Graphics2D g = picture.createGraphics();
        g.setColor(color);
        g.fillRect(x, y, SIZE, SIZE);
        g.dispose();
    }
}
