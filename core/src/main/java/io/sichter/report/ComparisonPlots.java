package io.sichter.report;

import io.sichter.text.Text;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Draws the picture of a comparison, {@code plots/losses}, as PNG and SVG: the loss of every batch of all rivals, from the
 * file {@code losses.csv} that lies in its folder.
 *
 * @param language of the words in it
 */
public record ComparisonPlots(Locale language) {
    /**
     * Draws it.
     *
     * @param folder of the comparison
     * @return the files that were written
     */
    public List<Path> draw(Path folder) {
        MetricsTable table = MetricsTable.read(folder.resolve("losses.csv"));
        if (table.isEmpty()) {
            return List.of();
        }
        List<LossChart.Line> lines = new ArrayList<>();
        for (String name : table.rows().get(0).keySet()) {
            if (!name.equals("step")) {
                lines.add(new LossChart.Line(name, table.values(name)));
            }
        }
        LossChart.Words words = new LossChart.Words(
                say("report.comparison"),
                say("report.comparison.subtitle", table.rows().size()),
                say("report.comparison.step"),
                say("report.comparison.loss"));
        return DrawingFiles.write(folder.resolve("plots"), "losses", new LossChart(words, lines, language));
    }

    private String say(String key, Object... arguments) {
        return Text.of(key, arguments).in(language);
    }
}
