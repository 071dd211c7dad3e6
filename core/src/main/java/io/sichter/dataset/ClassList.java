package io.sichter.dataset;

import io.sichter.error.DataException;
import io.sichter.error.Problem;
import io.sichter.registry.Suggestion;
import io.sichter.storage.DurableFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The file {@code classes.txt} beside the data: names of all classes, one a line, in the order of a model's outputs. */
final class ClassList {
    static final String NAME = "classes.txt";

    private ClassList() {}

    /**
     * The classes in the order of the file, or by code point where there is none.
     *
     * @param folder the data's root
     * @param found names of the classes that the data has
     * @throws DataException if the file lacks one of them, has one that the data lacks, or has one twice
     */
    static ClassIndex order(Path folder, Collection<String> found) {
        Path file = folder.resolve(NAME);
        if (!Files.isRegularFile(file)) {
            return ClassIndex.sorted(found);
        }
        List<String> listed = DurableFiles.read(file)
                .lines()
                .map(line -> line.replace("\uFEFF", "").strip())
                .filter(line -> !line.isEmpty())
                .toList();
        Set<String> seen = new HashSet<>();
        listed.stream().filter(name -> !seen.add(name)).findFirst().ifPresent(name -> {
            throw new DataException(Problem.of("data.class_list_twice", file, name));
        });
        found.stream().filter(name -> !seen.contains(name)).sorted().findFirst().ifPresent(name -> {
            throw new DataException(
                    Problem.of("data.class_list_lacks", file, name, Suggestion.didYouMean(name, listed)));
        });
        listed.stream().filter(name -> !found.contains(name)).findFirst().ifPresent(name -> {
            throw new DataException(
                    Problem.of("data.class_list_unknown", file, name, Suggestion.didYouMean(name, found)));
        });
        return new ClassIndex(listed);
    }
}
