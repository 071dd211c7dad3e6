package io.sichter.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** A metric of training and validation over the epochs, drawn by XChart. */
final class CurveChart implements Drawing {
    private static final int WIDTH = 960;
    private static final int HEIGHT = 600;
    private static final int PADDING = 10;
    private static final int LEGEND_BASELINE = 60;
    private static final int MARKED_POINTS = 24;
    private static final int TICK_SPACING = 64;
    private static final int VALUE_SPACING = 52;
    private static final Marker DOT = new Dot();
    private static final Marker RING = new Ring(3.4, true);
    private static final Marker BEST = new Ring(8, false);

    /** Width of the curves. */
    static final float LINE = 2.4f;

    private final Curves curves;
    private final Locale language;

    CurveChart(Curves curves, Locale language) {
        this.curves = curves;
        this.language = language;
    }

    @Override
    public String title() {
        return curves.title();
    }

    @Override
    public int width() {
        return WIDTH;
    }

    @Override
    public int height() {
        return HEIGHT;
    }

    @Override
    public void paint(Graphics2D g) {
        Theme.begin(g, this, curves.subtitle());
        int left = Theme.MARGIN - PADDING;
        g.translate(left, Theme.HEAD - PADDING);
        chart().paint(g, WIDTH - 2 * left, HEIGHT - Theme.HEAD);
        g.translate(-left, PADDING - Theme.HEAD);
        List<CurveLegend.Entry> legend = new ArrayList<>();
        legend.add(new CurveLegend.Entry(curves.legend().training(), Theme.TRAINING, DOT, true));
        legend.add(new CurveLegend.Entry(curves.legend().validation(), Theme.VALIDATION, RING, true));
        if (marksBest()) {
            legend.add(new CurveLegend.Entry(curves.legend().best(), Theme.TEXT, BEST, false));
        }
        CurveLegend.paint(g, legend, WIDTH - Theme.MARGIN, LEGEND_BASELINE);
    }

    private boolean marksBest() {
        return curves.best() > 0 && Double.isFinite(curves.validation()[curves.best() - 1]);
    }

    private XYChart chart() {
        XYChart chart = new XYChart(WIDTH, HEIGHT);
        style(chart.getStyler());
        chart.setXAxisTitle(curves.axes().epoch());
        chart.setYAxisTitle(curves.axes().metric());
        double[] range = scaleAxes(chart.getStyler());
        if (marksBest()) { // below the curves
            add(chart, "best line", new double[] {curves.best(), curves.best()}, range, Theme.MUTED, dashes());
        }
        double[] epochs = IntStream.rangeClosed(1, curves.training().length)
                .asDoubleStream()
                .toArray();
        add(chart, "training", epochs, curves.training(), Theme.TRAINING, stroke(LINE));
        add(chart, "validation", epochs, curves.validation(), Theme.VALIDATION, stroke(LINE));
        mark(chart, "training marks", epochs, curves.training(), Theme.TRAINING, DOT);
        mark(chart, "validation marks", epochs, curves.validation(), Theme.VALIDATION, RING);
        if (marksBest()) {
            double[] epoch = {curves.best()};
            double[] value = {curves.validation()[curves.best() - 1]};
            mark(chart, "best mark", epoch, value, Theme.TEXT, BEST);
        }
        return chart;
    }

    private static void add(
            XYChart chart, String name, double[] epochs, double[] values, Color color, BasicStroke stroke) {
        XYSeries series = chart.addSeries(name, epochs, values);
        series.setLineColor(color).setLineStyle(stroke);
        series.setMarker(SeriesMarkers.NONE);
    }

    /** Marks on the points of a curve; where there are many, on some of them. */
    private static void mark(XYChart chart, String name, double[] epochs, double[] values, Color color, Marker marker) {
        int step = (epochs.length + MARKED_POINTS - 1) / MARKED_POINTS;
        double[] some = IntStream.range(0, epochs.length)
                .mapToDouble(i -> i % step == 0 ? values[i] : Double.NaN)
                .toArray();
        XYSeries marks = chart.addSeries(name, epochs, some);
        marks.setLineStyle(SeriesLines.NONE);
        marks.setMarker(marker).setMarkerColor(color);
    }

