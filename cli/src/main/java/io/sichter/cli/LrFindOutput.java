package io.sichter.cli;

import io.sichter.schedule.LrSuggestion;
import io.sichter.text.Text;
import io.sichter.train.LrFinder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** What the search for a learning rate prints: the curve, drawn in characters, and the suggestions. */
final class LrFindOutput {
    private static final int COLUMNS = 60;
    private static final int ROWS = 12;

    private LrFindOutput() {}

    static Text text(LrFinder.Found found, boolean unicode) {
        LrSuggestion suggestion = found.suggestion();
        Text end = Text.of(found.exploded() ? "cli.lr_find.exploded" : "cli.lr_find.reached");
        Text advice = suggestion.valley().isEmpty()
                ? Text.of("cli.lr_find.none")
                : Text.of("cli.lr_find.suggestion", rate(suggestion.valley()), rate(suggestion.steepest()));
        return Text.joined("\n", List.of(Text.verbatim(chart(found.points(), unicode)), end, advice));
    }

    static String csv(LrFinder.Found found) {
        StringBuilder csv = new StringBuilder("lr,loss,smoothed_loss\n");
        found.points().forEach(p -> csv.append(p.lr() + "," + p.loss() + "," + p.smoothed() + "\n"));
        return csv.toString();
    }

    static Map<String, Object> json(LrFinder.Found found) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("valley", Json.number(found.suggestion().valley().orElse(Double.NaN)));
        json.put("steepest", Json.number(found.suggestion().steepest().orElse(Double.NaN)));
        json.put("exploded", found.exploded());
        json.put(
                "curve",
                found.points().stream()
                        .map(p -> List.of(p.lr(), Json.number(p.loss()), Json.number(p.smoothed())))
                        .toList());
        return json;
    }

    private static String rate(OptionalDouble rate) {
        return String.format(Locale.ROOT, "%.2e", rate.orElseThrow());
    }

    /** The smoothed loss over the logarithm of the rate, the last explosion cut off as fastai's plot cuts it. */
    private static String chart(List<LrSuggestion.Point> all, boolean unicode) {
        List<LrSuggestion.Point> points = all.size() > 15 ? all.subList(all.size() / 10, all.size() - 5) : all;
        if (points.isEmpty()) {
            return "";
        }
        double low =
                points.stream().mapToDouble(LrSuggestion.Point::smoothed).min().orElseThrow();
        double high =
                points.stream().mapToDouble(LrSuggestion.Point::smoothed).max().orElseThrow();
        double left = Math.log(points.get(0).lr());
        double right = Math.log(points.get(points.size() - 1).lr());
        char[][] cells = new char[ROWS][COLUMNS];
        for (char[] row : cells) {
            java.util.Arrays.fill(row, ' ');
        }
        for (LrSuggestion.Point point : points) {
            int column = (int) Math.round((Math.log(point.lr()) - left) / Math.max(right - left, 1e-9) * (COLUMNS - 1));
            int row = (int) Math.round((high - point.smoothed()) / Math.max(high - low, 1e-9) * (ROWS - 1));
            cells[row][column] = unicode ? '•' : '*';
        }
        List<String> lines = new ArrayList<>();
        for (int row = 0; row < ROWS; row++) {
            double value = high - (high - low) * row / (ROWS - 1);
            String label = row % 3 == 0 || row == ROWS - 1 ? String.format(Locale.ROOT, "%8.3f", value) : " ".repeat(8);
            lines.add(label + (unicode ? " │" : " |") + new String(cells[row]).stripTrailing());
        }
        String ends = String.format(Locale.ROOT, "%.1e", points.get(0).lr());
        String other =
                String.format(Locale.ROOT, "%.1e", points.get(points.size() - 1).lr());
        lines.add(" ".repeat(9) + (unicode ? "└" + "─".repeat(COLUMNS) : "+" + "-".repeat(COLUMNS)));
        lines.add(" ".repeat(10) + ends + " ".repeat(Math.max(1, COLUMNS - ends.length() - other.length())) + other);
        return String.join("\n", lines) + "\n";
    }
}
