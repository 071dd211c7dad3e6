package io.sichter.cli;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

/** A few small pictures of one colour for each class, and ways to spoil them. */
final class SmallPictures {
    private static final int PER_CLASS = 10;
    private static final Map<String, Color> COLOURS =
            Map.of("red", Color.RED, "blue", Color.BLUE, "green", Color.GREEN);

    private SmallPictures() {}

    /** Draws {@code pictures/<class>/<n>.png}. */
    static void draw(Path folder, String... classes) throws IOException {
        drawInto(folder.resolve("pictures"), List.of(classes));
    }

    /** Draws {@code pictures/{train,val}/<class>/<n>.png}. */
    static void drawSplit(Path folder, List<String> train, List<String> val) throws IOException {
        drawInto(folder.resolve("pictures/train"), train);
        drawInto(folder.resolve("pictures/val"), val);
    }

    private static void drawInto(Path root, List<String> classes) throws IOException {
        for (String name : classes) {
            Path folder = Files.createDirectories(root.resolve(name));
            for (int i = 0; i < PER_CLASS; i++) {
                BufferedImage image = new BufferedImage(24, 20, BufferedImage.TYPE_INT_RGB);
                Graphics2D graphics = image.createGraphics();
                graphics.setColor(COLOURS.get(name));
                graphics.fillRect(i, i, 12, 8);
                graphics.dispose();
                ImageIO.write(image, "png", folder.resolve(i + ".png").toFile());
            }
        }
    }

    /** The first half. */
    static byte[] truncated(byte[] png) {
        return Arrays.copyOf(png, png.length / 2);
    }

    /** A PNG whose header promises 60,000 x 60,000 pixels. */
    static byte[] enormous(byte[] png) {
        byte[] changed = png.clone();
        ByteBuffer buffer = ByteBuffer.wrap(changed);
        buffer.putInt(16, 60_000).putInt(20, 60_000); // IHDR: width, height
        CRC32 crc = new CRC32();
        crc.update(changed, 12, 17); // "IHDR" and its 13 bytes
        buffer.putInt(29, (int) crc.getValue());
        return changed;
    }

    /** Turns bits in the middle of every file of weights below a folder. */
    static void damage(Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path file :
                    walk.filter(f -> f.toString().endsWith(".safetensors")).toList()) {
                byte[] bytes = Files.readAllBytes(file);
                bytes[bytes.length / 2] ^= 0x55;
                Files.write(file, bytes);
            }
        }
    }

    /** Copies a tree. */
    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> walk = Files.walk(from)) {
            for (Path source : walk.toList()) {
                Path target = to.resolve(from.relativize(source));
                if (Files.isDirectory(source)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(source, target);
                }
            }
        }
    }
}
