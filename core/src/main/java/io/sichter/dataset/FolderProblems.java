package io.sichter.dataset;

import io.sichter.error.DataException;
import io.sichter.error.Problem;
import io.sichter.registry.Suggestion;
import io.sichter.text.Text;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What can be wrong with a folder of pictures, and how it is said. */
final class FolderProblems {
    private FolderProblems() {}

    static void checkRoot(Path root) {
        if (!Files.exists(root)) {
            throw new DataException(Problem.of("dataset.missing", root, layout()));
        }
        if (!Files.isDirectory(root)) {
            throw new DataException(Problem.of("dataset.no_folder", root, layout()));
        }
    }

    private static Text layout() {
        return Text.of("dataset.layout");
    }

    static DataException empty(Path root) {
        return new DataException(Problem.of("dataset.empty", root, layout()));
    }

    static DataException picturesWithoutClass(Path root) {
        return new DataException(Problem.of("dataset.no_class_folder", root, layout()));
    }

    static DataException noTrainingPart(Path root, Collection<Part> parts) {
        Text there = parts.stream()
                .map(part -> Text.verbatim(part.label()))
                .reduce((one, other) -> Text.of("and", one, other))
                .orElseGet(Text::empty);
        return new DataException(Problem.of("dataset.no_train", root, layout(), there));
    }

    static DataException partTwice(Path root, Part part) {
        return new DataException(Problem.of("dataset.part_twice", root, part.label()));
    }

    static DataException classOutsideTraining(Part part, String name, ClassIndex classes) {
        Problem problem =
                Problem.of("dataset.class_outside", part.label(), Text.quoted(name), shortList(classes.names()));
        return new DataException(withSuggestion(problem, Suggestion.didYouMean(name, classes.names())));
    }

    static DataException unknownClass(Path path, String name, ClassIndex known) {
        Problem problem = Problem.of("dataset.class_unknown", path, Text.quoted(name), shortList(known.names()));
        return new DataException(withSuggestion(problem, Suggestion.didYouMean(name, known.names())));
    }

    private static Problem withSuggestion(Problem problem, Text suggestion) {
        Text fix = suggestion.isEmpty() ? problem.fix() : Text.joined(". ", List.of(problem.fix(), suggestion));
        return new Problem(problem.problem(), problem.received(), problem.expected(), fix);
    }

    static void checkForTraining(DataFolder folder) {
        ClassIndex classes = folder.classes();
        if (classes.size() == 0) {
            throw empty(folder.root());
        }
        if (folder.samples().isEmpty()) {
            throw empty(folder.root());
        }
        if (classes.size() == 1) {
            throw new DataException(Problem.of("dataset.one_class", folder.root(), Text.quoted(classes.name(0))));
        }
        List<String> without = classesWithoutPictures(folder, Part.TRAIN);
        if (!without.isEmpty()) {
            throw new DataException(
                    Problem.of("dataset.empty_classes", folder.root(), shortList(without), without.size()));
        }
        for (Part part : folder.parts().keySet()) {
            if (folder.dataset(part).size() == 0) {
                throw new DataException(Problem.of(
                        part == Part.VALIDATION ? "dataset.empty_validation" : "dataset.empty_part",
                        folder.root(),
                        part.label()));
            }
        }
    }

    /** Fails if a class of the training part, or a part, has lost its last picture. */
    static void checkStillWhole(DataFolder before, DataFolder after) {
        List<String> lost = new ArrayList<>(classesWithoutPictures(after, Part.TRAIN));
        lost.removeAll(classesWithoutPictures(before, Part.TRAIN));
        if (!lost.isEmpty()) {
            throw new DataException(Problem.of("dataset.class_lost", shortList(lost)));
        }
        for (Part part : after.parts().keySet()) {
            if (after.dataset(part).size() == 0 && before.dataset(part).size() > 0) {
                throw new DataException(Problem.of(
                        "dataset.part_lost", part.label(), before.dataset(part).size()));
            }
        }
    }

    /** One sentence for each other part that lacks classes of the training part. */
    static List<Text> absentClasses(DataFolder folder) {
        List<Text> texts = new ArrayList<>();
        for (Part part : folder.parts().keySet()) {
            List<String> absent = classesWithoutPictures(folder, part);
            if (part != Part.TRAIN && !absent.isEmpty()) {
                texts.add(Text.of("dataset.absent_classes", shortList(absent), part.label()));
            }
        }
        return texts;
    }

    static DataException tooFewToSplit(int pictures) {
        return new DataException(Problem.of("dataset.too_few", pictures));
    }

    private static List<String> classesWithoutPictures(DataFolder folder, Part part) {
        int[] counts = folder.dataset(part).classCounts();
        List<String> without = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] == 0) {
                without.add(folder.classes().name(i));
            }
        }
        return without;
    }

    /** The first names in quotes, and how many more there are. */
    static Text shortList(List<String> names) {
        List<Text> shown = names.stream().limit(5).map(Text::quoted).toList();
        Text list = Text.joined(", ", shown);
        return names.size() == shown.size() ? list : Text.of("list_and_more", list, names.size() - shown.size());
    }
}
