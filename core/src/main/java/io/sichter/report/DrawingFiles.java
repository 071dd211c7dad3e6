package io.sichter.report;

import io.sichter.storage.DurableFiles;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Writes a drawing as PNG and as SVG. */
final class DrawingFiles {
    private DrawingFiles() {}

    /** Writes {@code name.png} and {@code name.svg} and returns both. */
    static List<Path> write(Path folder, String name, Drawing drawing) {
        DurableFiles.makeFolder(folder);
        Path png = folder.resolve(name + ".png");
        Path svg = folder.resolve(name + ".svg");
        DurableFiles.write(png, Bitmap.png(pixels(drawing)));
        DurableFiles.write(svg, Svg.of(drawing));
        return List.of(png, svg);
    }

    /** Writes one file: an SVG if its name ends so, else a PNG. */
    static void write(Path file, Drawing drawing) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            DurableFiles.makeFolder(folder);
        }
        if (file.toString().toLowerCase(Locale.ROOT).endsWith(".svg")) {
            DurableFiles.write(file, Svg.of(drawing));
        } else {
            DurableFiles.write(file, Bitmap.png(pixels(drawing)));
        }
    }

    private static BufferedImage pixels(Drawing drawing) {
        int scale = drawing.scale();
        BufferedImage pixels = Bitmap.blank(drawing.width() * scale, drawing.height() * scale);
        Graphics2D g = pixels.createGraphics();
        g.scale(scale, scale);
        drawing.paint(g);
        g.dispose();
        return pixels;
    }
}
