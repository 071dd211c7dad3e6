package io.sichter.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/** A bar chart in text: a name, a bar from zero, a number. */
final class TextBars {
    private static final String EIGHTHS = " ▏▎▍▌▋▊▉";
    private static final int WIDEST = 40;
    private static final int NAME = 24;

    private TextBars() {}

    /**
     * The lines of the chart.
     *
     * @param names what the bars stand for
     * @param values at least 0; the largest fills the width
     * @param number how a value is written
     * @param columns widest a line may be
     * @param unicode whether blocks can be shown
     */
    static String of(
            List<String> names, List<Double> values, DoubleFunction<String> number, int columns, boolean unicode) {
        int name =
                Math.min(NAME, names.stream().mapToInt(DisplayWidth::of).max().orElse(0));
        int digits =
                values.stream().mapToInt(v -> number.apply(v).length()).max().orElse(0);
        int width = Math.max(4, Math.min(WIDEST, columns - name - digits - 4));
        double largest = values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String bar = bar(largest > 0 ? values.get(i) / largest * width : 0, width, unicode);
            String shown = number.apply(values.get(i));
            lines.add("  " + fit(names.get(i), name, unicode) + " " + bar + " " + " ".repeat(digits - shown.length())
                    + shown);
        }
        return String.join("\n", lines);
    }

    private static String bar(double cells, int width, boolean unicode) {
        long eighths = Math.round(cells * 8);
        if (cells > 0 && eighths == 0) {
            eighths = 1; // few is not none
        }
        int full = (int) (eighths / 8);
        StringBuilder bar = new StringBuilder((unicode ? "█" : "#").repeat(full));
        if (eighths % 8 > 0) {
            bar.append(unicode ? EIGHTHS.charAt((int) (eighths % 8)) : eighths % 8 >= 4 || full == 0 ? '#' : ' ');
        }
        return bar.append(" ".repeat(Math.max(0, width - bar.length()))).toString();
    }

    private static String fit(String text, int width, boolean unicode) {
        String cut = DisplayWidth.cut(text, width, unicode);
        return cut + " ".repeat(Math.max(0, width - DisplayWidth.of(cut)));
    }
}
