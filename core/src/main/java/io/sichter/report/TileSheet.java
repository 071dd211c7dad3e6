package io.sichter.report;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;

/** Small pictures of one size close together, in sections with a line above each. */
final class TileSheet implements Drawing {
    private static final int GAP = 4;
    private static final int LABEL = 30;
    private static final int BETWEEN = 22;

    private final String title;
    private final String subtitle;
    private final List<Section> sections;

    /**
     * Tiles that belong together.
     *
     * @param label above them, may be empty
     * @param tiles of equal size
     * @param side width and height of a tile as it is drawn, units
     * @param columns tiles in a row
     */
    record Section(String label, List<BufferedImage> tiles, int side, int columns) {
        Section {
            tiles = List.copyOf(tiles);
        }

        private int rows() {
            return (tiles.size() + columns - 1) / columns;
        }

        private int width() {
            return Math.min(columns, tiles.size()) * (side + GAP) - GAP;
        }

        private int height() {
            return (label.isEmpty() ? 0 : LABEL) + rows() * (side + GAP) - GAP;
        }
    }

    /** A sheet of sections from top to bottom. */
    TileSheet(String title, String subtitle, List<Section> sections) {
        this.title = title;
        this.subtitle = subtitle;
        this.sections = List.copyOf(sections);
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public int width() {
        double text = Label.of(subtitle, Typeface.regular(13.5f)).width();
        for (Section section : sections) {
            text = Math.max(text, Label.of(section.label, Typeface.regular(13)).width());
        }
        int tiles = sections.stream().mapToInt(Section::width).max().orElse(0);
        return 2 * Theme.MARGIN + Math.max(tiles, (int) Math.ceil(text));
    }

    @Override
    public int height() {
        int tiles = sections.stream().mapToInt(Section::height).sum();
        return Theme.HEAD + tiles + (sections.size() - 1) * BETWEEN + Theme.MARGIN;
    }

    @Override
    public void paint(Graphics2D g) {
        Theme.begin(g, this, subtitle);
        int y = Theme.HEAD;
        for (Section section : sections) {
            paint(g, section, y);
            y += section.height() + BETWEEN;
        }
    }

    private static void paint(Graphics2D g, Section section, int top) {
        int y = top;
        if (!section.label.isEmpty()) {
            Label.of(section.label, Typeface.regular(13)).color(Theme.TEXT).paint(g, Theme.MARGIN, y + 16);
            y += LABEL;
        }
        for (int i = 0; i < section.tiles.size(); i++) {
            BufferedImage tile = section.tiles.get(i);
            g.setRenderingHint(
                    RenderingHints.KEY_INTERPOLATION,
                    tile.getWidth() <= section.side
                            ? RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR
                            : RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            int x = Theme.MARGIN + i % section.columns * (section.side + GAP);
            g.drawImage(tile, x, y + i / section.columns * (section.side + GAP), section.side, section.side, null);
        }
    }
}
