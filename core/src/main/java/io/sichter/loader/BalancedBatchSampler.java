package io.sichter.loader;

import io.sichter.dataset.Dataset;
import io.sichter.random.SeedStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Orders samples so that every batch holds every class equally often; where the batch does not divide by the classes, the
 * places left over go round among them. An epoch has as many places as there are samples: the pictures of a class come in
 * random order, and again from the beginning in a new order when they are used up, so that rare ones come several times
 * and not all of the frequent ones come at all. All of it depends on the seed and the epoch alone.
 */
public final class BalancedBatchSampler implements Sampler {
    private final List<int[]> members = new ArrayList<>();
    private final int samples;
    private final int batchSize;
    private final SeedStream seed;

    /**
     * Makes one.
     *
     * @param dataset with one label for each sample; classes without samples are passed over
     * @param batchSize pictures per batch
     * @param seed the stream of the run that is meant for shuffling
     */
    public BalancedBatchSampler(Dataset dataset, int batchSize, SeedStream seed) {
        List<List<Integer>> byClass = new ArrayList<>();
        for (int c = 0; c < dataset.classes().size(); c++) {
            byClass.add(new ArrayList<>());
        }
        for (int i = 0; i < dataset.size(); i++) {
            byClass.get(dataset.samples().get(i).target()).add(i);
        }
        byClass.stream()
                .filter(list -> !list.isEmpty())
                .forEach(list ->
                        members.add(list.stream().mapToInt(Integer::intValue).toArray()));
        this.samples = dataset.size();
        this.batchSize = batchSize;
        this.seed = seed;
    }

    /** Things in random order that never end: shuffled again when all were dealt. */
    private static final class Deck {
        private final int[] cards;
        private final SplittableRandom random;
        private int next;

        Deck(int[] cards, SplittableRandom random) {
            this.cards = cards.clone();
            this.random = random;
            this.next = cards.length;
        }

        int deal() {
            if (next == cards.length) {
                RandomSampler.shuffle(cards, random);
                next = 0;
            }
            return cards[next++];
        }
    }

    @Override
    public int[] order(int epoch, int size) {
        if (size != samples) {
            throw new IllegalArgumentException("Made for " + samples + " samples, asked for " + size);
        }
        SplittableRandom random = seed.derive(epoch).generator();
        List<Deck> pictures = new ArrayList<>();
        members.forEach(list -> pictures.add(new Deck(list, random.split())));
        Deck leftOver = new Deck(new SequentialSampler().order(epoch, members.size()), random.split());
        int[] order = new int[size];
        for (int start = 0; start < size; start += batchSize) {
            int length = Math.min(batchSize, size - start);
            int[] batch = new int[length];
            int whole = length / members.size() * members.size();
            for (int i = 0; i < length; i++) {
                int c = i < whole ? i % members.size() : leftOver.deal();
                batch[i] = pictures.get(c).deal();
            }
            RandomSampler.shuffle(batch, random);
            System.arraycopy(batch, 0, order, start, length);
        }
        return order;
    }
}
