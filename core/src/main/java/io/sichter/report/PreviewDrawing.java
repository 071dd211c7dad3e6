package io.sichter.report;

import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import io.sichter.image.DecodeLimits;
import io.sichter.image.Image;
import io.sichter.image.ImageDecoder;
import io.sichter.image.OpenCvDecoder;
import io.sichter.image.UnreadableImageException;
import io.sichter.text.Text;
import io.sichter.train.Preview;
import io.sichter.train.Sweep;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Draws what a training would make of its pictures, as a grid.
 *
 * @param language of the words in the picture
 */
public record PreviewDrawing(Locale language) {
    private static final List<String> ENDINGS = List.of(".png", ".svg");

    /**
     * Writes the grid as PNG and as SVG.
     *
     * @param out name of either file, or of both without an ending
     * @return both files
     * @throws UsageException if the name has another ending
     */
    public List<Path> write(Path out, Preview preview) {
        String name = name(out);
        Path folder = out.toAbsolutePath().getParent();
        Path near = out.getParent() == null ? Path.of("") : out.getParent();
        DrawingFiles.write(folder == null ? near : folder, name, grid(preview));
        return ENDINGS.stream().map(ending -> near.resolve(name + ending)).toList();
    }

    /**
     * The name of both files without their ending.
     *
     * @throws UsageException if it has another one
     */
    public static String name(Path out) {
        String name = String.valueOf(out.getFileName());
        int dot = name.lastIndexOf('.');
        if (dot > 0 && ENDINGS.contains(name.substring(dot).toLowerCase(Locale.ROOT))) {
            return name.substring(0, dot);
        }
        if (dot >= 0 || name.isBlank()) {
            throw new UsageException(Problem.of("preview.out", out));
        }
        return name;
    }

    PictureGrid grid(Preview preview) {
        List<Tile> tiles = preview.rows().stream()
                .flatMap(row -> row.shots().stream())
                .parallel()
                .map(this::tile)
                .toList();
        int columns = preview.rows().get(0).shots().size();
        if (preview.sweep().isEmpty()) {
            return new PictureGrid(say("report.preview"), subtitle(preview), tiles, columns);
        }
        List<Label> headings = preview.rows().stream()
                .map(row -> row.heading().isEmpty() ? say("report.preview.stored") : row.heading())
                .map(text -> Label.of(text, Typeface.semibold(15)))
                .toList();
        return new PictureGrid(say("report.preview.sweep"), sweepSubtitle(preview), tiles, columns, headings);
    }

    private String subtitle(Preview preview) {
        boolean mixed = preview.rows().stream()
                .flatMap(row -> row.shots().stream())
                .anyMatch(shot -> shot.kind() == Preview.Kind.MIXED);
        String words = say("report.preview.subtitle", Long.toString(preview.seed()));
        return mixed ? words + " " + say("report.preview.mixed") : words;
    }

    private String sweepSubtitle(Preview preview) {
        String values = preview.sweep()
                .map(sweep -> sweep.name() + ": "
                        + String.join(
                                ", ", sweep.values().stream().map(Sweep::text).toList()))
                .orElse("");
        return say("report.preview.sweep.subtitle", values, Long.toString(preview.seed()));
    }

    private Tile tile(Preview.Shot shot) {
        List<Label> lines = new ArrayList<>();
        switch (shot.kind()) {
            case STORED -> {
                lines.add(Grids.large(shot.classes().get(0).name(), Theme.TEXT));
                lines.add(Grids.small(shot.sample().id()));
            }
            case AUGMENTED ->
                lines.add(Label.of(say("report.preview.epoch", shot.epoch()), Typeface.regular(12.5f))
                        .color(Theme.MUTED));
            case MIXED ->
                shot.classes().forEach(share -> lines.add(new Grids(language).share(share.name(), share.share())));
        }
        return new Tile(picture(shot), lines, Tile.Mark.NONE);
    }

    private static @Nullable BufferedImage picture(Preview.Shot shot) {
        if (shot.kind() == Preview.Kind.STORED) {
            return stored(shot);
        }
        return shot.pixels()
                .map(pixels -> {
                    try (Image image =
                            Image.ofBytes(pixels.height(), pixels.width(), pixels.channels(), pixels.bytes())) {
                        return Bitmap.of(image, PictureGrid.PIXELS);
                    }
                })
                .orElse(null);
    }

    private static @Nullable BufferedImage stored(Preview.Shot shot) {
        ImageDecoder decoder = new OpenCvDecoder(DecodeLimits.defaults());
        try (Image image = decoder.decode(
                shot.sample().source().read(), shot.sample().source().location())) {
            return Bitmap.of(image, PictureGrid.PIXELS);
        } catch (IOException | UnreadableImageException e) {
            return null; // gone since it was looked at; its place stays empty
        }
    }

    private String say(String key, Object... arguments) {
        return Text.of(key, arguments).in(language);
    }
}
