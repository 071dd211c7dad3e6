package io.sichter.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * The losses of several trainings over the steps: of each a faint line through every batch, and over it a bold one through
 * their moving mean, for the loss of a batch jumps.
 */
final class LossChart implements Drawing {
    private static final int WIDTH = 1080;
    private static final int HEIGHT = 640;
    private static final int PADDING = 10;
    private static final int LEGEND_ROW = 22;
    private static final int LEGEND_BASELINE = 60;
    private static final int MOST_POINTS = 1600;
    private static final int TICK_SPACING = 110;
    private static final int VALUE_SPACING = 52;
    private static final double CUT = 1.15;
    private static final Marker NO_MARK = SeriesMarkers.NONE;

    private final Words words;
    private final List<Line> lines;
    private final Locale language;

    /**
     * What stands around the lines.
     *
     * @param title above
     * @param subtitle below the title
     * @param step at the horizontal axis
     * @param loss at the vertical axis
     */
    record Words(String title, String subtitle, String step, String loss) {}

    /**
     * One training.
     *
     * @param losses of steps 1, 2 ...; NaN for none
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over once, to be drawn; never compared
    record Line(String name, double[] losses) {}

    LossChart(Words words, List<Line> lines, Locale language) {
        this.words = words;
        this.lines = List.copyOf(lines);
        this.language = language;
    }

    @Override
    public String title() {
        return words.title();
    }

    @Override
    public int width() {
        return WIDTH;
    }

    @Override
    public int height() {
        return HEIGHT + LEGEND_ROW;
    }

    @Override
    public void paint(Graphics2D g) {
        Theme.begin(g, this, words.subtitle());
        List<CurveLegend.Entry> legend = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            legend.add(new CurveLegend.Entry(lines.get(i).name(), Theme.series(i), NO_MARK, true));
        }
        int left = Theme.MARGIN - PADDING;
        int top = Theme.HEAD + LEGEND_ROW - PADDING;
        g.translate(left, top);
        chart().paint(g, WIDTH - 2 * left, HEIGHT - Theme.HEAD);
        g.translate(-left, -top);
        CurveLegend.paint(g, legend, WIDTH - Theme.MARGIN, LEGEND_BASELINE + LEGEND_ROW + LEGEND_ROW);
    }

    private XYChart chart() {
        XYChart chart = new XYChart(WIDTH, HEIGHT);
        style(chart.getStyler());
        chart.setXAxisTitle(words.step());
        chart.setYAxisTitle(words.loss());
        double highest = highest();
        chart.getStyler().setYAxisMin(0.0).setYAxisMax(highest);
        // Of steps at equal distances XChart labels every so many, round or not: one that is none gives round numbers.
        add(chart, "no step", new double[] {0.5, Math.PI}, new double[] {Double.NaN, Double.NaN}, Theme.PANEL, 0);
        for (int i = 0; i < lines.size(); i++) { // all faint ones first, so that none lies over a bold one
            add(chart, "batches " + i, lines.get(i).losses(), Theme.mix(Theme.PANEL, Theme.series(i), 0.28), 0.8f);
        }
        for (int i = 0; i < lines.size(); i++) {
            add(chart, "mean " + i, smooth(lines.get(i).losses()), Theme.series(i), CurveChart.LINE);
        }
        return chart;
    }

    private void add(XYChart chart, String name, double[] losses, Color color, float width) {
        double highest = highest();
        int every = Math.max(1, (losses.length + MOST_POINTS - 1) / MOST_POINTS);
        int[] shown =
                IntStream.range(0, losses.length).filter(i -> i % every == 0).toArray();
        double[] steps = Arrays.stream(shown).mapToDouble(i -> i + 1).toArray();
        double[] values = Arrays.stream(shown)
                .mapToDouble(i -> Math.min(losses[i], highest))
                .toArray();
        add(chart, name, steps, values, color, width);
    }

    private static void add(XYChart chart, String name, double[] steps, double[] values, Color color, float width) {
        XYSeries series = chart.addSeries(name, steps, values);
        series.setLineColor(color).setLineStyle(new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        series.setMarker(NO_MARK);
    }

    /** The moving mean without the pull of the zero it begins with; as long as a fortieth of the training. */
    static double[] smooth(double[] losses) {
        double keep = 1 - 1 / Math.max(3.0, losses.length / 40.0);
        double[] smooth = new double[losses.length];
        double sum = 0;
        double weight = 0;
        for (int i = 0; i < losses.length; i++) {
            if (Double.isFinite(losses[i])) {
                sum = keep * sum + (1 - keep) * losses[i];
                weight = keep * weight + (1 - keep);
            }
            smooth[i] = weight > 0 ? sum / weight : Double.NaN;
        }
        return smooth;
    }

    /** Above the bold lines; single batches may be cut, so that one bad step does not flatten all the others. */
    private double highest() {
        double bold = lines.stream()
                .flatMapToDouble(line -> Arrays.stream(smooth(line.losses())))
                .filter(Double::isFinite)
                .max()
                .orElse(1);
        return CUT * bold;
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
        style.setPlotGridLinesColor(Theme.GRID).setPlotGridLinesStroke(new BasicStroke(1));
        style.setAxisTicksMarksVisible(false).setYAxisLabelAlignment(AxesChartStyler.TextAlignment.Right);
        style.setXAxisTickMarkSpacingHint(TICK_SPACING);
        style.setYAxisTickMarkSpacingHint(VALUE_SPACING);
        style.setXAxisDecimalPattern("0").setYAxisDecimalPattern("0.0#");
        int steps = lines.stream().mapToInt(line -> line.losses().length).max().orElse(1);
        style.setXAxisMin(0.0).setXAxisMax((double) Math.max(2, steps));
    }
}
