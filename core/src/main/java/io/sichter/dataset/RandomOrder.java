package io.sichter.dataset;

import io.sichter.random.SeedStream;
import java.util.Comparator;
import java.util.List;

/** Puts samples into an order that depends on a seed and their ids alone. */
final class RandomOrder {
    private static final Comparator<Sample> BY_ID = Comparator.comparing(Sample::id, ClassIndex.byCodePoint());

    private RandomOrder() {}

    /** The place of an id in the order of a seed; signed, smallest first. */
    static long place(String id, long seed) {
        return SeedStream.of(seed).derive("split").derive(id).key();
    }

    static List<Sample> of(List<Sample> samples, long seed) {
        record Placed(long place, Sample sample) {}
        return samples.stream()
                .map(sample -> new Placed(place(sample.id(), seed), sample))
                .sorted(Comparator.comparingLong(Placed::place).thenComparing(Placed::sample, BY_ID))
                .map(Placed::sample)
                .toList();
    }

    static List<Sample> byId(List<Sample> samples) {
        return samples.stream().sorted(BY_ID).toList();
    }

    static Split.Halves halves(List<Sample> train, List<Sample> held) {
        return new Split.Halves(byId(train), byId(held));
    }
}
