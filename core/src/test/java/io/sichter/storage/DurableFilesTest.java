package io.sichter.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sichter.error.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableFilesTest {
    @TempDir
    Path folder;

    @Test
    void replacesAndLeavesNothingBehind() throws IOException {
        Path file = folder.resolve("a.txt");
        DurableFiles.write(file, "one");
        DurableFiles.write(file, "two");
        assertThat(DurableFiles.read(file)).isEqualTo("two");
        try (var names = Files.list(folder)) {
            assertThat(names).containsExactly(file);
        }
    }

    @Test
    void aFailedWriteKeepsTheOldContentAndNamesThePath() throws IOException {
        Path file = folder.resolve("a.txt");
        DurableFiles.write(file, "old");
        Files.createDirectory(folder.resolve(".tmp-a.txt")); // the temporary file cannot be made
        assertThatThrownBy(() -> DurableFiles.write(file, "new"))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("MiB free");
        assertThat(DurableFiles.read(file)).isEqualTo("old");
    }

    @Test
    void deletesTreesButDoesNotFollowLinks() throws IOException {
        Path outside = Files.createFile(
                Files.createDirectory(folder.resolve("outside")).resolve("precious"));
        Path tree = Files.createDirectory(folder.resolve("tree"));
        Files.createSymbolicLink(tree.resolve("link"), outside.getParent());
        Files.createFile(Files.createDirectory(tree.resolve("sub")).resolve("x"));
        DurableFiles.deleteTree(tree);
        assertThat(tree).doesNotExist();
        assertThat(outside).exists();
        DurableFiles.deleteTree(tree); // nothing there: nothing happens
    }

    @Test
    void aSecondLockOfTheSameRunIsRefusedAndNamesTheHolder() {
        Path lock = folder.resolve("run.lock");
        try (RunLock held = RunLock.take(lock)) {
            assertThatThrownBy(() -> RunLock.take(lock))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
        }
        RunLock.take(lock).close();
    }
}
