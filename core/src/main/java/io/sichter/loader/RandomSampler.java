package io.sichter.loader;

import io.sichter.random.SeedStream;
import java.util.SplittableRandom;

/**
 * Every sample once per epoch, in an order drawn anew for each epoch: a Fisher-Yates shuffle whose generator depends on
 * the seed and the epoch alone.
 *
 * @param seed the stream of the run that is meant for shuffling
 */
public record RandomSampler(SeedStream seed) implements Sampler {
    @Override
    public int[] order(int epoch, int size) {
        int[] order = new SequentialSampler().order(epoch, size);
        shuffle(order, seed.derive(epoch).generator());
        return order;
    }

    static void shuffle(int[] order, SplittableRandom random) {
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swap = order[i];
            order[i] = order[j];
            order[j] = swap;
        }
    }
}
