package io.sichter.report;

import io.sichter.metric.ConfusionMatrix;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/**
 * A confusion matrix: rows are the truth, columns the prediction, colours the share of the row. What is right is teal,
 * what is wrong orange, so that mistakes are found at a glance. Cells have counts where these fit; with many classes
 * the picture grows until the names can be read, and beyond that only every so many names are shown.
 */
final class ConfusionChart implements Drawing {
    private static final int MATRIX = 660;
    private static final int LARGEST_MATRIX = 3600;
    private static final int LARGEST_CELL = 150;
    private static final int READABLE_CELL = 15;
    private static final int COUNT_CELL = 22;
    private static final int LABEL_WIDTH = 190;
    private static final int GAP = 10;
    private static final int AXIS = 30;
    private static final int BARS = 150;
    private static final int LEAST_WIDTH = 560;

    /** What stands around the matrix. */
    record Words(
            String title,
            String subtitle,
            String counts,
            String truth,
            String prediction,
            String right,
            String wrong) {}

    private final ConfusionMatrix confusion;
    private final Words words;
    private final Numbers numbers;
    private final List<Label> names;
    private final double cell;
    private final int side;
    private final double namesWidth;
    private final int left;
    private final int turn;

    ConfusionChart(ConfusionMatrix confusion, List<String> classes, Words words, Numbers numbers) {
        this.confusion = confusion;
        this.words = words;
        this.numbers = numbers;
        int count = classes.size();
        cell = count * READABLE_CELL <= LARGEST_MATRIX
                ? Math.max(READABLE_CELL, Math.min(LARGEST_CELL, MATRIX / count))
                : (double) LARGEST_MATRIX / count;
        side = (int) Math.ceil(cell * count);
        Font font = Typeface.regular((float) Math.max(11, Math.min(14, cell * 0.72)));
        names = classes.stream()
                .map(name -> Label.of(name, font).fit(LABEL_WIDTH))
                .toList();
        namesWidth = names.stream().mapToDouble(Label::width).max().orElse(0);
        left = (int) Math.ceil(Theme.MARGIN + AXIS + namesWidth + GAP);
        turn = namesWidth <= cell - 6 ? 0 : cell >= 24 ? 45 : 90;
    }

    @Override
    public String title() {
        return words.title();
    }

    @Override
    public int width() {
        return Math.max(LEAST_WIDTH, left + side + BARS);
    }

    @Override
    public int height() {
        return Theme.HEAD + side + columnNamesHeight() + AXIS + Theme.MARGIN - 8;
    }

    /** Large pictures have names in their final size. */
    @Override
    public int scale() {
        return side > 1000 ? 1 : 2;
    }

    @Override
    public void paint(Graphics2D g) {
        Theme.begin(g, this, hasCounts() ? words.subtitle() + " " + words.counts() : words.subtitle());
        g.setColor(Theme.PANEL);
        g.fill(new Rectangle2D.Double(left, Theme.HEAD, side, side));
        for (int row = 0; row < confusion.classes(); row++) {
            paintRow(g, row);
        }
        paintGrid(g);
        paintNames(g);
        Font axis = Typeface.regular(14);
        Label.of(words.prediction(), axis).paintCentred(g, left + side / 2.0, height() - Theme.MARGIN + 8);
        Label.of(words.truth(), axis).paintUpwards(g, Theme.MARGIN + 4, Theme.HEAD + side / 2.0);
        paintBar(g, left + side + 30, Theme.RIGHT, words.right(), false);
        paintBar(g, left + side + 62, Theme.WRONG, words.wrong(), true);
    }

    private boolean hasCounts() {
        return cell >= COUNT_CELL;
    }

    /** The colour of a share of a row; small shares are lifted, for a few mistakes are what one looks for. */
    static Color color(double share, boolean right) {
        return share == 0
                ? Theme.PANEL
                : Theme.mix(Theme.PANEL, right ? Theme.RIGHT : Theme.WRONG, 0.12 + 0.88 * Math.pow(share, 0.7));
    }

    /** Middle of a cell, for tests too. */
    double centre(int index) {
        return (index + 0.5) * cell;
    }

    /** Where the matrix begins from the left; from above it is {@link Theme#HEAD}. */
    int left() {
        return left;
    }

    private void paintRow(Graphics2D g, int row) {
        long support = confusion.support(row);
        Font font = Typeface.regular((float) Math.min(15, cell * 0.42));
        for (int column = 0; column < confusion.classes(); column++) {
            long count = confusion.count(row, column);
            if (count == 0) {
                continue;
            }
            Color color = color((double) count / support, row == column);
            double x = left + column * cell;
            double y = Theme.HEAD + row * cell;
            g.setColor(color);
            g.fill(new Rectangle2D.Double(x, y, cell, cell));
            if (hasCounts()) {
                Label label = Label.of(Long.toString(count), font).color(Theme.on(color));
                if (label.width() <= cell - 4) {
                    label.paintCentred(g, x + cell / 2, y + cell / 2 + font.getSize2D() * 0.36);
                }
            }
        }
    }

    /** Thin gaps between the cells, in the colour of the ground. */
    private void paintGrid(Graphics2D g) {
        if (cell < 6) {
            return;
        }
        g.setColor(Theme.BACKGROUND);
        for (int k = 1; k < confusion.classes(); k++) {
            g.fill(new Rectangle2D.Double(left + k * cell - 0.5, Theme.HEAD, 1, side));
            g.fill(new Rectangle2D.Double(left, Theme.HEAD + k * cell - 0.5, side, 1));
        }
    }

    private void paintNames(Graphics2D g) {
        int step = (int) Math.ceil((READABLE_CELL - 1) / cell);
        double below = Theme.HEAD + side + GAP;
        for (int k = 0; k < names.size(); k += step) {
            Label name = names.get(k).color(confusion.support(k) == 0 ? Theme.MUTED : Theme.TEXT);
            double capital = name.font().getSize2D() * 0.36;
            name.paintEndingAt(g, left - GAP, Theme.HEAD + centre(k) + capital);
            double x = left + centre(k);
            if (turn == 0) {
                name.paintCentred(g, x, below + 2 * capital);
            } else {
                name.paintTurned(g, turn, x + (turn == 45 ? capital : 0), below);
            }
        }
    }

    private int columnNamesHeight() {
        double height = turn == 0 ? 14 : namesWidth * Math.sin(Math.toRadians(turn)) + (turn == 45 ? 8 : 0);
        return (int) Math.ceil(GAP + height + GAP);
    }

    /** What the colours mean. */
    private void paintBar(Graphics2D g, double x, Color color, String name, boolean scale) {
        int steps = 64;
        double height = Math.min(side, 300);
        double y = Theme.HEAD;
        boolean right = color.equals(Theme.RIGHT);
        for (int i = 0; i < steps; i++) {
            g.setColor(color(1 - i / (double) steps, right));
            g.fill(new Rectangle2D.Double(x + 14, y + i * height / steps, 12, height / steps + 0.5));
        }
        Label.of(name, Typeface.regular(12)).color(Theme.MUTED).paintUpwards(g, x + 5, y + height / 2);
        for (int tick = 0; scale && tick <= 2; tick++) {
            Label.of(numbers.percent(1 - tick / 2.0, 0), Typeface.regular(12))
                    .color(Theme.MUTED)
                    .paint(g, x + 32, y + tick * height / 2 + (tick == 0 ? 9 : tick == 1 ? 4.5 : 0));
        }
    }
}
