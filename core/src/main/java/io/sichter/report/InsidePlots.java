package io.sichter.report;

import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import io.sichter.evaluate.FeatureMaps;
import io.sichter.evaluate.Filters;
import io.sichter.evaluate.Inspector;
import io.sichter.model.NetworkGraph;
import io.sichter.text.Text;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Draws what is inside a network, each drawing into a file that ends in {@code .svg} or {@code .png}.
 *
 * @param language of the words in the pictures
 */
public record InsidePlots(Locale language) {
    private static final Color DARK = new Color(0x0B0D10);
    private static final int TILE = 44;
    private static final int LARGE_TILE = 96;
    private static final int PICTURE = 192;

    /** Maps of a layer that are shown; the first ones. */
    private static final int MAPS = 64;

    /**
     * What was drawn of a network.
     *
     * @param depth how many blocks inside each other were opened
     * @param boxes number of boxes
     */
    public record DrawnGraph(Path file, int depth, int boxes) {}

    /**
     * Draws what a network computes, with the sizes of what is handed on.
     *
     * @param depth how many blocks inside each other are opened; empty takes as many as fit on a page
     * @throws UsageException if the file has another ending
     */
    public DrawnGraph graph(NetworkGraph graph, OptionalInt depth, Path file) {
        requireEnding(file);
        GraphChart chart = new GraphChart(graph, depth, language);
        DrawingFiles.write(file, chart);
        return new DrawnGraph(file, chart.depth(), chart.boxes());
    }

    /**
     * Draws the filters of the first layer; filters of three channels in colour, others channel by channel in grey.
     *
     * @param gradients are drawn below, if there are any
     * @throws UsageException if the file has another ending
     */
    public void filters(Filters filters, Optional<Inspector.Gradients> gradients, Path file) {
        requireEnding(file);
        List<TileSheet.Section> sections = new ArrayList<>();
        sections.add(section("", filters));
        gradients.ifPresent(found -> sections.add(section(
                say("report.filters.gradients") + ": " + say("report.filters.gradients.subtitle", found.pictures()),
                found.filters())));
        String subtitle = say("report.filters.subtitle", filters.layer(), filters.count(), filters.size());
        DrawingFiles.write(file, new TileSheet(say("report.filters", filters.architecture()), subtitle, sections));
    }

    private TileSheet.Section section(String label, Filters filters) {
        boolean coloured = filters.channels() == 3;
        int planes = coloured ? 1 : filters.channels();
        List<BufferedImage> tiles = new ArrayList<>();
        for (int filter = 0; filter < filters.count(); filter++) {
            for (int plane = 0; plane < planes; plane++) {
                tiles.add(tile(filters, filter, coloured ? -1 : plane));
            }
        }
        int columns = planes > 1 ? planes * Math.max(1, 16 / planes) : columns(tiles.size());
        return new TileSheet.Section(label, tiles, TILE, columns);
    }

    /** About half as many columns again as rows, as papers show them: 96 filters stand in 8 rows of 12; full rows if possible. */
    private static int columns(int tiles) {
        double wanted = Math.sqrt(1.5 * tiles);
        return IntStream.rangeClosed(1, tiles)
                .filter(columns -> tiles % columns == 0 && Math.abs(columns - wanted) < wanted / 3)
                .boxed()
                .min(Comparator.comparingDouble(columns -> Math.abs(columns - wanted)))
                .orElse((int) Math.ceil(wanted));
    }

    /** Weights around grey: the largest of the filter, up or down, is white or black. */
    private static BufferedImage tile(Filters filters, int filter, int plane) {
        float largest = Math.max(filters.largest(filter), Float.MIN_NORMAL);
        BufferedImage tile = Bitmap.blank(filters.size(), filters.size());
        for (int y = 0; y < filters.size(); y++) {
            for (int x = 0; x < filters.size(); x++) {
                int rgb = 0;
                for (int channel = 0; channel < 3; channel++) {
                    float value = filters.value(filter, plane < 0 ? channel : plane, y, x);
                    rgb = (rgb << 8) | Math.round(127.5f + 127.5f * value / largest);
                }
                tile.setRGB(x, y, rgb);
            }
        }
        return tile;
    }

    /**
     * Draws what a layer makes of a picture, the picture above it.
     *
     * @throws UsageException if the file has another ending
     */
    public void featureMaps(FeatureMaps maps, Inspector.Prepared picture, Path file) {
        requireEnding(file);
        int shown = Math.min(MAPS, maps.count());
        List<BufferedImage> tiles = new ArrayList<>();
        for (int map = 0; map < shown; map++) {
            tiles.add(tile(maps, map));
        }
        String subtitle = say("report.maps.subtitle", maps.layer(), shown, maps.count(), maps.height(), maps.width());
        DrawingFiles.write(
                file,
                new TileSheet(
                        say("report.maps", maps.architecture()),
                        subtitle,
                        List.of(
                                new TileSheet.Section(say("report.maps.picture"), List.of(tile(picture)), PICTURE, 1),
                                new TileSheet.Section("", tiles, LARGE_TILE, columns(shown)))));
    }

    private static BufferedImage tile(FeatureMaps maps, int map) {
        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        for (int y = 0; y < maps.height(); y++) {
            for (int x = 0; x < maps.width(); x++) {
                low = Math.min(low, maps.value(map, y, x));
                high = Math.max(high, maps.value(map, y, x));
            }
        }
        float range = Math.max(high - low, Float.MIN_NORMAL);
        BufferedImage tile = Bitmap.blank(maps.width(), maps.height());
        for (int y = 0; y < maps.height(); y++) {
            for (int x = 0; x < maps.width(); x++) {
                tile.setRGB(x, y, heat((maps.value(map, y, x) - low) / range).getRGB());
            }
        }
        return tile;
    }

    /** From nearly black over teal to nearly white, evenly brighter. */
    private static Color heat(double share) {
        return share < 0.6
                ? Theme.mix(DARK, Theme.TRAINING, share / 0.6)
                : Theme.mix(Theme.TRAINING, Theme.TEXT, (share - 0.6) / 0.4);
    }

    private static BufferedImage tile(Inspector.Prepared picture) {
        BufferedImage tile = Bitmap.blank(picture.width(), picture.height());
        int channels = picture.channels();
        for (int i = 0; i < picture.width() * picture.height(); i++) {
            int rgb = 0;
            for (int channel = 0; channel < 3; channel++) {
                rgb = (rgb << 8) | (picture.bytes()[i * channels + Math.min(channel, channels - 1)] & 0xFF);
            }
            tile.setRGB(i % picture.width(), i / picture.width(), rgb);
        }
        return tile;
    }

    private static void requireEnding(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (!name.endsWith(".svg") && !name.endsWith(".png")) {
            throw new UsageException(Problem.of("report.ending", file));
        }
    }

    private String say(String key, Object... arguments) {
        return Text.of(key, arguments).in(language);
    }
}
