package io.sichter.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sichter.config.ClassesConfig;
import io.sichter.error.DataException;
import io.sichter.error.UsageException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassRulesTest {
    private static final ClassesConfig RULES =
            new ClassesConfig(Map.of("n01", "tench"), Map.of("vehicle", List.of("truck", "car")), List.of("junk"));

    @TempDir
    Path root;

    @BeforeEach
    void pictures() {
        new PictureTree(root).pictures("n01/1.jpg", "car/1.jpg", "truck/1.jpg", "truck/2.jpg", "junk/1.jpg");
    }

    @Test
    void mergesRenamesAndDropsWithoutTouchingIds() {
        DataFolder folder = DataFolder.open(root).withClasses(RULES);
        assertThat(folder.classes().names()).containsExactly("tench", "vehicle");
        assertThat(folder.dataset(Part.TRAIN).classCounts()).containsExactly(1, 3);
        assertThat(folder.samples())
                .extracting(Sample::id)
                .containsExactly("car/1.jpg", "n01/1.jpg", "truck/1.jpg", "truck/2.jpg");
        assertThat(folder.warnings())
                .singleElement()
                .asString()
                .isEqualTo("1 pictures of dropped classes are not used (junk).");
        assertThat(DataFolder.open(root)
                        .withClasses(ClassesConfig.defaults())
                        .classes()
                        .size())
                .isEqualTo(4);
    }

    @Test
    void aModelIsEvaluatedOnOldAndNewNames() {
        ClassIndex known = new ClassIndex(List.of("tench", "vehicle"));
        assertThat(DataFolder.open(root, known, RULES).samples())
                .extracting(Sample::target)
                .containsExactly(1, 0, 1, 1);
        PictureTree renamed = new PictureTree(root.resolveSibling(root.getFileName() + "-new"));
        renamed.pictures("tench/1.jpg", "vehicle/1.jpg");
        assertThat(DataFolder.open(renamed.root(), known, RULES).samples())
                .extracting(Sample::target)
                .containsExactly(0, 1);
        renamed.pictures("plane/1.jpg");
        assertThatThrownBy(() -> DataFolder.open(renamed.root(), known, RULES)).hasMessageContaining("plane");
        io.sichter.storage.DurableFiles.deleteTree(renamed.root());
    }

    @Test
    void refusesUnknownNamesAndTooFewClasses() {
        ClassesConfig wrong = new ClassesConfig(Map.of("n1", "tench"), Map.of(), List.of());
        assertThatThrownBy(() -> DataFolder.open(root).withClasses(wrong))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("Did you mean \"n01\"?");
        ClassesConfig all = new ClassesConfig(Map.of(), Map.of("x", List.of("n01", "car", "truck", "junk")), List.of());
        assertThatThrownBy(() -> DataFolder.open(root).withClasses(all))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("one class only");
    }
}
