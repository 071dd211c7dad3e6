package io.sichter.report;

import io.sichter.metric.Calibration;
import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/**
 * A reliability diagram: for each bin of confidence how often the network is right, and how far that is from its
 * confidence; below, how many pictures are in the bin.
 */
final class CalibrationChart implements Drawing {
    private static final int LEFT = Theme.MARGIN + 70;
    private static final int SIDE = 480;
    private static final int STRIP = 70;
    private static final int BELOW = 78;

    /** What stands around the diagram. */
    record Words(String title, String subtitle, String confidence, String accuracy, String samples) {}

    private final List<Calibration.Bin> bins;
    private final Words words;
    private final UnitSquare square;

    CalibrationChart(Calibration calibration, Words words, Numbers numbers) {
        this.bins = calibration.bins();
        this.words = words;
        this.square = new UnitSquare(LEFT, Theme.HEAD, SIDE, numbers);
    }

    @Override
    public String title() {
        return words.title();
    }

    @Override
    public int width() {
        return LEFT + SIDE + Theme.MARGIN + 20;
    }

    @Override
    public int height() {
        return Theme.HEAD + SIDE + BELOW + STRIP + Theme.MARGIN;
    }

    @Override
    public void paint(Graphics2D g) {
        Theme.begin(g, this, words.subtitle());
        square.paint(g, words.confidence(), words.accuracy());
        double width = (double) SIDE / bins.size();
        for (int i = 0; i < bins.size(); i++) {
            Calibration.Bin bin = bins.get(i);
            if (bin.samples() > 0) {
                double x = LEFT + i * width;
                double top = square.y(bin.accuracy());
                g.setColor(Theme.mix(Theme.PANEL, Theme.RIGHT, 0.75));
                g.fill(new Rectangle2D.Double(x + 1, top, width - 2, square.y(0) - top));
            }
        }
        square.paintDiagonal(g);
        bins.stream().filter(bin -> bin.samples() > 0).forEach(bin -> paintGap(g, bin));
        paintCounts(g, width);
    }

    /** From what the bin is to what it should be: the length of this line is what the calibration error averages. */
    private void paintGap(Graphics2D g, Calibration.Bin bin) {
        double x = square.x(bin.confidence());
        g.setColor(Theme.WRONG);
        g.setStroke(new BasicStroke(2.4f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        g.draw(new Line2D.Double(x, square.y(bin.accuracy()), x, square.y(bin.confidence())));
        g.fill(new Ellipse2D.Double(x - 3.5, square.y(bin.accuracy()) - 3.5, 7, 7));
    }

    private void paintCounts(Graphics2D g, double width) {
        double bottom = Theme.HEAD + SIDE + BELOW + STRIP;
        long most = bins.stream().mapToLong(Calibration.Bin::samples).max().orElse(1);
        g.setColor(Theme.PANEL);
        g.fill(new Rectangle2D.Double(LEFT, bottom - STRIP, SIDE, STRIP));
        for (int i = 0; i < bins.size(); i++) {
            double height = STRIP * (double) bins.get(i).samples() / Math.max(1, most);
            g.setColor(Theme.MUTED);
            g.fill(new Rectangle2D.Double(LEFT + i * width + 1, bottom - height, width - 2, height));
        }
        Label.of(words.samples(), Typeface.regular(14)).paintUpwards(g, LEFT - 62, bottom - STRIP / 2.0);
        Label.of(Long.toString(most), Typeface.regular(13))
                .color(Theme.MUTED)
                .paintEndingAt(g, LEFT - 10, bottom - STRIP + 12);
    }
}
