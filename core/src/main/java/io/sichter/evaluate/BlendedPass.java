package io.sichter.evaluate;

import io.sichter.dataset.Dataset;
import io.sichter.error.DataException;
import io.sichter.error.Problem;
import io.sichter.image.ImageDecoder;
import io.sichter.loader.Batch;
import io.sichter.loader.DataLoader;
import io.sichter.metric.FloatRows;
import io.sichter.train.PredictionListener;
import io.sichter.train.ValidationPass;
import java.util.ArrayList;
import java.util.List;

/**
 * Several passes over a split, one for each view, and what they say together. Every pass is the one that validates in
 * training. Kept per picture: its id and class, and 4 bytes per class outside the heap.
 */
final class BlendedPass {
    private final Views views;
    private final Dataset dataset;
    private final ImageDecoder decoder;
    private final FloatRows rows;
    private final List<String> ids = new ArrayList<>();
    private final List<Integer> truths = new ArrayList<>();
    private final List<Integer> centres = new ArrayList<>();
    private List<Batch.Skipped> skipped = List.of();

    BlendedPass(Views views, Dataset dataset, ImageDecoder decoder) {
        this.views = views;
        this.dataset = dataset;
        this.decoder = decoder;
        this.rows = new FloatRows(views.loaded().classes().size());
    }

    /**
     * Makes all passes, then tells what they say together of every picture, in order.
     *
     * @throws DataException if a picture could be read in one pass and not in another
     */
    void run(EvaluationListener progress, PredictionListener listener) {
        for (int view = 0; view < views.all().size(); view++) {
            pass(view, progress);
        }
        Blend blend = new Blend(views.tta());
        for (int i = 0; i < ids.size(); i++) {
            double[] row = doubles(rows.row(i));
            blend.finish(row);
            float[] finished = floats(row);
            listener.on(ids.get(i), truths.get(i), highest(finished), finished);
        }
    }

    /** The pictures that could be read, in order. */
    List<String> ids() {
        return ids;
    }

    /** What each of them was taken for in the centre view. */
    List<Integer> centres() {
        return centres;
    }

    /** Pictures that could not be read. */
    List<Batch.Skipped> skipped() {
        return skipped;
    }

    private void pass(int number, EvaluationListener progress) {
        View view = views.all().get(number);
        LoadedModel loaded = views.loaded();
        Collector collector = new Collector(number);
        try (DataLoader loader = DataLoader.builder(dataset, decoder, view.pipeline())
                .augmentSeed(view.stream())
                .batchSize(Evaluation.BATCH_SIZE)
                .prefetch(Evaluation.PREFETCH)
                .build()) {
            int batches = loader.batches();
            ValidationPass.Outcome outcome = new ValidationPass(loaded.engine(), loaded.model())
                    .over(
                            loader,
                            done -> {
                                progress.progress(
                                        number * batches + done, views.all().size() * batches);
                                return true;
                            },
                            collector);
            skipped = outcome.skipped();
        }
        if (collector.place != ids.size()) {
            throw new DataException(Problem.of("evaluate.changed", ids.get(collector.place)));
        }
    }

    /** Adds what one view says, in the order of the data set. */
    private final class Collector implements PredictionListener {
        private final Blend blend = new Blend(views.tta());
        private final int view;
        private int place;

        Collector(int view) {
            this.view = view;
        }

        @Override
        public void on(String picture, int truth, int prediction, float[] probabilities) {
            if (view == 0) {
                ids.add(picture);
                truths.add(truth);
                centres.add(prediction);
                rows.add(new float[probabilities.length]);
            } else if (place >= ids.size() || !ids.get(place).equals(picture)) {
                throw new DataException(Problem.of("evaluate.changed", picture));
            }
            double[] row = doubles(rows.row(place));
            blend.add(row, view, doubles(probabilities));
            rows.set(place, floats(row));
            place++;
        }
    }

    /** The first of equals, as in a single pass. */
    private static int highest(float[] probabilities) {
        int best = 0;
        for (int k = 1; k < probabilities.length; k++) {
            best = probabilities[k] > probabilities[best] ? k : best;
        }
        return best;
    }

    private static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        for (int k = 0; k < values.length; k++) {
            doubles[k] = values[k];
        }
        return doubles;
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int k = 0; k < values.length; k++) {
            floats[k] = (float) values[k];
        }
        return floats;
    }
}
