package io.sichter.report;

import io.sichter.metric.Calibration;
import io.sichter.metric.ProbabilityTable;
import io.sichter.metric.Ranking;
import io.sichter.run.PredictionRow;
import io.sichter.text.Text;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What can be drawn of a file of predictions when the probabilities of all classes are read. */
final class ProbabilityCharts {
    /** What there is to draw. */
    static final List<String> NAMES = List.of("calibration", "roc", "precision_recall");

    private final ProbabilityTable table;
    private final List<String> classes;
    private final String split;
    private final Numbers numbers;

    private ProbabilityCharts(ProbabilityTable table, List<String> classes, String split, Numbers numbers) {
        this.table = table;
        this.classes = classes;
        this.split = split;
        this.numbers = numbers;
    }

    /** Reads a file of predictions of these classes. */
    static ProbabilityCharts read(Path file, List<String> classes, String split, Numbers numbers) {
        Map<String, Integer> indices = new HashMap<>();
        classes.forEach(name -> indices.put(name, indices.size()));
        ProbabilityTable table = new ProbabilityTable(classes.size());
        PredictionRow.read(file, classes, (row, probabilities) -> {
            Integer truth = indices.get(row.truth());
            Integer prediction = indices.get(row.prediction());
            if (truth == null || prediction == null) {
                throw PredictionRow.damaged(file, row.truth() + ", " + row.prediction());
            }
            table.add(truth, prediction, probabilities);
        });
        return new ProbabilityCharts(table, classes, split, numbers);
    }

    /** The drawing of one of {@link #NAMES}. */
    Drawing draw(String name) {
        return switch (name) {
            case "calibration" -> calibration();
            case "roc" -> chart(true);
            case "precision_recall" -> chart(false);
            default -> throw new IllegalArgumentException(name);
        };
    }

    private Drawing calibration() {
        Calibration calibration = Calibration.of(table);
        double confidence = 0;
        for (int i = 0; i < table.size(); i++) {
            confidence += table.probability(i, table.prediction(i)) / table.size();
        }
        double accuracy = table.confusion().accuracy();
        return new CalibrationChart(
                calibration,
                new CalibrationChart.Words(
                        say("report.calibration", numbers.metric(calibration.error())),
                        say(
                                confidence > accuracy ? "report.calibration.over" : "report.calibration.under",
                                split,
                                numbers.percent(confidence, 1),
                                numbers.percent(accuracy, 1)),
                        say("report.calibration.confidence"),
                        say("report.calibration.accuracy"),
                        say("report.calibration.samples")),
                numbers);
    }

    private Drawing chart(boolean roc) {
        List<RankingChart.Line> lines = new ArrayList<>();
        double sum = 0;
        for (int k = 0; k < classes.size(); k++) {
            Ranking ranking = table.ranking(k);
            double area = roc ? ranking.areas().roc() : ranking.areas().precisionRecall();
            if (!Double.isNaN(area)) {
                lines.add(new RankingChart.Line(classes.get(k), roc ? ranking.roc() : ranking.precisionRecall(), area));
                sum += area;
            }
        }
        String key = roc ? "report.roc" : "report.precision_recall";
        RankingChart.Words words = new RankingChart.Words(
                say(key, numbers.metric(sum / lines.size())),
                say(key + ".subtitle", split, table.size()),
                say(key + ".x"),
                say(key + ".y"),
                say("report.ranking.others"),
                say("report.ranking.area"));
        return new RankingChart(lines, words, numbers, roc);
    }

    private String say(String key, Object... arguments) {
        return Text.of(key, arguments).in(numbers.language());
    }
}
