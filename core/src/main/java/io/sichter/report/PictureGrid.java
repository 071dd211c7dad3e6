package io.sichter.report;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;

/** Pictures in rows, each with lines of text below it; the wrong ones framed and crossed. Rows may have headings. */
final class PictureGrid implements Drawing {
    /** Side of the square that a picture gets, units. */
    static final int SIDE = 150;

    /** Longest side of a picture that is shown pixel by pixel. */
    static final int PIXELS = 2 * SIDE;

    private static final int GAP = 18;
    private static final int LINE = 18;
    private static final int ABOVE_LINES = 8;
    private static final int HEADING = 30;

    private final String title;
    private final String subtitle;
    private final List<Tile> tiles;
    private final int columns;
    private final List<Label> headings;

    /** A grid of at most so many columns; at least one tile. */
    PictureGrid(String title, String subtitle, List<Tile> tiles, int columns) {
        this(title, subtitle, tiles, columns, List.of());
    }

    /** A grid with a heading above each row, or with none at all. */
    PictureGrid(String title, String subtitle, List<Tile> tiles, int columns, List<Label> headings) {
        this.title = title;
        this.subtitle = subtitle;
        this.tiles = List.copyOf(tiles);
        this.columns = columns;
        this.headings = List.copyOf(headings);
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public int width() {
        int wanted = (int) Math.ceil(Theme.headWidth(title, subtitle));
        return 2 * Theme.MARGIN + Math.max(wanted, columns * SIDE + (columns - 1) * GAP);
    }

    @Override
    public int height() {
        return top(rows()) - GAP + Theme.MARGIN;
    }

    private int rows() {
        return (tiles.size() + columns - 1) / columns;
    }

    /** Where a row begins: each is as high as its longest text. */
    private int top(int row) {
        int top = Theme.HEAD;
        for (int above = 0; above < row; above++) {
            int lines = tiles.subList(above * columns, Math.min(tiles.size(), (above + 1) * columns)).stream()
                    .mapToInt(tile -> tile.lines().size())
                    .max()
                    .orElse(0);
            top += aboveRow() + SIDE + ABOVE_LINES + lines * LINE + GAP;
        }
        return top;
    }

    private int aboveRow() {
        return headings.isEmpty() ? 0 : HEADING;
    }

    @Override
    public void paint(Graphics2D g) {
        Theme.begin(g, this, subtitle);
        for (int row = 0; row < rows(); row++) {
            int top = top(row);
            if (!headings.isEmpty()) {
                headings.get(row).paint(g, Theme.MARGIN, top + HEADING - 10);
            }
            for (int i = row * columns; i < Math.min(tiles.size(), (row + 1) * columns); i++) {
                paint(g, tiles.get(i), Theme.MARGIN + i % columns * (SIDE + GAP), top + aboveRow());
            }
        }
    }

    private static void paint(Graphics2D g, Tile tile, int x, int y) {
        g.setColor(Theme.PANEL);
        g.fill(new Rectangle2D.Double(x, y, SIDE, SIDE));
        BufferedImage picture = tile.picture();
        if (picture != null) {
            paintPicture(g, picture, x, y);
        }
        if (tile.mark() == Tile.Mark.WRONG) {
            g.setColor(Theme.WRONG);
            g.setStroke(new BasicStroke(3));
            g.draw(new Rectangle2D.Double(x + 1.5, y + 1.5, SIDE - 3, SIDE - 3));
        }
        if (tile.mark() != Tile.Mark.NONE) {
            paintBadge(g, tile.mark() == Tile.Mark.RIGHT, x + SIDE - 18, y + 18);
        }
        for (int i = 0; i < tile.lines().size(); i++) {
            tile.lines().get(i).fit(SIDE).paint(g, x, y + SIDE + ABOVE_LINES + (i + 1) * LINE - 6);
        }
    }

    /** In the middle, as large as fits; few pixels stay visible as squares. */
    private static void paintPicture(Graphics2D g, BufferedImage picture, int x, int y) {
        double scale = SIDE / (double) Math.max(picture.getWidth(), picture.getHeight());
        int width = Math.max(1, (int) Math.round(picture.getWidth() * scale));
        int height = Math.max(1, (int) Math.round(picture.getHeight() * scale));
        g.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION,
                scale > 0.5
                        ? RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR
                        : RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        g.drawImage(picture, x + (SIDE - width) / 2, y + (SIDE - height) / 2, width, height, null);
    }

    /** A tick or a cross on a disc. */
    private static void paintBadge(Graphics2D g, boolean right, double x, double y) {
        g.setColor(Theme.BACKGROUND); // a rim: a picture may have the colour of the disc
        g.fill(new Ellipse2D.Double(x - 12, y - 12, 24, 24));
        g.setColor(right ? Theme.RIGHT : Theme.WRONG);
        g.fill(new Ellipse2D.Double(x - 10, y - 10, 20, 20));
        g.setColor(Theme.BACKGROUND);
        g.setStroke(new BasicStroke(2.4f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        Path2D sign = new Path2D.Double();
        if (right) {
            sign.moveTo(x - 4.5, y + 0.5);
            sign.lineTo(x - 1.2, y + 3.8);
            sign.lineTo(x + 4.8, y - 3.6);
        } else {
            sign.moveTo(x - 3.6, y - 3.6);
            sign.lineTo(x + 3.6, y + 3.6);
            sign.moveTo(x + 3.6, y - 3.6);
            sign.lineTo(x - 3.6, y + 3.6);
        }
        g.draw(sign);
    }
}
