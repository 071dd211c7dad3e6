package io.sichter.dataset;

import java.util.List;

/**
 * How samples are divided into those to train on and those held out. A pure function of the samples' ids, their targets,
 * their groups and a seed: the order of the samples, the file system and where the data lies change nothing.
 *
 * <p>Every id has a place in a random order (64 bits drawn from seed and id), and the first ones are held out. So a
 * sample more or less moves few others. Three parts are two such divisions, one after the other: see {@link
 * DataFolder#partition}.
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
     * @throws IllegalStateException if it looks at classes and a sample has more or less than one label
     */
    Halves apply(List<Sample> samples, long seed);

    /** The same kind of division, holding out another share. Of a k-fold division: the one that its folds resemble. */
    Split holding(double fraction);

    /** What divides the rest like this divides the whole, after a share of the whole was taken away. */
    default Split afterTaking(double taken) {
        return holding(Math.min(1 - 1e-9, fraction() / (1 - taken)));
    }

    /**
     * Holds out a share of all samples, whatever their classes.
     *
     * @param fraction the share; the number of samples is rounded, and at least one stays on either side of two or more
     */
    record Holdout(double fraction) implements Split {
        /** Checks the share. */
        public Holdout {
            Shares.check(fraction);
        }

        @Override
        public Halves apply(List<Sample> samples, long seed) {
            List<Sample> ordered = RandomOrder.of(samples, seed);
            int held = Shares.bounded(Math.round(fraction * ordered.size()), ordered.size());
            return RandomOrder.halves(ordered.subList(held, ordered.size()), ordered.subList(0, held));
        }

        @Override
        public Split holding(double other) {
            return new Holdout(other);
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
            Shares.check(fraction);
        }

        @Override
        public Halves apply(List<Sample> samples, long seed) {
            return Shares.perClass(RandomOrder.of(samples, seed), fraction);
        }

        @Override
        public Split holding(double other) {
            return new Stratified(other);
        }
    }

    /**
     * Holds out whole groups, so that nothing of a patient, a place or a series is on both sides. The share is met as
     * nearly as the sizes of the groups allow; of two or more groups at least one is on either side.
     *
     * @param fraction the share of the samples
     * @param grouping what belongs together
     */
    record Grouped(double fraction, Grouping grouping) implements Split {
        /** Checks the share. */
        public Grouped {
            Shares.check(fraction);
        }

        @Override
        public Halves apply(List<Sample> samples, long seed) {
            return new GroupAssignment(samples, grouping, false, seed).halves(fraction);
        }

        @Override
        public Split holding(double other) {
            return new Grouped(other, grouping);
        }
    }

    /**
     * As {@link Grouped}, and among the ways to keep groups whole one in which every class has about its share.
     *
     * @param fraction the share of each class
     * @param grouping what belongs together
     */
    record StratifiedGrouped(double fraction, Grouping grouping) implements Split {
        /** Checks the share. */
        public StratifiedGrouped {
            Shares.check(fraction);
        }

        @Override
        public Halves apply(List<Sample> samples, long seed) {
            return new GroupAssignment(samples, grouping, true, seed).halves(fraction);
        }

        @Override
        public Split holding(double other) {
            return new StratifiedGrouped(other, grouping);
        }
    }

    /**
     * One of k divisions whose held-out parts, the folds, are together all samples and have none in common. Stratified
     * and without groups, no class differs by more than one picture between folds; the size of the folds does not in
     * either case.
     *
     * @param folds number of folds, at least 2
     * @param fold the one that is held out, from 0
     * @param grouping what stays in one fold; {@link Grouping#none} for nothing
     * @param stratified whether every fold gets its share of each class
     */
    record KFold(int folds, int fold, Grouping grouping, boolean stratified) implements Split {
        /** Stratified folds. */
        public KFold(int folds, int fold, Grouping grouping) {
            this(folds, fold, grouping, true);
        }

        /** Checks the numbers. */
        public KFold {
            if (folds < 2 || fold < 0 || fold >= folds) {
                throw new IllegalArgumentException("Fold " + fold + " of " + folds);
            }
        }

        @Override
        public double fraction() {
            return 1.0 / folds;
        }

        @Override
        public Halves apply(List<Sample> samples, long seed) {
            return grouping.isNone()
                    ? Shares.fold(RandomOrder.of(samples, seed), folds, fold, stratified)
                    : new GroupAssignment(samples, grouping, stratified, seed).fold(folds, fold);
        }

        @Override
        public Split holding(double other) {
            if (!stratified) {
                return grouping.isNone() ? new Holdout(other) : new Grouped(other, grouping);
            }
            return grouping.isNone() ? new Stratified(other) : new StratifiedGrouped(other, grouping);
        }

        /** The folds of the rest are again all folds of it. */
        @Override
        public Split afterTaking(double taken) {
            return this;
        }
    }
}
