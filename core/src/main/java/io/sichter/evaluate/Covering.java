package io.sichter.evaluate;

import io.sichter.model.Classifier;
import io.sichter.model.ModelInput;
import io.sichter.tensor.NoGrad;
import io.sichter.tensor.Scope;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** What a network says of a picture of which parts are covered with the mean colour of its training pictures. */
final class Covering {
    private static final int BATCH = 32;
    private static final int WINDOWS = 8; // side of a window: this part of the picture's
    private static final int STEPS = 28;

    private final Classifier model;

    Covering(Classifier model) {
        this.model = model;
    }

    /**
     * How much the probability of a class drops while a window moves over the picture, half its side at a time; of a pixel
     * the mean of the windows over it.
     *
     * @param input one picture {@code [1, C, H, W]}
     */
    Saliency occlusion(Tensor input, int target) {
        int height = (int) input.size(2);
        int width = (int) input.size(3);
        int window = Math.max(2, Math.max(height, width) / WINDOWS);
        List<int[]> places = new ArrayList<>();
        for (int y : starts(height, window)) {
            for (int x : starts(width, window)) {
                places.add(new int[] {y, x});
            }
        }
        return Scope.call(() -> NoGrad.call(() -> {
            double whole = probabilities(List.of(input), target)[0];
            List<Tensor> covered =
                    places.stream().map(place -> cover(input, place, window)).toList();
            double[] said = probabilities(covered, target);
            double[] sums = new double[height * width];
            int[] counts = new int[height * width];
            for (int i = 0; i < said.length; i++) {
                int[] place = places.get(i);
                for (int y = place[0]; y < Math.min(height, place[0] + window); y++) {
                    for (int x = place[1]; x < Math.min(width, place[1] + window); x++) {
                        sums[y * width + x] += whole - said[i];
                        counts[y * width + x]++;
                    }
                }
            }
            for (int i = 0; i < sums.length; i++) {
                sums[i] = Math.max(0, sums[i] / counts[i]);
            }
            return Saliency.of(height, width, sums);
        }));
    }

    private static List<Integer> starts(int length, int window) {
        List<Integer> starts = new ArrayList<>();
        for (int start = 0; start + window < length; start += window / 2) {
            starts.add(start);
        }
        starts.add(Math.max(0, length - window));
        return starts;
    }

    private static Tensor cover(Tensor input, int[] place, int window) {
        Tensor copy = input.clone();
        long height = Math.min(window, input.size(2) - place[0]);
        long width = Math.min(window, input.size(3) - place[1]);
        copy.narrow(2, place[0], height).narrow(3, place[1], width).zero_();
        return copy;
    }

    /**
     * Judges a map: pixels are taken away, or shown, in the order of their importance; the mean probability of the class on
     * the way is small, or large, for a good map (Petsiuk et al., "RISE: Randomized Input Sampling for Explanation of
     * Black-box Models", 2018). What is not there has the mean colour.
     */
    Faithfulness judge(Tensor input, int target, Saliency map) {
        int pixels = map.values().length;
        int[] order = map.order();
        return Scope.call(() -> NoGrad.call(() -> {
            List<Tensor> deleted = new ArrayList<>();
            List<Tensor> inserted = new ArrayList<>();
            for (int step = 0; step <= STEPS; step++) {
                double[] kept = new double[pixels];
                int first = (int) ((long) pixels * step / STEPS);
                for (int i = first; i < pixels; i++) {
                    kept[order[i]] = 1;
                }
                Tensor mask = Tensor.create(kept, new long[] {1, 1, map.height(), map.width()})
                        .to(input.device(), input.scalar_type());
                deleted.add(input.mul(mask));
                inserted.add(input.mul(torch.ones_like(mask).sub(mask)));
            }
            return new Faithfulness(area(probabilities(deleted, target)), area(probabilities(inserted, target)));
        }));
    }

    /** Below the curve over the share of pixels, by trapezoids. */
    private static double area(double[] curve) {
        double sum = 0;
        for (int i = 1; i < curve.length; i++) {
            sum += (curve[i - 1] + curve[i]) / 2;
        }
        return sum / (curve.length - 1);
    }

    private double[] probabilities(List<Tensor> pictures, int target) {
        double[] all = new double[pictures.size()];
        for (int from = 0; from < all.length; from += BATCH) {
            int start = from;
            List<Tensor> some = pictures.subList(from, Math.min(all.length, from + BATCH));
            Scope.run(() -> {
                Tensor batch = torch.cat(new TensorVector(some.toArray(Tensor[]::new)), 0);
                Tensor logits = model.forward(new ModelInput(batch)).to(torch.ScalarType.Double);
                double[] said = ActivationMaps.doubles(torch.softmax(logits, 1).select(1, target));
                System.arraycopy(said, 0, all, start, said.length);
            });
        }
        return all;
    }
}
