package io.sichter.metric;

import java.util.List;

/**
 * Figures of samples with any number of labels. Definitions are scikit-learn's, a division by nothing giving 0; macro and
 * weighted means are over the labels that have samples. {@code lrap} is the label ranking average precision, {@code
 * pr_auc_macro} what detection calls mean average precision. Kept per sample beside the table: 72 bytes.
 */
final class MultiLabelFigures implements Figures.Source {
    private static final List<String> NAMES = List.of(
            "subset_accuracy",
            "hamming_loss",
            "jaccard_samples",
            "precision_samples",
            "recall_samples",
            "f1_samples",
            "lrap",
            "log_loss",
            "brier",
            "precision_micro",
            "precision_macro",
            "precision_weighted",
            "recall_micro",
            "recall_macro",
            "recall_weighted",
            "f1_micro",
            "f1_macro",
            "f1_weighted",
            "roc_auc_macro",
            "roc_auc_weighted",
            "pr_auc_macro",
            "pr_auc_weighted");
    private static final int PER_SAMPLE = 9;
    private static final double SMALLEST = Math.ulp(1.0);

    private final LabelSets sets;
    private final double[][] ofSamples;

    MultiLabelFigures(LabelSets sets) {
        this.sets = sets;
        ofSamples = new double[sets.size()][];
        for (int i = 0; i < ofSamples.length; i++) {
            ofSamples[i] = measure(i);
        }
    }

    /** The first nine figures of one sample. */
    private double[] measure(int i) {
        int labels = sets.labels();
        int both = 0;
        int truths = 0;
        int predictions = 0;
        double logLoss = 0;
        double square = 0;
        for (int k = 0; k < labels; k++) {
            boolean has = sets.has(i, k);
            boolean predicted = sets.predicted(i, k);
            both += has && predicted ? 1 : 0;
            truths += has ? 1 : 0;
            predictions += predicted ? 1 : 0;
            double p = sets.probability(i, k);
            double right = has ? p : 1 - p;
            square += (1 - right) * (1 - right);
            logLoss -= Math.log(Math.max(SMALLEST, Math.min(1 - SMALLEST, right)));
        }
        int either = truths + predictions - both;
        return new double[] {
            either == both ? 1 : 0,
            (either - both) / (double) labels,
            ratio(both, either),
            ratio(both, predictions),
            ratio(both, truths),
            ratio(2L * both, truths + predictions),
            rankedPrecision(i, truths),
            logLoss / labels,
            square / labels
        };
    }

    /** Mean over the labels of a sample: of those ranked as high or higher, how many it has; 1 if it has none or all. */
    private double rankedPrecision(int i, int truths) {
        int labels = sets.labels();
        if (truths == 0 || truths == labels) {
            return 1;
        }
        double sum = 0;
        for (int k = 0; k < labels; k++) {
            if (sets.has(i, k)) {
                int above = 0;
                int rightAbove = 0;
                for (int j = 0; j < labels; j++) {
                    if (sets.probability(i, j) >= sets.probability(i, k)) {
                        above++;
                        rightAbove += sets.has(i, j) ? 1 : 0;
                    }
                }
                sum += (double) rightAbove / above;
            }
        }
        return sum / truths;
    }

    @Override
    public int size() {
        return sets.size();
    }

    @Override
    public int columns() {
        return sets.labels();
    }

    @Override
    public Ranking ranking(int column) {
        return sets.ranking(column);
    }

    @Override
    public List<String> names() {
        return NAMES;
    }

    @Override
    public double[] values(short[] weights, Ranking.Areas[] areas) {
        double[] values = new double[NAMES.size()];
        int labels = sets.labels();
        long[] both = new long[labels];
        long[] truths = new long[labels];
        long[] predictions = new long[labels];
        long n = 0;
        for (int i = 0; i < weights.length; i++) {
            int weight = weights[i];
            if (weight == 0) {
                continue;
            }
            n += weight;
            for (int f = 0; f < PER_SAMPLE; f++) {
                values[f] += weight * ofSamples[i][f];
            }
            for (int k = 0; k < labels; k++) {
                boolean has = sets.has(i, k);
                boolean predicted = sets.predicted(i, k);
                both[k] += has && predicted ? weight : 0;
                truths[k] += has ? weight : 0;
                predictions[k] += predicted ? weight : 0;
            }
        }
        for (int f = 0; f < PER_SAMPLE; f++) {
            values[f] /= n;
        }
        counted(values, both, truths, predictions);
        ranked(values, truths, areas);
        return values;
    }

    private static void counted(double[] values, long[] both, long[] truths, long[] predictions) {
        int labels = both.length;
        double[] precision = new double[labels];
        double[] recall = new double[labels];
        double[] f1 = new double[labels];
        long hits = 0;
        long guesses = 0;
        long wanted = 0;
        for (int k = 0; k < labels; k++) {
            boolean present = truths[k] > 0;
            precision[k] = present ? ratio(both[k], predictions[k]) : Double.NaN;
            recall[k] = present ? ratio(both[k], truths[k]) : Double.NaN;
            f1[k] = present ? ratio(2 * both[k], truths[k] + predictions[k]) : Double.NaN;
            hits += both[k];
            guesses += predictions[k];
            wanted += truths[k];
        }
        int at = PER_SAMPLE;
        values[at++] = ratio(hits, guesses);
        values[at++] = Means.macro(precision);
        values[at++] = Means.weighted(precision, truths);
        values[at++] = ratio(hits, wanted);
        values[at++] = Means.macro(recall);
        values[at++] = Means.weighted(recall, truths);
        values[at++] = ratio(2 * hits, wanted + guesses);
        values[at++] = Means.macro(f1);
        values[at] = Means.weighted(f1, truths);
    }

    private static void ranked(double[] values, long[] truths, Ranking.Areas[] areas) {
        double[] roc = new double[areas.length];
        double[] precision = new double[areas.length];
        for (int k = 0; k < areas.length; k++) {
            roc[k] = areas[k].roc();
            precision[k] = areas[k].precisionRecall();
        }
        int at = NAMES.indexOf("roc_auc_macro");
        values[at++] = Means.macro(roc);
        values[at++] = Means.weighted(roc, truths);
        values[at++] = Means.macro(precision);
        values[at] = Means.weighted(precision, truths);
    }

    private static double ratio(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }
}
