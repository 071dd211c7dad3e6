package io.sichter.cli;

import io.sichter.error.DataException;
import io.sichter.error.Problem;
import io.sichter.error.StorageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** The files that a command was given: those named, and the pictures in the folders named. */
final class PictureFiles {
    /** In a folder only these are taken for pictures; a file that is named itself is tried whatever it is called. */
    private static final Set<String> ENDINGS =
            Set.of("jpg", "jpeg", "jpe", "jfif", "png", "bmp", "dib", "gif", "webp", "tif", "tiff");

    private PictureFiles() {}

    /**
     * Lists them: files as named, folders by path.
     *
     * @throws DataException if a folder has no pictures
     * @throws StorageException if a folder cannot be read
     */
    static List<Path> of(List<Path> named, boolean recursive) {
        List<Path> files = new ArrayList<>();
        for (Path path : named) {
            if (!Files.isDirectory(path)) {
                files.add(path);
                continue;
            }
            List<Path> found = in(path, recursive);
            if (found.isEmpty()) {
                throw new DataException(Problem.of(
                        recursive ? "cli.no_pictures" : "cli.no_pictures_here",
                        path,
                        String.join(", ", ENDINGS.stream().sorted().toList())));
            }
            files.addAll(found);
        }
        return files;
    }

    private static List<Path> in(Path folder, boolean recursive) {
        try (Stream<Path> walk = Files.walk(folder, recursive ? Integer.MAX_VALUE : 1)) {
            return walk.filter(PictureFiles::isPicture).sorted().toList();
        } catch (IOException | UncheckedIOException e) {
            throw new StorageException(Problem.of("cli.folder_unreadable", folder, String.valueOf(e.getMessage())), e);
        }
    }

    private static boolean isPicture(Path path) {
        String name = String.valueOf(path.getFileName());
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return !name.startsWith(".") && ENDINGS.contains(ending) && Files.isRegularFile(path);
    }
}
