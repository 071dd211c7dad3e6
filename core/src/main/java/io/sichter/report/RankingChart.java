package io.sichter.report;

import io.sichter.metric.Ranking.Curve;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One curve per class, such as ROC or precision over recall. With many classes, the weakest are in colour and named, for
 * these are looked for; the others are a bundle of thin lines.
 */
final class RankingChart implements Drawing {
    private static final int LEFT = Theme.MARGIN + 70;
    private static final int SIDE = 520;
    private static final int LEGEND = 250;
    private static final int LINE = 26;
    private static final int POINTS = 400;
    private static final List<Color> COLORS = List.of(
            Theme.WRONG,
            Theme.TRAINING,
            new Color(0x82AAFF),
            new Color(0xE58AC8),
            new Color(0xC3D95A),
            new Color(0xF2D16B));

    /** What stands around the curves. */
    record Words(String title, String subtitle, String horizontal, String vertical, String others, String area) {}

    /**
     * A curve.
     *
     * @param name of the class
     * @param curve its points
     * @param area under it, 0 to 1
     */
    record Line(String name, Curve curve, double area) {}

    private final List<Line> lines;
    private final Words words;
    private final Numbers numbers;
    private final UnitSquare square;
    private final boolean diagonal;

    RankingChart(List<Line> lines, Words words, Numbers numbers, boolean diagonal) {
        this.lines =
                lines.stream().sorted(Comparator.comparingDouble(Line::area)).toList();
        this.words = words;
        this.numbers = numbers;
        this.diagonal = diagonal;
        this.square = new UnitSquare(LEFT, Theme.HEAD, SIDE, numbers);
    }

    @Override
    public String title() {
        return words.title();
    }

    @Override
    public int width() {
        return LEFT + SIDE + LEGEND + Theme.MARGIN;
    }

    @Override
    public int height() {
        return Theme.HEAD + SIDE + 78;
    }

    @Override
    public void paint(Graphics2D g) {
        Theme.begin(g, this, words.subtitle());
        square.paint(g, words.horizontal(), words.vertical());
        if (diagonal) {
            square.paintDiagonal(g);
        }
        int named = Math.min(COLORS.size(), lines.size());
        for (int i = lines.size() - 1; i >= 0; i--) { // the weakest last, on top
            Curve curve = thinned(lines.get(i).curve());
            Color color = i < named ? COLORS.get(i) : Theme.mix(Theme.PANEL, Theme.MUTED, 0.4);
            square.paintCurve(g, curve.x(), curve.y(), color, i < named ? 2.2f : 1);
        }
        paintLegend(g, named);
    }

    private void paintLegend(Graphics2D g, int named) {
        Font font = Typeface.regular(14);
        double x = LEFT + SIDE + 24;
        double y = Theme.HEAD + 14;
        Label.of(words.area(), Typeface.regular(13)).color(Theme.MUTED).paintEndingAt(g, x + LEGEND - 24, y);
        for (int i = 0; i < named; i++) {
            y += LINE;
            Line line = lines.get(i);
            Label area = Label.of(numbers.metric(line.area()), font);
            paintSample(g, COLORS.get(i), x, y);
            Label.of(line.name(), font)
                    .fit(LEGEND - 24 - 40 - area.width() - 10)
                    .paint(g, x + 40, y);
            area.paintEndingAt(g, x + LEGEND - 24, y);
        }
        if (named < lines.size()) {
            y += LINE;
            paintSample(g, Theme.mix(Theme.PANEL, Theme.MUTED, 0.4), x, y);
            Label.of(words.others(), font).color(Theme.MUTED).fit(LEGEND - 64).paint(g, x + 40, y);
        }
    }

    private static void paintSample(Graphics2D g, Color color, double x, double y) {
        g.setColor(color);
        g.setStroke(new BasicStroke(2.2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        g.draw(new Line2D.Double(x, y - 5, x + 28, y - 5));
    }

    /** Of many points some, the first and the last among them: the others would lie within a pixel of the line. */
    private static Curve thinned(Curve curve) {
        int length = curve.x().length;
        if (length <= POINTS) {
            return curve;
        }
        int[] kept = IntStream.range(0, POINTS)
                .map(i -> (int) ((long) i * (length - 1) / (POINTS - 1)))
                .toArray();
        return new Curve(
                IntStream.of(kept).mapToDouble(i -> curve.x()[i]).toArray(),
                IntStream.of(kept).mapToDouble(i -> curve.y()[i]).toArray());
    }
}
