package io.sichter.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sichter.error.DataException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SplitTest {
    /** Samples of as many classes as there are numbers, that many of each. */
    private static List<Sample> samples(String root, int... counts) {
        List<Sample> samples = new ArrayList<>();
        for (int target = 0; target < counts.length; target++) {
            for (int i = 0; i < counts[target]; i++) {
                String id = "class" + target + "/" + i + ".jpg";
                samples.add(Sample.of(id, new SampleSource.FileSource(Path.of(root, id)), target));
            }
        }
        return samples;
    }

    private static int[] counts(List<Sample> samples, int classes) {
        int[] counts = new int[classes];
        samples.forEach(sample -> counts[sample.target()]++);
        return counts;
    }

    private static List<String> ids(List<Sample> samples) {
        return samples.stream().map(Sample::id).toList();
    }

    @Test
    void stratifiedKeepsTheSharesByLargestRemainder() {
        // Shares of a fifth: 8.0, 2.6, 1.4, 0.6, 0.4, 0.2; 13 of 66 in all. 8 + 2 + 1 + 1 + 1 + 0 leaves nothing over.
        int[] sizes = {40, 13, 7, 3, 2, 1};
        Split.Halves halves = new Split.Stratified(0.2).apply(samples("r", sizes), 42);
        assertThat(counts(halves.validation(), 6)).containsExactly(8, 2, 1, 1, 1, 0);
        assertThat(counts(halves.train(), 6)).containsExactly(32, 11, 6, 2, 1, 1);
        // Shares 2.6, 2.6, 2.8: 8 in all, so that two of the three get one more, the third and the first.
        assertThat(counts(
                        new Split.Stratified(0.2)
                                .apply(samples("r", 13, 13, 14), 1)
                                .validation(),
                        3))
                .containsExactly(3, 2, 3);
    }

    @Test
    void everyClassOfTwoOrMoreIsOnBothSidesWhateverTheNumbers() {
        Random random = new Random(3);
        for (int round = 0; round < 300; round++) {
            int[] sizes = random.ints(1 + random.nextInt(12), 1, 60).toArray();
            double fraction = 0.02 + 0.96 * random.nextDouble();
            List<Sample> samples = samples("r", sizes);
            Split.Halves halves = new Split.Stratified(fraction).apply(samples, round);
            int[] train = counts(halves.train(), sizes.length);
            int[] validation = counts(halves.validation(), sizes.length);
            for (int c = 0; c < sizes.length; c++) {
                assertThat(train[c] + validation[c]).isEqualTo(sizes[c]);
                assertThat(train[c]).isPositive();
                assertThat(validation[c]).isBetween(sizes[c] == 1 ? 0 : 1, sizes[c]);
                if (sizes[c] > 1) {
                    assertThat(validation[c])
                            .isBetween(Math.min(sizes[c] - 1, (int) Math.floor(fraction * sizes[c])), Math.max(1, (int)
                                    Math.ceil(fraction * sizes[c])));
                }
            }
            Set<String> all = new HashSet<>(ids(halves.train()));
            all.addAll(ids(halves.validation()));
            assertThat(all).hasSize(samples.size());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void dependsOnIdsClassesAndSeedAlone(boolean stratified) {
        Split split = stratified ? new Split.Stratified(0.2) : new Split.Holdout(0.2);
        List<Sample> here = samples("/here", 30, 20, 10);
        List<Sample> there = new ArrayList<>(samples("/mnt/there", 30, 20, 10));
        Collections.shuffle(there, new Random(1));
        Split.Halves a = split.apply(here, 42);
        Split.Halves b = split.apply(there, 42);
        assertThat(ids(b.train())).isEqualTo(ids(a.train())).isSortedAccordingTo(ClassIndex.byCodePoint());
        assertThat(ids(b.validation())).isEqualTo(ids(a.validation()));
        assertThat(ids(split.apply(here, 43).validation())).isNotEqualTo(ids(a.validation()));
    }

    @Test
    void theSplitOfASeedNeverChanges() {
        // Recorded: another result would split the data of every existing run anew.
        assertThat(ids(new Split.Stratified(0.2).apply(samples("r", 10, 5), 42).validation()))
                .containsExactly(RECORDED);
    }

    private static final String[] RECORDED = {"class0/1.jpg", "class0/2.jpg", "class1/3.jpg"};

    @Test
    void aSampleMoreMovesFewOthers() {
        List<Sample> samples = samples("r", 100, 100);
        Set<String> before =
                new HashSet<>(ids(new Split.Stratified(0.2).apply(samples, 7).validation()));
        List<Sample> more = new ArrayList<>(samples);
        more.add(Sample.of("class0/new.jpg", new SampleSource.FileSource(Path.of("x")), 0));
        Set<String> after =
                new HashSet<>(ids(new Split.Stratified(0.2).apply(more, 7).validation()));
        before.removeAll(after);
        assertThat(before).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void holdoutTakesItsShareOfAll() {
        Split.Halves halves = new Split.Holdout(0.25).apply(samples("r", 20, 20), 1);
        assertThat(halves.validation()).hasSize(10);
        assertThat(halves.train()).hasSize(30);
        assertThat(new Split.Holdout(0.01).apply(samples("r", 2), 1).validation())
                .hasSize(1);
        assertThat(new Split.Holdout(0.99).apply(samples("r", 2), 1).train()).hasSize(1);
        assertThat(new Split.Holdout(0.5).apply(samples("r", 1), 1).train()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, -0.1, Double.NaN})
    void theShareLiesBetweenZeroAndOne(double fraction) {
        assertThatThrownBy(() -> new Split.Holdout(fraction)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Split.Stratified(fraction)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSplitFileCanBeReadBack() {
        ClassIndex classes = new ClassIndex(List.of("a, \"b\"", "c\nd", "e"));
        List<Sample> odd = List.of(
                Sample.of("a, \"b\"/ü \uD83D\uDE00.jpg", new SampleSource.FileSource(Path.of("root/x")), 0),
                Sample.of("c\nd/1.jpg", new SampleSource.FileSource(Path.of("root/y")), 1));
        Partition partition = new Partition(classes, odd, samples("root", 0, 0, 2), samples("root", 0, 1));
        String csv = SplitFile.write(partition);
        assertThat(csv)
                .startsWith("path,class,split\n")
                .contains("class2/1.jpg,e,val\n")
                .doesNotContain("\r");
        Partition back = SplitFile.read(csv, classes, Path.of("/moved"));
        for (Part part : Part.values()) {
            assertThat(ids(back.samples(part))).isEqualTo(ids(partition.samples(part)));
            assertThat(back.samples(part).stream().map(Sample::target))
                    .isEqualTo(
                            partition.samples(part).stream().map(Sample::target).toList());
        }
        assertThat(back.validation().get(0).source().location())
                .isEqualTo(Path.of("/moved", "class2", "0.jpg").toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "path,class,split\nx.jpg,unknown,train\n",
                "path,class,split\nx.jpg,a,training\n",
                "path,class,split\nx.jpg,a,train\nx.jpg,a,val\n",
                "path,class,split\n../x.jpg,a,train\n",
                "path,class,split\n/etc/x.jpg,a,train\n",
                "path,class,split\n,a,train\n",
                "file,class,split\nx.jpg,a,train\n",
                "path,class,split\n\"x.jpg,a,train\n",
            })
    void refusesASplitFileThatWasDamaged(String csv) {
        ClassIndex classes = new ClassIndex(List.of("a", "b"));
        assertThatThrownBy(() -> SplitFile.read(csv, classes, Path.of("r")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("split.csv");
    }
}
