package io.sichter.report;

/**
 * What a chart of curves shows; the places of the arrays are epochs 1, 2 ...
 *
 * @param title above the chart
 * @param subtitle below the title
 * @param axes what stands at the axes
 * @param training values, NaN for none
 * @param validation values, NaN for none
 * @param legend what the curves are called
 * @param best epoch that is marked, 0 for none
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, to be drawn; never compared
record Curves(
        String title, String subtitle, Axes axes, double[] training, double[] validation, Legend legend, int best) {
    /**
     * Labels of the axes.
     *
     * @param lowest smallest value that the metric can have
     * @param highest largest value that the metric can have
     */
    record Axes(String epoch, String metric, double lowest, double highest) {}

    /** Names of the curves, and of the mark on the best epoch. */
    record Legend(String training, String validation, String best) {}
}
