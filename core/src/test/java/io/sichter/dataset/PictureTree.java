package io.sichter.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes folders of pictures for tests. */
final class PictureTree {
    private final Path root;

    PictureTree(Path root) {
        this.root = root;
    }

    Path root() {
        return root;
    }

    /** Puts a small picture of the golden set at a path. */
    PictureTree picture(String path, String golden) {
        return file(path, golden(golden));
    }

    /** Puts the same JPEG at each path. */
    PictureTree pictures(String... paths) {
        for (String path : paths) {
            picture(path, "rgb.jpg");
        }
        return this;
    }

    PictureTree file(String path, byte[] bytes) {
        try {
            Path file = root.resolve(path);
            Files.createDirectories(file.getParent());
            Files.write(file, bytes);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    PictureTree folder(String path) {
        try {
            Files.createDirectories(root.resolve(path));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] golden(String file) {
        try (InputStream in = PictureTree.class.getResourceAsStream("/golden/decode/" + file)) {
            if (in == null) {
                throw new IllegalStateException("No golden file " + file);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
