package io.sichter.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes a picture folder of any size out of another one, with hard links where the file system has them. */
final class PictureLinks {
    private PictureLinks() {}

    /**
     * Fills {@code target/<class>/} with {@code count} files in all, the classes taking turns, the pictures of a class
     * coming again as often as needed.
     *
     * @param source a folder of class folders, or one with {@code train} below it
     */
    static Path make(Path source, Path target, int count) throws IOException {
        Path train = source.resolve("train");
        Map<String, List<Path>> classes = classes(Files.isDirectory(train) ? train : source);
        if (classes.isEmpty()) {
            throw new IOException("No pictures in class folders below " + source);
        }
        List<Map.Entry<String, List<Path>>> turns = List.copyOf(classes.entrySet());
        for (String name : classes.keySet()) {
            Files.createDirectories(target.resolve(name));
        }
        for (int i = 0; i < count; i++) {
            Map.Entry<String, List<Path>> turn = turns.get(i % turns.size());
            List<Path> pictures = turn.getValue();
            Path picture = pictures.get(i / turns.size() % pictures.size());
            String name = String.format(Locale.ROOT, "%06d-%s", i, picture.getFileName());
            link(target.resolve(turn.getKey()).resolve(name), picture);
        }
        return target;
    }

    private static void link(Path link, Path picture) throws IOException {
        try {
            Files.createLink(link, picture);
        } catch (IOException | UnsupportedOperationException e) {
            Files.copy(picture, link); // another file system, or one that may not be linked to
        }
    }

    private static Map<String, List<Path>> classes(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root, 2)) {
            return files.filter(Files::isRegularFile)
                    .filter(file ->
                            file.getParent() != null && !file.getParent().equals(root))
                    .sorted()
                    .collect(Collectors.groupingBy(
                            file -> root.relativize(file).getName(0).toString(), TreeMap::new, Collectors.toList()));
        }
    }
}
