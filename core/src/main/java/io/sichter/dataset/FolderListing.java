package io.sichter.dataset;

import io.sichter.error.DataException;
import io.sichter.error.Problem;
import io.sichter.image.ImageFormat;
import io.sichter.text.Text;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;

/** Lists folders and pictures below a root, in an order that does not depend on the file system. */
final class FolderListing {
    private final Path root;
    private final List<DataFolder.Ignored> ignored = new ArrayList<>();

    FolderListing(Path root) {
        this.root = root;
    }

    /** What was met and is no picture, so far, by path. */
    List<DataFolder.Ignored> ignored() {
        return ignored.stream()
                .sorted(Comparator.comparing(DataFolder.Ignored::path, ClassIndex.byCodePoint()))
                .toList();
    }

    /** Notes something that is left out. */
    void ignore(Path path, Text reason) {
        ignored.add(new DataFolder.Ignored(id(path), reason));
    }

    /** The path below the root with {@code /}, whatever the platform writes. */
    String id(Path path) {
        List<String> names = new ArrayList<>();
        root.relativize(path).forEach(name -> names.add(name.toString()));
        return String.join("/", names);
    }

    /** Folders directly in a folder, hidden ones left out, by name. */
    List<Path> folders(Path folder) {
        return entries(folder).stream().filter(Files::isDirectory).toList();
    }

    /** Files directly in a folder, hidden ones left out, by name. */
    List<Path> files(Path folder) {
        return entries(folder).stream().filter(path -> !Files.isDirectory(path)).toList();
    }

    private List<Path> entries(Path folder) {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            for (Path path : stream) {
                if (!isHidden(path)) {
                    entries.add(path);
                }
            }
        } catch (IOException | java.nio.file.DirectoryIteratorException e) {
            throw unreadable(folder, e);
        }
        entries.sort(Comparator.comparing(FolderListing::name, ClassIndex.byCodePoint()));
        return entries;
    }

    /**
     * All pictures in a folder and the folders in it, by id. Links are followed, but never round in a circle.
     *
     * @param folder the folder of a class
     * @param target its class index
     */
    List<Sample> pictures(Path folder, int target) {
        List<Sample> samples = new ArrayList<>();
        try {
            Files.walkFileTree(
                    folder,
                    EnumSet.of(FileVisitOption.FOLLOW_LINKS),
                    Integer.MAX_VALUE,
                    new Collector(folder, target, samples));
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
        samples.sort(Comparator.comparing(Sample::id, ClassIndex.byCodePoint()));
        return samples;
    }

    /** Puts pictures into a list and notes what is none. */
    private final class Collector extends SimpleFileVisitor<Path> {
        private final Path top;
        private final int target;
        private final List<Sample> samples;

        Collector(Path top, int target, List<Sample> samples) {
            this.top = top;
            this.target = target;
            this.samples = samples;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return !folder.equals(top) && isHidden(folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (isHidden(file)) {
                return FileVisitResult.CONTINUE;
            }
            if (!attributes.isRegularFile()) {
                ignore(file, Text.of("dataset.ignored.no_file"));
            } else if (ImageFormat.ofName(name(file)).isEmpty()) {
                ignore(file, Text.of("dataset.ignored.no_picture"));
            } else {
                samples.add(Sample.of(id(file), new SampleSource.FileSource(file), target));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            if (e instanceof FileSystemLoopException) {
                ignore(file, Text.of("dataset.ignored.loop"));
                return FileVisitResult.CONTINUE;
            }
            throw unreadable(file, e);
        }
    }

    private static DataException unreadable(Path path, Exception cause) {
        return new DataException(
                Problem.of("dataset.folder_unreadable", path, cause.getClass().getSimpleName()), cause);
    }

    static String name(Path path) {
        Path name = path.getFileName();
        return name == null ? "" : name.toString();
    }

    private static boolean isHidden(Path path) {
        return name(path).startsWith(".");
    }
}
