package io.sichter.train;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;

/** A small data set for tests: discs, squares and stripes on noise, which a small network tells apart in seconds. */
public final class TinyPictures {
    private static final String[] CLASSES = {"disc", "square", "stripes"};

    private TinyPictures() {}

    /** Draws {@code root/{train,val}/<class>/*.png}. */
    public static Path drawSplit(Path root, int train, int val) throws IOException {
        draw(root.resolve("train"), train, 1);
        draw(root.resolve("val"), val, 2);
        return root;
    }

    /** Draws {@code root/<class>/*.png}. */
    public static Path draw(Path root, int perClass, long seed) throws IOException {
        Random random = new Random(seed);
        for (String name : CLASSES) {
            Path folder = Files.createDirectories(root.resolve(name));
            for (int i = 0; i < perClass; i++) {
                ImageIO.write(
                        picture(name, random),
                        "png",
                        folder.resolve(name + i + ".png").toFile());
            }
        }
        return root;
    }

    private static BufferedImage picture(String name, Random random) {
        int width = 36 + random.nextInt(12);
        int height = 36 + random.nextInt(12);
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < width * height; i++) {
            image.setRGB(i % width, i / width, 0x010101 * (60 + random.nextInt(60)));
        }
        Graphics2D g = image.createGraphics();
        g.setColor(Color.getHSBColor(random.nextFloat(), 0.6f, 1f));
        int size = 16 + random.nextInt(10);
        int x = random.nextInt(width - size);
        int y = random.nextInt(height - size);
        switch (name) {
            case "disc" -> g.fillOval(x, y, size, size);
            case "square" -> g.fillRect(x, y, size, size);
            default -> {
                for (int k = 0; k < size; k += 6) {
                    g.fillRect(x, y + k, size, 3);
                }
            }
        }
        g.dispose();
        return image;
    }
}
