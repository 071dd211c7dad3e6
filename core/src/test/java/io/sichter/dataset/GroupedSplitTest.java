package io.sichter.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sichter.error.DataException;
import io.sichter.error.UsageException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupedSplitTest {
    private static Sample sample(String id, int target) {
        return Sample.of(id, new SampleSource.FileSource(Path.of(id)), target);
    }

    /** Patients with 1 to 12 pictures of three classes, unevenly. */
    private static List<Sample> patients(long seed) {
        Random random = new Random(seed);
        List<Sample> samples = new ArrayList<>();
        for (int patient = 0; patient < 60; patient++) {
            int usual = random.nextInt(10) < 6 ? 0 : random.nextInt(3);
            for (int i = 0, n = 1 + random.nextInt(12); i < n; i++) {
                samples.add(
                        sample("p" + patient + "_" + i + ".jpg", random.nextInt(4) > 0 ? usual : random.nextInt(3)));
            }
        }
        return samples;
    }

    private static Grouping byPatient(List<Sample> samples) {
        return Grouping.by("^(p\\d+)_", samples);
    }

    private static Set<String> groups(List<Sample> samples, Grouping grouping) {
        return samples.stream().map(grouping::of).collect(Collectors.toSet());
    }

    private static double[] shares(List<Sample> part, List<Sample> all) {
        double[] shares = new double[3];
        for (int c = 0; c < 3; c++) {
            int target = c;
            shares[c] = (double) part.stream().filter(s -> s.target() == target).count()
                    / all.stream().filter(s -> s.target() == target).count();
        }
        return shares;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void groupsAreNeverDividedAndTheShareIsMet(boolean stratified) {
        Set<List<String>> different = new HashSet<>();
        for (int seed = 0; seed < 20; seed++) {
            List<Sample> samples = patients(7);
            Grouping grouping = byPatient(samples);
            Split split = stratified ? new Split.StratifiedGrouped(0.2, grouping) : new Split.Grouped(0.2, grouping);
            Split.Halves halves = split.apply(samples, seed);
            assertThat(groups(halves.train(), grouping))
                    .doesNotContainAnyElementsOf(groups(halves.validation(), grouping));
            assertThat(halves.train().size() + halves.validation().size()).isEqualTo(samples.size());
            assertThat((double) halves.validation().size() / samples.size()).isBetween(0.18, 0.22);
            if (stratified) {
                for (double share : shares(halves.validation(), samples)) {
                    assertThat(share).isBetween(0.15, 0.25);
                }
            }
            Collections.shuffle(samples, new Random(seed));
            assertThat(split.apply(samples, seed)).isEqualTo(halves);
            different.add(halves.validation().stream().map(Sample::id).toList());
        }
        assertThat(different).as("the seed decides").hasSizeGreaterThan(15);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void foldsCoverEverythingOnceAndAreEven(boolean grouped) {
        List<Sample> samples = patients(3);
        Grouping grouping = grouped ? byPatient(samples) : Grouping.none();
        List<String> held = new ArrayList<>();
        for (int fold = 0; fold < 5; fold++) {
            Split.Halves halves = new Split.KFold(5, fold, grouping).apply(samples, 42);
            halves.validation().forEach(s -> held.add(s.id()));
            assertThat(groups(halves.train(), grouping))
                    .doesNotContainAnyElementsOf(groups(halves.validation(), grouping));
            for (int c = 0; c < 3; c++) {
                double tolerance = grouped ? 0.06 : 1.0 / samples.size() * 12;
                assertThat(shares(halves.validation(), samples)[c]).isBetween(0.2 - tolerance, 0.2 + tolerance);
            }
        }
        assertThat(held).doesNotHaveDuplicates().hasSize(samples.size());
    }

    @Test
    void eachSideHasAGroupHoweverFewThereAre() {
        List<Sample> samples = List.of(sample("a_1", 0), sample("a_2", 1), sample("b_1", 0), sample("b_2", 1));
        Split.Halves halves = new Split.StratifiedGrouped(0.05, Grouping.by("(.)_", samples)).apply(samples, 1);
        assertThat(halves.train()).hasSize(2);
        assertThat(halves.validation()).hasSize(2);
    }

    @Test
    void columnsComeBeforeExpressionsAndNothingIsLeftOut() {
        Sample tagged = new Sample("x.jpg", new SampleSource.FileSource(Path.of("x")), List.of(0), Map.of("site", "A"));
        Sample other = new Sample("y.jpg", new SampleSource.FileSource(Path.of("y")), List.of(0), Map.of("site", "B"));
        assertThat(Grouping.by("site", List.of(tagged, other)).keys()).isEqualTo(Map.of("x.jpg", "A", "y.jpg", "B"));
        assertThat(Grouping.by("\\.", List.of(tagged, other)).keys()).isEqualTo(Map.of("x.jpg", ".", "y.jpg", "."));
        assertThatThrownBy(() -> Grouping.by("^x", List.of(tagged, other)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("1 of 2 pictures belong to no group")
                .hasMessageContaining("y.jpg");
        assertThatThrownBy(() -> Grouping.by("(", List.of(tagged))).isInstanceOf(UsageException.class);
    }

    @Test
    void equalContentJoinsGroups() {
        // a and b are one patient, b and c the same bytes, d stands alone, e and f the same bytes.
        Grouping patients = new Grouping(Map.of("a", "p", "b", "p", "c", "q", "d", "r"));
        Grouping bytes = Grouping.ofEqualContent(Map.of("a", "1", "b", "2", "c", "2", "d", "3", "e", "4", "f", "4"));
        Grouping joined = patients.joinedWith(bytes);
        List<String> groups = Stream.of("a", "b", "c", "d", "e", "f")
                .map(id -> joined.of(sample(id, 0)))
                .toList();
        assertThat(groups.get(1)).isEqualTo(groups.get(0)).isEqualTo(groups.get(2));
        assertThat(groups.get(4)).isEqualTo(groups.get(5));
        assertThat(new HashSet<>(groups)).hasSize(3);
    }

    @Test
    void threePartsAreTwoDivisions() {
        List<Sample> samples = patients(1);
        DataFolder folder = new DataFolder(
                Path.of("r"),
                DataFolder.Layout.CLASSES,
                new ClassIndex(List.of("a", "b", "c")),
                Map.of(Part.TRAIN, samples),
                List.of(),
                List.of());
        Partition partition = folder.partition(new Split.Stratified(0.1), 0.2, 5);
        int n = samples.size();
        assertThat(partition.test().size()).isBetween((int) (0.2 * n) - 1, (int) (0.2 * n) + 1);
        assertThat(partition.validation().size()).isBetween((int) (0.1 * n) - 1, (int) (0.1 * n) + 1);
        Set<String> ids = new HashSet<>();
        for (Part part : Part.values()) {
            partition.samples(part).forEach(s -> ids.add(s.id()));
        }
        assertThat(ids).hasSize(n);
        assertThat(partition.test())
                .isEqualTo(new Split.Stratified(0.2).apply(samples, 5).validation());
    }

    @Test
    void aClassWithoutTrainingPicturesIsRefused() {
        List<Sample> samples = List.of(sample("a_1", 0), sample("a_2", 0), sample("a_3", 0), sample("b_1", 1));
        DataFolder folder = new DataFolder(
                Path.of("r"),
                DataFolder.Layout.CLASSES,
                new ClassIndex(List.of("a", "b")),
                Map.of(Part.TRAIN, samples),
                List.of(),
                List.of());
        Grouping grouping = Grouping.by("(.)_", samples);
        assertThatThrownBy(() -> folder.partition(new Split.Grouped(0.25, grouping), 1))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no training picture of \"b\"");
    }
}
