package io.sichter.report;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import io.sichter.image.DecodeLimits;
import io.sichter.image.Image;
import io.sichter.image.ImageDecoder;
import io.sichter.image.OpenCvDecoder;
import io.sichter.image.UnreadableImageException;
import io.sichter.run.PredictionRow;
import io.sichter.run.RunDirectory;
import io.sichter.storage.DurableFiles;
import io.sichter.text.Text;
import java.awt.Color;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes grids of pictures: what the network was first trained on, and what it says of pictures it did not learn from. */
final class Grids {
    private static final int BATCH_COLUMNS = 8;
    private static final int PREDICTION_COLUMNS = 6;
    private static final int PREDICTIONS = 24;

    private final Locale language;
    private final ImageDecoder decoder = new OpenCvDecoder(DecodeLimits.defaults());

    Grids(Locale language) {
        this.language = language;
    }

    /** The first training batch as the network saw it. */
    PictureGrid firstBatch(RunDirectory run) throws IOException {
        List<String[]> labels = labels(run.firstBatchLabels());
        byte[] file = Files.readAllBytes(run.firstBatch());
        BufferedImage column;
        try (Image image = decoder.decode(file, run.firstBatch().toString())) {
            column = Bitmap.of(image, Integer.MAX_VALUE);
        }
        int width = column.getWidth();
        int height = column.getHeight() / labels.size();
        List<Tile> tiles = new ArrayList<>();
        for (int i = 0; i < labels.size(); i++) {
            tiles.add(new Tile(copy(column, i * height, height), lines(labels.get(i)), Tile.Mark.NONE));
        }
        boolean mixed = labels.get(0).length > 2;
        String subtitle = say(mixed ? "report.batch.mixed" : "report.batch.subtitle", width, height);
        return new PictureGrid(say("report.batch"), subtitle, tiles, BATCH_COLUMNS);
    }

    /** Class and file of a picture; of a mixed one the shares of both classes. */
    private List<Label> lines(String[] label) {
        List<Label> lines = new ArrayList<>();
        if (label.length > 3 && !label[3].isEmpty()) {
            double share = Double.parseDouble(label[2]);
            lines.add(share(label[1], share));
            lines.add(share(label[3], 1 - share));
        } else {
            lines.add(large(label[1], Theme.TEXT));
        }
        lines.add(small(label[0]));
        return lines;
    }

    /** A class and how much of it there is. */
    Label share(String name, double share) {
        return large(name + "  " + new Numbers(language).percent(share, 0), Theme.TEXT);
    }

    /**
     * The most confident mistakes and some of what is right, as far as there are pictures.
     *
     * @param root the folder that the pictures lie in
     * @return empty if none of them can be read there
     */
    Optional<PictureGrid> predictions(PredictionSummary summary, String split, Path root) {
        List<PredictionRow> shown = shown(summary);
        List<Tile> tiles = shown.parallelStream().map(row -> tile(row, root)).toList();
        if (tiles.stream().allMatch(tile -> tile.picture() == null)) {
            return Optional.empty();
        }
        long mistakes = shown.stream().filter(row -> !row.right()).count();
        String subtitle =
                say("report.predictions.subtitle", split, summary.confusion().total(), summary.wrong())
                        + (mistakes == 0 ? "" : say("report.predictions.mistakes", mistakes));
        return Optional.of(new PictureGrid(
                say("report.predictions"), subtitle, tiles, Math.min(PREDICTION_COLUMNS, tiles.size())));
    }

    /** Half of the places are for mistakes, if there are so many; the others are filled up from the other half. */
    private static List<PredictionRow> shown(PredictionSummary summary) {
        int mistakes = Math.min(summary.mistakes().size(), PredictionSummary.MISTAKES);
        int right = Math.min(summary.right().size(), PREDICTIONS - mistakes);
        List<PredictionRow> all = summary.right();
        Stream<PredictionRow> some = java.util.stream.IntStream.range(0, right)
                .mapToObj(i -> all.get((int) ((i + 0.5) * all.size() / right)));
        return Stream.concat(summary.mistakes().stream(), some).toList();
    }

    private Tile tile(PredictionRow row, Path root) {
        String probability = new Numbers(language).percent(row.probability(), 1);
        Label guess = large(row.prediction() + "  " + probability, row.right() ? Theme.TEXT : Theme.WRONG);
        Label truth = Label.of(say("report.predictions.truth", row.truth()), Typeface.regular(13))
                .color(row.right() ? Theme.MUTED : Theme.TEXT);
        return new Tile(
                picture(root.resolve(row.file())),
                List.of(guess, truth, small(row.file())),
                row.right() ? Tile.Mark.RIGHT : Tile.Mark.WRONG);
    }

    private @Nullable BufferedImage picture(Path file) {
        try (Image image = decoder.decode(Files.readAllBytes(file), file.toString())) {
            return Bitmap.of(image, PictureGrid.PIXELS);
        } catch (IOException | UnreadableImageException e) {
            return null; // the data may have been moved; its place in the grid stays empty
        }
    }

    private static BufferedImage copy(BufferedImage column, int y, int height) {
        BufferedImage picture = Bitmap.blank(column.getWidth(), height);
        picture.setData(column.getData(new java.awt.Rectangle(0, y, column.getWidth(), height))
                .createTranslatedChild(0, 0));
        return picture;
    }

    /** The first line below a picture. */
    static Label large(String text, Color color) {
        return Label.of(text, Typeface.semibold(13.5f)).color(color);
    }

    /** A file, by its name. */
    static Label small(String id) {
        Font font = Typeface.regular(11.5f);
        return Label.of(Objects.toString(Path.of(id).getFileName(), id), font).color(Theme.MUTED);
    }

    private String say(String key, Object... arguments) {
        return Text.of(key, arguments).in(language);
    }

    private static List<String[]> labels(Path file) throws IOException {
        try (MappingIterator<String[]> lines = new CsvMapper()
                .readerFor(String[].class)
                .with(CsvParser.Feature.WRAP_AS_ARRAY)
                .readValues(DurableFiles.read(file))) {
            List<String[]> rows = lines.readAll();
            return rows.subList(1, rows.size());
        }
    }
}
