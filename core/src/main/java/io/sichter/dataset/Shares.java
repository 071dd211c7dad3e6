package io.sichter.dataset;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Shares of samples in whole pictures. */
final class Shares {
    private Shares() {}

    static void check(double fraction) {
        if (!(fraction > 0 && fraction < 1)) {
            throw new IllegalArgumentException("The share held out must lie between 0 and 1, got " + fraction);
        }
    }

    /** A number to hold out, so that at least one stays on either side of two or more. */
    static int bounded(long wanted, int size) {
        return size < 2 ? 0 : (int) Math.max(1, Math.min(size - 1L, wanted));
    }

    /** Holds out the first of each class. */
    static Split.Halves perClass(List<Sample> ordered, double fraction) {
        Map<Integer, List<Sample>> byClass = byClass(ordered);
        Map<Integer, Integer> held = quotas(byClass, ordered.size(), fraction);
        List<Sample> train = new ArrayList<>();
        List<Sample> validation = new ArrayList<>();
        byClass.forEach((target, members) -> {
            int count = held.getOrDefault(target, 0);
            validation.addAll(members.subList(0, count));
            train.addAll(members.subList(count, members.size()));
        });
        return RandomOrder.halves(train, validation);
    }

    /** Deals the samples to the folds like cards, class after class or as they come, and holds out one fold. */
    static Split.Halves fold(List<Sample> ordered, int folds, int fold, boolean byClass) {
        List<Sample> train = new ArrayList<>();
        List<Sample> held = new ArrayList<>();
        int dealt = 0;
        for (List<Sample> members : byClass ? byClass(ordered).values() : List.of(ordered)) {
            for (Sample sample : members) {
                (dealt % folds == fold ? held : train).add(sample);
                dealt++;
            }
        }
        return RandomOrder.halves(train, held);
    }

    private static Map<Integer, List<Sample>> byClass(List<Sample> ordered) {
        Map<Integer, List<Sample>> byClass = new TreeMap<>();
        for (Sample sample : ordered) {
            byClass.computeIfAbsent(sample.target(), c -> new ArrayList<>()).add(sample);
        }
        return byClass;
    }

    private static Map<Integer, Integer> quotas(Map<Integer, List<Sample>> byClass, int total, double fraction) {
        Map<Integer, Integer> held = new TreeMap<>();
        byClass.forEach((target, members) ->
                held.put(target, bounded((long) Math.floor(fraction * members.size()), members.size())));
        long missing = Math.round(fraction * total)
                - held.values().stream().mapToInt(Integer::intValue).sum();
        List<Integer> byRemainder = new ArrayList<>(byClass.keySet());
        byRemainder.sort(Comparator.comparingDouble((Integer target) -> {
                    double share =
                            fraction * byClass.getOrDefault(target, List.of()).size();
                    return held.getOrDefault(target, 0) - share;
                })
                .thenComparing(Comparator.naturalOrder()));
        for (int target : byRemainder) {
            int count = held.getOrDefault(target, 0);
            int size = byClass.getOrDefault(target, List.of()).size();
            int more = bounded(count + 1L, size);
            if (missing > 0 && count < fraction * size && more > count) {
                held.put(target, more);
                missing--;
            }
        }
        return held;
    }
}
