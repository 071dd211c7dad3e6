package io.sichter.report;

import io.sichter.evaluate.ExplainMethod;
import io.sichter.evaluate.Explanation;
import io.sichter.storage.DurableFiles;
import io.sichter.text.Text;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Draws an explanation: the picture as the network sees it, and beside it the same picture under its map, in which what
 * matters glows and the rest is dark.
 *
 * @param language of the words
 */
public record ExplanationPicture(Locale language) {
    private static final Color HOT = new Color(0xFFE27A);

    /**
     * Writes {@code name.png} and {@code name.svg} into a folder.
     *
     * @param title above the pictures
     * @return both files
     */
    public List<Path> write(Path folder, String name, String title, Explanation explanation) {
        DurableFiles.makeFolder(folder);
        return DrawingFiles.write(folder, name, drawing(title, explanation));
    }

    Drawing drawing(String title, Explanation explanation) {
        Numbers numbers = new Numbers(language);
        String guess = explanation.prediction().label() + "  "
                + numbers.percent(explanation.prediction().probability(), 1);
        List<Label> seen = List.of(
                Label.of(guess, Typeface.semibold(13.5f)),
                Label.of(say("report.explain.seen"), Typeface.regular(11.5f)).color(Theme.MUTED));
        List<Label> why = new ArrayList<>(List.of(
                Label.of(
                        explanation.method() == ExplainMethod.ATTENTION
                                ? say("report.explain.attention")
                                : say("report.explain.for", explanation.explained()),
                        Typeface.semibold(13.5f)),
                Label.of(explanation.method().word(), Typeface.regular(11.5f)).color(Theme.MUTED)));
        explanation
                .score()
                .ifPresent(score -> why.add(Label.of(
                                say(
                                        "report.explain.score",
                                        numbers.percent(score.deletion(), 0),
                                        numbers.percent(score.insertion(), 0)),
                                Typeface.regular(11.5f))
                        .color(Theme.MUTED)));
        List<Tile> tiles = List.of(
                new Tile(plain(explanation), seen, Tile.Mark.NONE),
                new Tile(glowing(explanation), why, Tile.Mark.NONE));
        return new PictureGrid(title, "", tiles, 2);
    }

    static BufferedImage plain(Explanation explanation) {
        return painted(explanation, (rgb, heat) -> rgb);
    }

    static BufferedImage glowing(Explanation explanation) {
        return painted(explanation, (rgb, heat) -> {
            Color glow = Theme.mix(Theme.WRONG, HOT, heat);
            Color dim = Theme.mix(Color.BLACK, rgb, 0.45 + 0.55 * heat);
            return Theme.mix(dim, glow, 0.6 * heat);
        });
    }

    @FunctionalInterface
    private interface Paint {
        Color of(Color pixel, double heat);
    }

    private static BufferedImage painted(Explanation explanation, Paint paint) {
        int height = explanation.map().height();
        int width = explanation.map().width();
        int channels = explanation.channels();
        byte[] pixels = explanation.pixels();
        BufferedImage picture = Bitmap.blank(width, height);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int place = (y * width + x) * channels;
                int red = pixels[place] & 0xFF;
                int green = channels < 3 ? red : pixels[place + 1] & 0xFF;
                int blue = channels < 3 ? red : pixels[place + 2] & 0xFF;
                Color color =
                        paint.of(new Color(red, green, blue), explanation.map().at(y, x));
                picture.setRGB(x, y, color.getRGB());
            }
        }
        return picture;
    }

    private String say(String key, Object... arguments) {
        return Text.of(key, arguments).in(language);
    }
}
