package io.sichter.report;

import java.awt.Graphics2D;

/** A picture that knows its size and can be painted anywhere: on pixels, or into an SVG. */
interface Drawing {
    /** What it is, as its alternative text says it. */
    String title();

    /** Width in units of the drawing. */
    int width();

    /** Height in units of the drawing. */
    int height();

    /** Pixels per unit in a PNG. */
    default int scale() {
        return 2;
    }

    /** Paints everything, the background too. */
    void paint(Graphics2D g);
}
