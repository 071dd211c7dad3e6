package io.sichter.metric;

import java.util.ArrayList;
import java.util.List;

/**
 * Figures of samples with one label. Definitions are scikit-learn's; averages are over the classes that have samples. Of
 * two classes the second is the one that {@code roc_auc} and {@code pr_auc} ask for. Kept per sample beside the table: 24
 * bytes.
 */
final class SingleLabelFigures implements Figures.Source {
    private static final int[] TOPS = {3, 5};
    private static final double SMALLEST = Math.ulp(1.0); // where scikit-learn clips probabilities before the logarithm

    private final ProbabilityTable table;
    private final List<String> names;
    private final int[] ranks;
    private final double[] logLosses;
    private final double[] squares;

    SingleLabelFigures(ProbabilityTable table) {
        this.table = table;
        this.names = names(table.classes());
        int n = table.size();
        ranks = new int[n];
        logLosses = new double[n];
        squares = new double[n];
        for (int i = 0; i < n; i++) {
            measure(i);
        }
    }

    /** All names that a table of so many classes has figures for. */
    static List<String> names(int classes) {
        List<String> names = new ArrayList<>(List.of("accuracy"));
        for (int top : TOPS) {
            if (classes > top) {
                names.add("top_" + top);
            }
        }
        names.add("balanced_accuracy");
        for (String figure : List.of("precision_", "recall_", "f1_")) {
            names.addAll(List.of(figure + "micro", figure + "macro", figure + "weighted"));
        }
        names.addAll(List.of("cohen_kappa", "mcc"));
        names.addAll(List.of("roc_auc_macro", "roc_auc_weighted", "pr_auc_macro", "pr_auc_weighted"));
        if (classes == 2) {
            names.addAll(List.of("roc_auc", "pr_auc"));
        }
        names.addAll(List.of("log_loss", "brier", "ece"));
        return List.copyOf(names);
    }

    private void measure(int i) {
        int truth = table.truth(i);
        double own = table.probability(i, truth);
        int rank = 0;
        double square = 0;
        for (int k = 0; k < table.classes(); k++) {
            double p = table.probability(i, k);
            rank += p > own || (p == own && k < truth) ? 1 : 0; // of equals the first, as in the prediction
            double miss = k == truth ? 1 - p : p;
            square += miss * miss;
        }
        ranks[i] = rank;
        squares[i] = table.classes() == 2 ? square / 2 : square;
        logLosses[i] = -Math.log(Math.max(SMALLEST, Math.min(1 - SMALLEST, own)));
    }

    @Override
    public int size() {
        return table.size();
    }

    @Override
    public int columns() {
        return table.classes();
    }

    @Override
    public Ranking ranking(int column) {
        return table.ranking(column);
    }

    @Override
    public List<String> names() {
        return names;
    }

    @Override
    public double[] values(short[] weights, Ranking.Areas[] areas) {
        ConfusionMatrix confusion = new ConfusionMatrix(table.classes());
        Calibration calibration = new Calibration();
        long[] within = new long[TOPS.length];
        double logLoss = 0;
        double square = 0;
        for (int i = 0; i < weights.length; i++) {
            int weight = weights[i];
            if (weight == 0) {
                continue;
            }
            int prediction = table.prediction(i);
            confusion.add(table.truth(i), prediction, weight);
            calibration.add(table.probability(i, prediction), prediction == table.truth(i), weight);
            for (int t = 0; t < TOPS.length; t++) {
                within[t] += ranks[i] < TOPS[t] ? weight : 0;
            }
            logLoss += weight * logLosses[i];
            square += weight * squares[i];
        }
        Row row = new Row(names.size());
        double n = confusion.total();
        row.add(confusion.accuracy());
        for (int t = 0; t < TOPS.length; t++) {
            if (table.classes() > TOPS[t]) {
                row.add(within[t] / n);
            }
        }
        counted(row, confusion);
        ranked(row, confusion, areas);
        row.add(logLoss / n);
        row.add(square / n);
        row.add(calibration.error());
        return row.values;
    }

    private static void counted(Row row, ConfusionMatrix confusion) {
        row.add(confusion.balancedAccuracy());
        for (Average how : Average.values()) {
            row.add(confusion.precision(how));
        }
        for (Average how : Average.values()) {
            row.add(confusion.recall(how));
        }
        for (Average how : Average.values()) {
            row.add(confusion.f1(how));
        }
        row.add(confusion.cohenKappa());
        row.add(confusion.matthews());
    }

    private static void ranked(Row row, ConfusionMatrix confusion, Ranking.Areas[] areas) {
        long[] support = new long[areas.length];
        double[] roc = new double[areas.length];
        double[] precision = new double[areas.length];
        for (int k = 0; k < areas.length; k++) {
            support[k] = confusion.support(k);
            roc[k] = areas[k].roc();
            precision[k] = areas[k].precisionRecall();
        }
        row.add(Means.macro(roc));
        row.add(Means.weighted(roc, support));
        row.add(Means.macro(precision));
        row.add(Means.weighted(precision, support));
        if (areas.length == 2) {
            row.add(roc[1]);
            row.add(precision[1]);
        }
    }

    /** Values in the order of the names. */
    private static final class Row {
        private final double[] values;
        private int size;

        Row(int length) {
            values = new double[length];
        }

        void add(double value) {
            values[size++] = value;
        }
    }
}
