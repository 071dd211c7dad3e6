package io.sichter.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;

/**
 * A line of text. It is painted as outlines, so that it looks the same in a PNG, in an SVG and on a machine that does not
 * have the font.
 *
 * @param text the words
 * @param font a font that has them
 * @param color of the outlines' inside
 */
record Label(String text, Font font, Color color) {
    private static final FontRenderContext CONTEXT = new FontRenderContext(null, true, true);
    private static final String ELLIPSIS = "…";

    /** A line in the colour of text. */
    static Label of(String text, Font font) {
        String visible = visible(text);
        return new Label(visible, Typeface.able(font, visible), Theme.TEXT);
    }

    /** The same in another colour. */
    Label color(Color other) {
        return new Label(text, font, other);
    }

    /** How far it goes to the right. */
    double width() {
        return text.isEmpty() ? 0 : layout().getAdvance();
    }

    /** The same, or with its middle left out so that it fits: names of classes differ at both ends. */
    Label fit(double width) {
        if (width() <= width) {
            return this;
        }
        int[] points = text.codePoints().toArray();
        for (int kept = points.length - 1; kept > 1; kept--) {
            int head = (kept + 1) / 2;
            String shorter = new String(points, 0, head).stripTrailing()
                    + ELLIPSIS
                    + new String(points, points.length - (kept - head), kept - head).stripLeading();
            Label label = new Label(shorter, font, color);
            if (label.width() <= width) {
                return label;
            }
        }
        return new Label(ELLIPSIS, font, color);
    }

    /** Paints it from a point on its baseline to the right. */
    void paint(Graphics2D g, double x, double y) {
        paint(g, AffineTransform.getTranslateInstance(x, y));
    }

    /** Paints it so that it ends at a point on its baseline. */
    void paintEndingAt(Graphics2D g, double x, double y) {
        paint(g, x - width(), y);
    }

    /** Paints it around a point on its baseline. */
    void paintCentred(Graphics2D g, double x, double y) {
        paint(g, x - width() / 2, y);
    }

    /** Paints it turned anticlockwise so that its end is at a point: the label below a column. */
    void paintTurned(Graphics2D g, double degrees, double x, double y) {
        AffineTransform place = AffineTransform.getTranslateInstance(x, y);
        place.rotate(-Math.toRadians(degrees));
        place.translate(-width(), font.getSize2D() * 0.36);
        paint(g, place);
    }

    /** Paints it turned by a quarter anticlockwise around a point. */
    void paintUpwards(Graphics2D g, double x, double y) {
        AffineTransform place = AffineTransform.getTranslateInstance(x, y);
        place.rotate(-Math.PI / 2);
        place.translate(-width() / 2, font.getSize2D() * 0.36);
        paint(g, place);
    }

    private void paint(Graphics2D g, AffineTransform place) {
        if (!text.isEmpty()) {
            g.setColor(color);
            g.fill(layout().getOutline(place));
        }
    }

    private TextLayout layout() {
        return new TextLayout(text, font, CONTEXT);
    }

    /** Names of files may hold anything: what has no shape would break the line. */
    private static String visible(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
