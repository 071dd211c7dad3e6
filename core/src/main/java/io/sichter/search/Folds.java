package io.sichter.search;

import io.sichter.config.DataConfig;
import io.sichter.config.RunConfig;
import io.sichter.dataset.ContentDigests;
import io.sichter.dataset.DataFolder;
import io.sichter.dataset.DatasetScan;
import io.sichter.dataset.Grouping;
import io.sichter.dataset.Part;
import io.sichter.dataset.Partition;
import io.sichter.dataset.Sample;
import io.sichter.dataset.ScanResult;
import io.sichter.dataset.Split;
import io.sichter.error.DataException;
import io.sichter.error.Problem;
import io.sichter.event.TrainEvent;
import io.sichter.event.TrainListener;
import io.sichter.image.DecodeLimits;
import io.sichter.image.OpenCvDecoder;
import io.sichter.random.SeedStream;
import io.sichter.text.Text;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The division of all labelled pictures into folds. Of every fold a partition is made: the fold itself is its test part,
 * never seen in its training; the other folds are divided once more, into what trains and what decides when to stop and
 * which epoch is best. Pictures that the data keeps for a test are left alone.
 */
final class Folds {
    private static final int SHOWN = 5;

    private final CrossValidationPlan plan;
    private final DataFolder folder;
    private final List<Sample> samples;
    private final Grouping grouping;

    private Folds(CrossValidationPlan plan, DataFolder folder, List<Sample> samples, Grouping grouping) {
        this.plan = plan;
        this.folder = folder;
        this.samples = samples;
        this.grouping = grouping;
    }

    /**
     * Looks through the pictures; those that cannot be read belong to no fold.
     *
     * @throws DataException if a class has too few pictures, or groups of pictures, for the folds
     */
    static Folds of(CrossValidationPlan plan, TrainListener listener) {
        RunConfig config = plan.config();
        DataConfig data = config.data();
        DataFolder all = DataFolder.open(Path.of(data.path())).withClasses(config.classes());
        DecodeLimits limits = DecodeLimits.ofPixels(data.maxPixels());
        ScanResult scan = new DatasetScan(
                        new OpenCvDecoder(limits), limits, config.runtime().threadsHere())
                .run(all.samples(), (done, total) -> listener.on(new TrainEvent.ScanProgress(done, total)));
        scan.enforce(data.badImages().equals("fail"), data.maxBadFraction());
        DataFolder folder = all.without(scan.badIds());
        List<Sample> samples = new ArrayList<>(folder.dataset(Part.TRAIN).samples());
        samples.addAll(folder.dataset(Part.VALIDATION).samples());
        if (folder.has(Part.TEST)) {
            listener.on(new TrainEvent.Advice(Text.of(
                    "search.crossval.test_kept", folder.dataset(Part.TEST).size())));
        }
        Folds folds = new Folds(plan, folder, samples, grouping(config, samples, listener));
        folds.requireEnough();
        return folds;
    }

    private static Grouping grouping(RunConfig config, List<Sample> samples, TrainListener listener) {
        DataConfig data = config.data();
        Grouping grouping = data.groupBy().isEmpty() ? Grouping.none() : Grouping.by(data.groupBy(), samples);
        if (!data.keepDuplicatesTogether()) {
            return grouping;
        }
        ContentDigests digests = ContentDigests.of(
                samples,
                config.runtime().threadsHere(),
                (done, total) -> listener.on(new TrainEvent.ScanProgress(done, total)));
        return grouping.joinedWith(Grouping.ofEqualContent(digests.byId()));
    }

    /** A fold without a picture of a class says nothing about that class; so every class needs one for each. */
    private void requireEnough() {
        List<Text> few = new ArrayList<>();
        int fewest = Integer.MAX_VALUE;
        for (int k = 0; k < folder.classes().size(); k++) {
            int target = k;
            Set<String> members = new HashSet<>();
            samples.stream()
                    .filter(s -> s.target() == target)
                    .forEach(s -> members.add(grouping.isNone() ? s.id() : grouping.of(s)));
            if (members.size() < plan.folds()) {
                few.add(Text.of(
                        "about",
                        Text.quoted(folder.classes().name(k)),
                        Text.of("search.crossval.members", members.size())));
            }
            fewest = Math.min(fewest, members.size());
        }
        if (!few.isEmpty()) {
            Text shown = Text.joined(", ", few.subList(0, Math.min(SHOWN, few.size())));
            throw new DataException(Problem.of(
                    "search.crossval.few",
                    plan.folds(),
                    few.size() > SHOWN ? Text.of("list_and_more", shown, few.size() - SHOWN) : shown,
                    fewest < 2 ? Text.of("search.crossval.few.none") : Text.of("search.crossval.few.folds", fewest)));
        }
    }

    /** The partition of a fold; repeat and fold count from 1. */
    Partition partition(int repeat, int fold) {
        long seed = plan.config().seed() + repeat - 1;
        Split.Halves outer = new Split.KFold(plan.folds(), fold - 1, grouping, plan.stratified()).apply(samples, seed);
        long innerSeed = SeedStream.of(seed).derive("inner split").derive(fold).key();
        Split.Halves inner = innerSplit().apply(outer.train(), innerSeed);
        if (inner.train().isEmpty() || inner.validation().isEmpty()) {
            throw new DataException(
                    Problem.of("search.crossval.inner", fold, outer.train().size()));
        }
        return new Partition(folder.classes(), inner.train(), inner.validation(), outer.validation());
    }

    private Split innerSplit() {
        double share = plan.config().data().valFraction();
        if (grouping.isNone()) {
            return plan.stratified() ? new Split.Stratified(share) : new Split.Holdout(share);
        }
        return plan.stratified() ? new Split.StratifiedGrouped(share, grouping) : new Split.Grouped(share, grouping);
    }

    /** Whether the data keeps pictures for a test. */
    boolean hasTest() {
        return folder.has(Part.TEST);
    }
}
