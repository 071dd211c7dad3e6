package io.sichter.report;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;

/**
 * How all pictures look: the colours, and the head that each begins with. Right and training are teal, wrong and
 * validation are orange: the two differ in brightness and in blue, which every kind of colour vision tells apart.
 */
final class Theme {
    static final Color BACKGROUND = new Color(0x15181D);
    static final Color PANEL = new Color(0x1C2027);
    static final Color GRID = new Color(0x2C323B);
    static final Color MUTED = new Color(0x97A1AE);
    static final Color TEXT = new Color(0xE9ECF0);
    static final Color TRAINING = new Color(0x45C4BF);
    static final Color VALIDATION = new Color(0xF5A351);
    static final Color RIGHT = TRAINING;
    static final Color WRONG = new Color(0xFF7B54);

    /** Space around everything. */
    static final int MARGIN = 32;

    /** Height of the head, the margin above it included. */
    static final int HEAD = 92;

    private static final int TITLE_BASELINE = 48;
    private static final int SUBTITLE_BASELINE = 72;

    /** Told apart by brightness as well as by hue, in the order in which they are taken. */
    private static final Color[] SERIES = {
        TRAINING,
        VALIDATION,
        new Color(0xC79BFF),
        new Color(0xF2E27A),
        new Color(0x6FA8FF),
        new Color(0xFF7BAC),
        new Color(0x9BD66B),
        new Color(0xC9CED6)
    };

    private Theme() {}

    /** The colour of one of several curves, from 0; they come again after eight. */
    static Color series(int index) {
        return SERIES[index % SERIES.length];
    }

    /** Paints the background and the head of a picture. */
    static void begin(Graphics2D g, Drawing drawing, String subtitle) {
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        g.setColor(BACKGROUND);
        g.fill(new Rectangle2D.Double(0, 0, drawing.width(), drawing.height()));
        title(drawing.title()).paint(g, MARGIN, TITLE_BASELINE);
        subtitle(subtitle).paint(g, MARGIN, SUBTITLE_BASELINE);
    }

    /** How wide the words of a head are. */
    static double headWidth(String title, String subtitle) {
        return Math.max(title(title).width(), subtitle(subtitle).width());
    }

    private static Label title(String words) {
        return Label.of(words, Typeface.semibold(22)).color(TEXT);
    }

    private static Label subtitle(String words) {
        return Label.of(words, Typeface.regular(13.5f)).color(MUTED);
    }

    /** The colour between two, linearly. */
    static Color mix(Color from, Color to, double share) {
        return new Color(
                (int) Math.round(from.getRed() + share * (to.getRed() - from.getRed())),
                (int) Math.round(from.getGreen() + share * (to.getGreen() - from.getGreen())),
                (int) Math.round(from.getBlue() + share * (to.getBlue() - from.getBlue())));
    }

    /** The colour of text that can be read on another. */
    static Color on(Color ground) {
        double luma = 0.299 * ground.getRed() + 0.587 * ground.getGreen() + 0.114 * ground.getBlue();
        return luma > 120 ? BACKGROUND : TEXT;
    }
}
