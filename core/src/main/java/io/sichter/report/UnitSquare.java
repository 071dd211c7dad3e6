package io.sichter.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;

/**
 * A square on which both axes go from 0 to 1.
 *
 * @param left where it begins
 * @param top where it begins
 * @param side its width and height
 * @param numbers how its ticks are written
 */
record UnitSquare(double left, double top, double side, Numbers numbers) {
    private static final int TICKS = 5;
    private static final int GAP = 10;

    /** The horizontal place of a value. */
    double x(double value) {
        return left + side * value;
    }

    /** The vertical place of a value: 1 is above. */
    double y(double value) {
        return top + side * (1 - value);
    }

    /** Paints the ground, a grid and what stands at the axes. */
    void paint(Graphics2D g, String horizontal, String vertical) {
        g.setColor(Theme.PANEL);
        g.fill(new Rectangle2D.Double(left, top, side, side));
        Font font = Typeface.regular(13);
        for (int tick = 0; tick <= TICKS; tick++) {
            double value = (double) tick / TICKS;
            g.setColor(Theme.GRID);
            g.setStroke(new BasicStroke(1));
            g.draw(new Line2D.Double(x(value), top, x(value), top + side));
            g.draw(new Line2D.Double(left, y(value), left + side, y(value)));
            Label label = Label.of(numbers.percent(value, 0), font).color(Theme.MUTED);
            label.paintCentred(g, x(value), top + side + GAP + 12);
            label.paintEndingAt(g, left - GAP, y(value) + 5);
        }
        Font axis = Typeface.regular(14);
        Label.of(horizontal, axis).paintCentred(g, left + side / 2, top + side + 50);
        Label.of(vertical, axis).paintUpwards(g, left - 62, top + side / 2);
    }

    /** Paints the line on which both are equal. */
    void paintDiagonal(Graphics2D g) {
        g.setColor(Theme.MUTED);
        g.setStroke(new BasicStroke(1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, new float[] {5, 5}, 0));
        g.draw(new Line2D.Double(x(0), y(0), x(1), y(1)));
    }

    /** Paints a line from point to point. */
    void paintCurve(Graphics2D g, double[] xs, double[] ys, Color color, float width) {
        java.awt.geom.Path2D path = new java.awt.geom.Path2D.Double();
        path.moveTo(x(xs[0]), y(ys[0]));
        for (int i = 1; i < xs.length; i++) {
            path.lineTo(x(xs[i]), y(ys[i]));
        }
        g.setColor(color);
        g.setStroke(new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        g.draw(path);
    }
}
