package io.sichter.dataset;

import io.sichter.random.SeedStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How samples are divided into training and validation. A pure function of the samples' ids, their targets and a seed:
 * the order of the samples, the file system and where the data lies change nothing.
 *
 * <p>Every id has a place in a random order (64 bits drawn from seed and id), and the first ones validate. So a sample
 * more or less moves few others.
 */
public sealed interface Split {
    /**
     * The outcome.
     *
     * @param train samples to train on, by id
     * @param validation samples held out, by id
     */
    record Halves(List<Sample> train, List<Sample> validation) {
        /** Copies the lists. */
        public Halves {
            train = List.copyOf(train);
            validation = List.copyOf(validation);
        }
    }

    /** Share of the samples that is held out, between 0 and 1, both excluded. */
    double fraction();

    /**
     * Divides samples.
     *
     * @param samples samples with different ids, in any order
     * @param seed seed of the run
     */
    Halves apply(List<Sample> samples, long seed);

    /**
     * Holds out a share of all samples, whatever their classes.
     *
     * @param fraction the share; the number of samples is rounded, and at least one stays on either side of two or more
     */
    record Holdout(double fraction) implements Split {
        /** Checks the share. */
        public Holdout {
            checkFraction(fraction);
        }

        @Override
        public Halves apply(List<Sample> samples, long seed) {
            List<Sample> ordered = shuffled(samples, seed);
            int held = bounded(Math.round(fraction * ordered.size()), ordered.size());
            return byId(ordered.subList(held, ordered.size()), ordered.subList(0, held));
        }
    }

    /**
     * Holds out the same share of every class, as nearly as whole pictures allow: each class gets the whole part of its
     * share, what is missing to the share of all goes to the largest remainders (ties: the class that comes first). A
     * class of two or more has at least one picture on either side, a class of one stays in training.
     *
     * @param fraction the share
     */
    record Stratified(double fraction) implements Split {
        /** Checks the share. */
        public Stratified {
            checkFraction(fraction);
        }

        /**
         * {@inheritDoc}
         *
         * @throws IllegalStateException if a sample has more or less than one label
         */
        @Override
        public Halves apply(List<Sample> samples, long seed) {
            Map<Integer, List<Sample>> byClass = new TreeMap<>();
            for (Sample sample : shuffled(samples, seed)) {
                byClass.computeIfAbsent(sample.target(), c -> new ArrayList<>()).add(sample);
            }
            Map<Integer, Integer> held = quotas(byClass, samples.size());
            List<Sample> train = new ArrayList<>();
            List<Sample> validation = new ArrayList<>();
            byClass.forEach((target, members) -> {
                int count = held.getOrDefault(target, 0);
                validation.addAll(members.subList(0, count));
                train.addAll(members.subList(count, members.size()));
            });
            return byId(train, validation);
        }

        private Map<Integer, Integer> quotas(Map<Integer, List<Sample>> byClass, int total) {
            Map<Integer, Integer> held = new TreeMap<>();
            byClass.forEach((target, members) ->
                    held.put(target, bounded((long) Math.floor(fraction * members.size()), members.size())));
            long missing = Math.round(fraction * total)
                    - held.values().stream().mapToInt(Integer::intValue).sum();
            List<Integer> byRemainder = new ArrayList<>(byClass.keySet());
            byRemainder.sort(Comparator.comparingDouble((Integer target) -> {
                        double share = fraction
                                * byClass.getOrDefault(target, List.of()).size();
                        return held.getOrDefault(target, 0) - share;
                    })
                    .thenComparing(Comparator.naturalOrder()));
            for (int target : byRemainder) {
                int count = held.getOrDefault(target, 0);
                boolean owed = count
                        < fraction * byClass.getOrDefault(target, List.of()).size();
                int more = bounded(
                        count + 1L, byClass.getOrDefault(target, List.of()).size());
                if (missing > 0 && owed && more > count) {
                    held.put(target, more);
                    missing--;
                }
            }
            return held;
        }
    }

    private static void checkFraction(double fraction) {
        if (!(fraction > 0 && fraction < 1)) {
            throw new IllegalArgumentException("The share held out must lie between 0 and 1, got " + fraction);
        }
    }

    /** A number to hold out, so that at least one stays on either side of two or more. */
    private static int bounded(long wanted, int size) {
        return size < 2 ? 0 : (int) Math.max(1, Math.min(size - 1L, wanted));
    }

    private static List<Sample> shuffled(List<Sample> samples, long seed) {
        record Placed(long place, Sample sample) {}
        SeedStream stream = SeedStream.of(seed).derive("split");
        return samples.stream()
                .map(sample -> new Placed(stream.derive(sample.id()).key(), sample))
                .sorted(Comparator.comparingLong(Placed::place)
                        .thenComparing(placed -> placed.sample().id(), ClassIndex.byCodePoint()))
                .map(Placed::sample)
                .toList();
    }

    private static Halves byId(List<Sample> train, List<Sample> validation) {
        Comparator<Sample> byId = Comparator.comparing(Sample::id, ClassIndex.byCodePoint());
        return new Halves(
                train.stream().sorted(byId).toList(),
                validation.stream().sorted(byId).toList());
    }
}