    private void style(XYStyler style) {
        style.setLocale(language);
        style.setChartBackgroundColor(Theme.BACKGROUND).setChartFontColor(Theme.TEXT);
        style.setChartTitleVisible(false).setChartTitleFont(Typeface.semibold(22));
        style.setPlotBackgroundColor(Theme.PANEL).setPlotBorderVisible(false);
        style.setPlotContentSize(1).setChartPadding(PADDING);
        style.setLegendVisible(false).setLegendFont(Typeface.regular(14));
        style.setAxisTitleFont(Typeface.regular(14)).setAxisTitlePadding(12);
        style.setAxisTickLabelsFont(Typeface.regular(13)).setAxisTickLabelsColor(Theme.MUTED);
        style.setAxisTickMarksColor(Theme.GRID).setAxisTickMarkLength(5);
        style.setAxisTicksLineVisible(false).setPlotTicksMarksVisible(false);
        style.setPlotGridLinesColor(Theme.GRID).setPlotGridLinesStroke(stroke(1));
        style.setAxisTicksMarksVisible(false).setYAxisLabelAlignment(AxesChartStyler.TextAlignment.Right);
    }

    /**
     * Some room on both sides, ticks on whole epochs only; some room above and below the curves.
     *
     * @return lowest and highest value of the vertical axis
     */
    private double[] scaleAxes(XYStyler style) {
        int epochs = curves.training().length;
        double room = Math.max(0.5, 0.008 * epochs); // for the marks on the first and the last epoch
        double first = 1 - Math.min(0.9, room); // there is no epoch 0
        double last = epochs + room;
        style.setXAxisMin(first).setXAxisMax(last);
        style.setXAxisTickMarkSpacingHint(Math.max(TICK_SPACING, (int) Math.ceil(0.8 * WIDTH / (last - first))));
        style.setXAxisDecimalPattern("0");
        style.setYAxisTickMarkSpacingHint(VALUE_SPACING);
        double[] range = range();
        style.setYAxisMin(range[0]).setYAxisMax(range[1]);
        int decimals = (int) Math.ceil(-Math.log10((range[1] - range[0]) / 2)) + 1;
        style.setYAxisDecimalPattern(decimals <= 0 ? "0" : "0." + "0".repeat(Math.min(decimals, 8)));
        return range;
    }

    private double[] range() {
        double lowest = curves.axes().lowest();
        double highest = curves.axes().highest();
        DoubleSummaryStatistics values = DoubleStream.concat(
                        Arrays.stream(curves.training()), Arrays.stream(curves.validation()))
                .filter(Double::isFinite)
                .summaryStatistics();
        if (values.getCount() == 0) {
            return new double[] {lowest, lowest + 1};
        }
        double span = values.getMax() - values.getMin();
        double room = Math.max(0.08 * span, Math.max(1e-3, 0.02 * Math.abs(values.getMax())));
        double marks = Math.min(room, Math.max(1e-3, 0.04 * span)); // beyond what is possible, only for the marks
        return new double[] {
            Math.max(lowest - marks, values.getMin() - room), Math.min(highest + marks, values.getMax() + room),
        };
    }

    private static BasicStroke stroke(float width) {
        return new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    }

    private static BasicStroke dashes() {
        return new BasicStroke(1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, new float[] {4, 4}, 0);
    }

    /** A filled point. */
    private static final class Dot extends Marker {
        private static final double RADIUS = 3.6;

        @Override
        public void paint(Graphics2D g, double x, double y, int size) {
            g.fill(new Ellipse2D.Double(x - RADIUS, y - RADIUS, 2 * RADIUS, 2 * RADIUS));
        }
    }

    /** A point with a hole. */
    private static final class Ring extends Marker {
        private static final float WIDTH = 2;

        private final double radius;
        private final boolean filled;

        Ring(double radius, boolean filled) {
            this.radius = radius;
            this.filled = filled;
        }

        @Override
        public void paint(Graphics2D g, double x, double y, int size) {
            Ellipse2D circle = new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
            Color color = g.getColor();
            if (filled) {
                g.setColor(Theme.PANEL);
                g.fill(circle);
                g.setColor(color);
            }
            g.setStroke(new BasicStroke(WIDTH));
            g.draw(circle);
        }
    }
}
