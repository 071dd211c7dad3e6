package io.sichter.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder of any size comes out of a small one. */
class PictureLinksTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void classesTakeTurnsAndPicturesComeAgain() throws IOException {
        for (String file : List.of("train/a/1.jpg", "train/a/2.jpg", "train/b/3.jpg", "val/a/4.jpg")) {
            Path path = folder.resolve("source").resolve(file);
            Files.createDirectories(path.resolve(".."));
            Files.writeString(path, file);
        }
        Path made = PictureLinks.make(folder.resolve("source"), folder.resolve("made"), 7);
        try (Stream<Path> files = Files.walk(made)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> made.relativize(file).toString())
                            .sorted())
                    .containsExactly(
                            "a/000000-1.jpg",
                            "a/000002-2.jpg",
                            "a/000004-1.jpg",
                            "a/000006-2.jpg",
                            "b/000001-3.jpg",
                            "b/000003-3.jpg",
                            "b/000005-3.jpg");
        }
        assertThat(made.resolve("a/000006-2.jpg")).hasContent("train/a/2.jpg");
    }

    @Test
    void aFolderWithoutClassFoldersIsAnError() throws IOException {
        Files.writeString(folder.resolve("loose.jpg"), "x");
        assertThatThrownBy(() -> PictureLinks.make(folder, folder.resolve("made"), 7))
                .hasMessageContaining("No pictures in class folders");
    }
}
