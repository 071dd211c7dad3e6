package io.sichter.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.util.List;
import org.knowm.xchart.style.markers.Marker;

/** What the curves are called, in the head of a chart, where no curve ever runs. */
final class CurveLegend {
    /** One entry: a piece of the curve, or its mark alone. */
    record Entry(String name, Color color, Marker marker, boolean line) {}

    private static final double SAMPLE = 30;
    private static final double GAP = 26;
    private static final double BEFORE_NAME = 9;

    private CurveLegend() {}

    /** Paints the entries in a row that ends at a point on the baseline of their names. */
    static void paint(Graphics2D g, List<Entry> entries, double right, double baseline) {
        Font font = Typeface.regular(14);
        double x = right;
        for (int i = entries.size() - 1; i >= 0; i--) {
            Entry entry = entries.get(i);
            Label name = Label.of(entry.name(), font);
            double sample = entry.line() ? SAMPLE : 16;
            x -= name.width();
            name.paint(g, x, baseline);
            x -= BEFORE_NAME + sample;
            double y = baseline - 5;
            g.setColor(entry.color());
            if (entry.line()) {
                g.setStroke(new BasicStroke(CurveChart.LINE, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
                g.draw(new Line2D.Double(x, y, x + sample, y));
            }
            entry.marker().paint(g, x + sample / 2, y, 0);
            x -= GAP;
        }
    }
}
