package io.sichter.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * Bars from zero, a row for each class and a panel for each thing that is counted: with panels beside each other one sees
 * that the rare class weighs most. With very many classes the rows become thin and only every so many names are shown.
 */
final class ClassChart implements Drawing {
    private static final int LARGEST_HEIGHT = 3600;
    private static final int ROW = 26;
    private static final int READABLE_ROW = 15;
    private static final int BAR = 200;
    private static final int NUMBER = 62;
    private static final int PANEL_GAP = 34;
    private static final int LABEL_WIDTH = 190;
    private static final int NAME_GAP = 12;
    private static final int PANEL_HEAD = 30;

    /**
     * One thing that is counted.
     *
     * @param title above its bars
     * @param values at least 0, one for each class; the largest fills the width
     * @param color of the bars
     * @param number how a value is written
     */
    record Panel(String title, List<Double> values, Color color, DoubleFunction<String> number) {}

    private final String title;
    private final String subtitle;
    private final List<Label> names;
    private final List<Panel> panels;
    private final double row;
    private final int left;

    ClassChart(String title, String subtitle, List<String> classes, List<Panel> panels) {
        this.title = title;
        this.subtitle = subtitle;
        this.panels = List.copyOf(panels);
        this.row = Math.min(ROW, (double) LARGEST_HEIGHT / classes.size());
        Font font = Typeface.regular((float) Math.max(10, Math.min(14, row * 0.6)));
        this.names = classes.stream()
                .map(name -> Label.of(name, font).fit(LABEL_WIDTH))
                .toList();
        double widest = names.stream().mapToDouble(Label::width).max().orElse(0);
        this.left = (int) Math.ceil(Theme.MARGIN + widest + NAME_GAP);
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public int width() {
        int bars = left - Theme.MARGIN + panels.size() * (BAR + NUMBER + PANEL_GAP) - PANEL_GAP;
        return 2 * Theme.MARGIN + Math.max(bars, (int) Math.ceil(Theme.headWidth(title, subtitle)));
    }

    @Override
    public int height() {
        return Theme.HEAD + PANEL_HEAD + (int) Math.ceil(row * names.size()) + Theme.MARGIN;
    }

    /** Large pictures have names in their final size. */
    @Override
    public int scale() {
        return height() > 1600 ? 1 : 2;
    }

    /** Where the bars of a panel begin, and how long the longest is. */
    double left(int panel) {
        return left + panel * (double) (BAR + NUMBER + PANEL_GAP);
    }

    /** Middle of the row of a class. */
    double centre(int index) {
        return Theme.HEAD + PANEL_HEAD + (index + 0.5) * row;
    }

    /** Length of the bar of the largest value. */
    static int longest() {
        return BAR;
    }

    @Override
    public void paint(Graphics2D g) {
        Theme.begin(g, this, subtitle);
        int step = (int) Math.ceil((READABLE_ROW - 1) / row);
        for (int k = 0; k < names.size(); k += step) {
            Label name = names.get(k);
            name.paintEndingAt(g, left - NAME_GAP, centre(k) + name.font().getSize2D() * 0.36);
        }
        for (int i = 0; i < panels.size(); i++) {
            paint(g, panels.get(i), left(i), step);
        }
    }

    private void paint(Graphics2D g, Panel panel, double x, int step) {
        Label.of(panel.title(), Typeface.semibold(14)).paint(g, x, Theme.HEAD + PANEL_HEAD - 14);
        double largest =
                panel.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
        Font font = Typeface.regular((float) Math.max(10, Math.min(13, row * 0.55)));
        for (int k = 0; k < panel.values().size(); k++) {
            double length = largest > 0 ? panel.values().get(k) / largest * BAR : 0;
            g.setColor(Theme.PANEL);
            g.fill(new Rectangle2D.Double(x, centre(k) - row * 0.36, BAR, row * 0.72));
            g.setColor(panel.color());
            g.fill(new Rectangle2D.Double(x, centre(k) - row * 0.36, length, row * 0.72));
            if (k % step == 0) {
                Label.of(panel.number().apply(panel.values().get(k)), font)
                        .color(Theme.MUTED)
                        .paint(g, x + BAR + 8, centre(k) + font.getSize2D() * 0.36);
            }
        }
    }
}
