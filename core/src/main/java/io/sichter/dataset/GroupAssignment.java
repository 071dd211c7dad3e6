package io.sichter.dataset;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts whole groups into parts so that every part has about its share of the pictures, and of each class if wanted.
 *
 * <p>What is made small is the chi-square distance: the sum over parts and classes of (pictures there - share of the
 * part x pictures of the class)^2 / (share x pictures of the class); all pictures together count as one more class. All
 * groups begin in the first part and are visited in an order drawn from the seed; each goes where the distance is
 * smallest, again and again until none moves.
 */
final class GroupAssignment {
    private static final int MAX_ROUNDS = 50;
    private static final int ALL = -1;

    /** Samples that stay together, how many of each class, and the part they are in. */
    private static final class Group {
        private final List<Sample> members = new ArrayList<>();
        private final Map<Integer, Integer> counts = new HashMap<>();
        private int part;
    }

    private final List<Group> groups;
    private final Map<Integer, Integer> totals = new HashMap<>();

    GroupAssignment(List<Sample> samples, Grouping grouping, boolean byClass, long seed) {
        Map<String, Group> byKey = new LinkedHashMap<>();
        for (Sample sample : RandomOrder.byId(samples)) {
            Group group = byKey.computeIfAbsent(grouping.of(sample), k -> new Group());
            group.members.add(sample);
            group.counts.merge(ALL, 1, Integer::sum);
            if (byClass) {
                group.counts.merge(sample.target(), 1, Integer::sum);
            }
        }
        groups = new ArrayList<>(byKey.values());
        groups.sort(Comparator.comparingLong(
                        (Group g) -> RandomOrder.place(g.members.get(0).id(), seed))
                .thenComparing(g -> g.members.get(0).id()));
        groups.forEach(g -> g.counts.forEach((c, n) -> totals.merge(c, n, Integer::sum)));
    }

    Split.Halves halves(double fraction) {
        assign(new double[] {1 - fraction, fraction});
        return holdingOut(1);
    }

    Split.Halves fold(int folds, int fold) {
        double[] shares = new double[folds];
        java.util.Arrays.fill(shares, 1.0 / folds);
        assign(shares);
        return holdingOut(fold);
    }

    private Split.Halves holdingOut(int part) {
        List<Sample> train = new ArrayList<>();
        List<Sample> held = new ArrayList<>();
        groups.forEach(g -> (g.part == part ? held : train).addAll(g.members));
        return RandomOrder.halves(train, held);
    }

    private void assign(double[] shares) {
        List<Map<Integer, Integer>> there = new ArrayList<>();
        for (int i = 0; i < shares.length; i++) {
            there.add(new HashMap<>());
        }
        there.get(0).putAll(totals);
        boolean moved = true;
        for (int round = 0; moved && round < MAX_ROUNDS; round++) {
            moved = false;
            for (Group group : groups) {
                int best = best(group, there, shares);
                moved |= best != group.part;
                move(group, best, there);
            }
        }
        for (int part = 0; part < shares.length && groups.size() >= shares.length; part++) {
            fillIfEmpty(part, there);
        }
    }

    /** The part in which a group adds least to the distance; where it is, if none is better. */
    private int best(Group group, List<Map<Integer, Integer>> there, double[] shares) {
        int best = group.part;
        double least = added(group, there.get(best), shares[best], true) - 1e-12;
        for (int part = 0; part < shares.length; part++) {
            double added = part == group.part ? least : added(group, there.get(part), shares[part], false);
            if (added < least) {
                best = part;
                least = added;
            }
        }
        return best;
    }

    /** What a group adds to the distance of a part, its own pictures not counted before. */
    private double added(Group group, Map<Integer, Integer> part, double share, boolean inside) {
        double sum = 0;
        for (Map.Entry<Integer, Integer> entry : group.counts.entrySet()) {
            int n = entry.getValue();
            double total = totals.getOrDefault(entry.getKey(), 0);
            double before = part.getOrDefault(entry.getKey(), 0) - (inside ? n : 0) - share * total;
            sum += n * (2 * before + n) / (share * total);
        }
        return sum;
    }

    private static void move(Group group, int to, List<Map<Integer, Integer>> there) {
        int from = group.part;
        group.counts.forEach((c, n) -> {
            there.get(from).merge(c, -n, Integer::sum);
            there.get(to).merge(c, n, Integer::sum);
        });
        group.part = to;
    }

    /** No part stays without a group: the smallest of the part that has most comes over. */
    private void fillIfEmpty(int part, List<Map<Integer, Integer>> there) {
        int[] sizes = new int[there.size()];
        groups.forEach(g -> sizes[g.part]++);
        if (sizes[part] > 0) {
            return;
        }
        int largest = 0;
        for (int i = 1; i < sizes.length; i++) {
            largest = sizes[i] > sizes[largest] ? i : largest;
        }
        int giver = largest;
        groups.stream()
                .filter(g -> g.part == giver)
                .min(Comparator.comparingInt(g -> g.members.size()))
                .ifPresent(g -> move(g, part, there));
    }
}
