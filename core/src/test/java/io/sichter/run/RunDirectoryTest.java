package io.sichter.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sichter.error.StorageException;
import io.sichter.error.UsageException;
import io.sichter.storage.RunLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunDirectoryTest {
    @TempDir
    Path runs;

    @Test
    void anExistingRunIsNeverTouched() {
        assertThat(create("resnet18", false).path()).isEqualTo(runs.resolve("resnet18"));
        assertThat(create("resnet18", false).path()).isEqualTo(runs.resolve("resnet18-2"));
        assertThat(create("resnet18", false).path()).isEqualTo(runs.resolve("resnet18-3"));
    }

    @Test
    void existOkReplacesARunButNothingElse() throws IOException {
        Path run = create("a", false).path();
        Files.writeString(run.resolve("metrics.csv"), "old");
        assertThat(create("a", true).path()).isEqualTo(run);
        assertThat(run.resolve("metrics.csv")).doesNotExist();

        Path photos = Files.createDirectory(runs.resolve("photos"));
        Files.writeString(photos.resolve("precious.jpg"), "x");
        assertThatThrownBy(() -> create("photos", true)).isInstanceOf(UsageException.class);
        assertThat(photos.resolve("precious.jpg")).exists();
    }

    @Test
    void existOkDoesNotTouchARunInUse() {
        RunDirectory run = create("a", false);
        try (RunLock lock = run.lock()) {
            assertThatThrownBy(() -> create("a", true)).isInstanceOf(StorageException.class);
            assertThat(run.config()).exists();
        }
    }

    @Test
    void aRunWhoseRecordsCannotBeWrittenDoesNotAppear() throws IOException {
        assertThatThrownBy(() -> RunDirectory.create(runs, "a", false, run -> {
                    throw new IllegalStateException("no space");
                }))
                .hasMessage("no space");
        try (var entries = Files.list(runs)) {
            assertThat(entries).isEmpty();
        }
    }

    @Test
    void aFolderWithoutAConfigurationIsNoRun() {
        assertThatThrownBy(() -> RunDirectory.open(runs))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("Not a run");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "a/b", "", ".hidden", "a b", "ü"})
    void namesThatAreNoFolderNamesEverywhereAreRefused(String name) {
        assertThatThrownBy(() -> create(name, false)).isInstanceOf(UsageException.class);
    }

    private RunDirectory create(String name, boolean existOk) {
        return RunDirectory.create(
                runs, name, existOk, run -> io.sichter.storage.DurableFiles.write(run.config(), "format: 1"));
    }
}
