package io.sichter.report;

import io.sichter.metric.ConfusionMatrix;
import io.sichter.run.PredictionRow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * What is to be shown of a file of predictions, gathered in one pass without keeping its rows.
 *
 * @param classes names in the order of the outputs
 * @param confusion counts of (truth, prediction)
 * @param mistakes the most confident wrong predictions, the worst first
 * @param right right predictions, spread evenly over the file
 */
record PredictionSummary(
        List<String> classes, ConfusionMatrix confusion, List<PredictionRow> mistakes, List<PredictionRow> right) {
    /** Mistakes that are kept at most. */
    static final int MISTAKES = 12;

    /** Right predictions that are kept at most. */
    static final int RIGHT = 24;

    /** Reads a file of predictions of these classes. */
    static PredictionSummary read(Path file, List<String> classes) {
        Map<String, Integer> indices = new HashMap<>();
        for (String name : classes) {
            indices.put(name, indices.size());
        }
        ConfusionMatrix confusion = new ConfusionMatrix(classes.size());
        Comparator<PredictionRow> confidence = Comparator.comparingDouble(PredictionRow::probability)
                .thenComparing(Comparator.comparing(PredictionRow::file).reversed());
        PriorityQueue<PredictionRow> worst = new PriorityQueue<>(confidence);
        Spread<PredictionRow> spread = new Spread<>(RIGHT);
        PredictionRow.read(file, row -> {
            Integer truth = indices.get(row.truth());
            Integer prediction = indices.get(row.prediction());
            if (truth == null || prediction == null) {
                throw PredictionRow.damaged(file, row.truth() + ", " + row.prediction());
            }
            confusion.add(truth, prediction);
            if (row.right()) {
                spread.add(row);
            } else {
                worst.add(row);
                if (worst.size() > MISTAKES) {
                    worst.remove();
                }
            }
        });
        return new PredictionSummary(
                classes, confusion, worst.stream().sorted(confidence.reversed()).toList(), spread.items());
    }

    /** Number of wrong predictions. */
    long wrong() {
        return confusion.total() - Math.round(confusion.accuracy() * confusion.total());
    }

    /** A few of many items, evenly spread, in one pass: whenever there are too many, every other one is dropped. */
    private static final class Spread<T> {
        private final int wanted;
        private final List<T> kept = new ArrayList<>();
        private long stride = 1;
        private long seen;

        Spread(int wanted) {
            this.wanted = wanted;
        }

        void add(T item) {
            if (seen++ % stride == 0) {
                kept.add(item);
                if (kept.size() == 4 * wanted) {
                    int half = kept.size() / 2;
                    for (int i = 0; i < half; i++) {
                        kept.set(i, kept.get(2 * i));
                    }
                    kept.subList(half, kept.size()).clear();
                    stride *= 2;
                }
            }
        }

        List<T> items() {
            List<T> items = new ArrayList<>();
            int count = Math.min(wanted, kept.size());
            for (int i = 0; i < count; i++) {
                items.add(kept.get((int) ((i + 0.5) * kept.size() / count)));
            }
            return items;
        }
    }
}
