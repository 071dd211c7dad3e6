package io.sichter.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SampleListTest {
    private static final Path ROOT = Path.of("data/pictures");

    private static Sample sample(String id, int target) {
        return Sample.of(id, new SampleSource.FileSource(ROOT.resolve(id)), target);
    }

    @Test
    void givesBackWhatItWasMadeOf() {
        List<Sample> samples = List.of(
                sample("cat/1.jpg", 0),
                sample("cat/Käfer 日本 𝔘.png", 0),
                sample("dog/deep/er/2.jpg", 7),
                sample("x", 3));
        List<Sample> compact = SampleList.copyOf(samples);
        assertThat(compact).isInstanceOf(SampleList.class).isEqualTo(samples);
        assertThat(SampleList.copyOf(compact)).isSameAs(compact);
        assertThatThrownBy(() -> compact.get(4)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> compact.get(-1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> compact.add(sample("y", 1))).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void whatIsNoPlainFileStaysAsItIs() {
        Sample elsewhere = Sample.of("a/1.jpg", new SampleSource.FileSource(Path.of("other/1.jpg")), 0);
        Sample several =
                new Sample("a/2.jpg", new SampleSource.FileSource(ROOT.resolve("a/2.jpg")), List.of(0, 1), Map.of());
        Sample described = new Sample(
                "a/3.jpg", new SampleSource.FileSource(ROOT.resolve("a/3.jpg")), List.of(0), Map.of("group", "g"));
        for (Sample odd : List.of(elsewhere, several, described)) {
            List<Sample> samples = List.of(sample("a/0.jpg", 0), odd);
            assertThat(SampleList.copyOf(samples))
                    .isNotInstanceOf(SampleList.class)
                    .isEqualTo(samples);
        }
    }

    @Test
    void laterChangesOfTheOriginalDoNotShow() {
        List<Sample> samples = new ArrayList<>(List.of(sample("a/0.jpg", 0), sample("b/1.jpg", 1)));
        Dataset dataset = new Dataset(new ClassIndex(List.of("a", "b")), samples);
        samples.clear();
        assertThat(dataset.size()).isEqualTo(2);
        assertThat(dataset.classCounts()).containsExactly(1, 1);
    }
}
