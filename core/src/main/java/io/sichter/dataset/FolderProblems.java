package io.sichter.dataset;

import io.sichter.error.DataException;
import io.sichter.registry.Suggestion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What can be wrong with a folder of pictures, and how it is said. */
final class FolderProblems {
    private static final String LAYOUT =
            "a folder with one folder per class in it, or with train and val folders that have"
                    + " one folder per class each";

    private FolderProblems() {}

    static void checkRoot(Path root) {
        if (!Files.exists(root)) {
            throw new DataException("The folder of pictures does not exist", root.toString(), LAYOUT, "Check the path");
        }
        if (!Files.isDirectory(root)) {
            throw new DataException(
                    "The data is a file, not a folder",
                    root.toString(),
                    LAYOUT,
                    "Name the folder that holds the class folders; unpack it first if it is an archive");
        }
    }

    static DataException empty(Path root) {
        return new DataException(
                "There are no pictures in the folder",
                root + " has no pictures in folders",
                LAYOUT,
                "Check the path, and that the pictures end in jpg, jpeg, png, bmp, gif, webp, tif or tiff");
    }

    static DataException picturesWithoutClass(Path root) {
        return new DataException(
                "The pictures lie in no class folder",
                root + " has pictures but no folders",
                LAYOUT,
                "Put the pictures of each class into a folder named after it");
    }

    static DataException noTrainingPart(Path root, Collection<Part> parts) {
        return new DataException(
                "There is no training part",
                root + " has "
                        + String.join(" and ", parts.stream().map(Part::label).toList()) + " but no train",
                LAYOUT,
                "Add a train folder, or name the folder that holds the class folders");
    }

    static DataException partTwice(Path root, Part part) {
        return new DataException(
                "Two folders claim to be the same part",
                root + " has more than one folder for " + part.label(),
                "one of val, valid and validation, in one spelling",
                "Merge or rename one of them");
    }

    static DataException classOutsideTraining(Part part, String name, ClassIndex classes) {
        String suggestion = Suggestion.didYouMean(name, classes.names());
        return new DataException(
                "A class is only in " + part.label(),
                "\"" + name + "\" has pictures in " + part.label() + " but no folder in train",
                "every class of " + part.label() + " in train as well; train has " + shortList(classes.names()),
                "Add pictures of it to train, or remove it from " + part.label()
                        + (suggestion.isEmpty() ? "" : ". " + suggestion));
    }

    static DataException unknownClass(Path path, String name, ClassIndex known) {
        String suggestion = Suggestion.didYouMean(name, known.names());
        return new DataException(
                "The model does not know a class of the data",
                "folder \"" + name + "\" in " + path,
                "class folders named " + shortList(known.names()),
                "Rename or remove the folder" + (suggestion.isEmpty() ? "" : ". " + suggestion));
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
            throw new DataException(
                    "There is one class only",
                    "\"" + classes.name(0) + "\" in " + folder.root(),
                    "at least two class folders: one class alone cannot be told from anything",
                    "Add a folder for each further class, or check that the path is not one level too deep or too high");
        }
        List<String> without = classesWithoutPictures(folder, Part.TRAIN);
        if (!without.isEmpty()) {
            throw new DataException(
                    without.size() == 1 ? "A class has no pictures" : without.size() + " classes have no pictures",
                    shortList(without) + " in " + folder.root(),
                    "at least one jpg, jpeg, png, bmp, gif, webp, tif or tiff file in every class folder of the training"
                            + " part",
                    "Add pictures, or remove the folder");
        }
        for (Part part : folder.parts().keySet()) {
            if (folder.dataset(part).size() == 0) {
                throw new DataException(
                        "The " + part.label() + " part has no pictures",
                        folder.root() + " has a " + part.label() + " folder without pictures in class folders",
                        "at least one picture in " + part.label() + "/<class>",
                        part == Part.VALIDATION
                                ? "Add pictures, or remove the folder: validation is then split off train"
                                : "Add pictures, or remove the folder");
            }
        }
    }

    /** Fails if a class of the training part, or a part, has lost its last picture. */
    static void checkStillWhole(DataFolder before, DataFolder after) {
        List<String> lost = new ArrayList<>(classesWithoutPictures(after, Part.TRAIN));
        lost.removeAll(classesWithoutPictures(before, Part.TRAIN));
        if (!lost.isEmpty()) {
            throw new DataException(
                    "No picture of a class can be read",
                    "all training pictures of " + shortList(lost) + " are bad",
                    "at least one readable picture of every class",
                    "Replace the files, or remove the class folder");
        }
        for (Part part : after.parts().keySet()) {
            if (after.dataset(part).size() == 0 && before.dataset(part).size() > 0) {
                throw new DataException(
                        "No picture of the " + part.label() + " part can be read",
                        "all " + before.dataset(part).size() + " are bad",
                        "at least one readable picture",
                        "Replace the files, or remove the folder");
            }
        }
    }

    /** One sentence for each other part that lacks classes of the training part. */
    static List<String> absentClasses(DataFolder folder) {
        List<String> texts = new ArrayList<>();
        for (Part part : folder.parts().keySet()) {
            List<String> absent = classesWithoutPictures(folder, part);
            if (part != Part.TRAIN && !absent.isEmpty()) {
                texts.add("No pictures of " + shortList(absent) + " in " + part.label()
                        + ": nothing can be said about them there, and they do not count in macro averages.");
            }
        }
        return texts;
    }

    static DataException tooFewToSplit(int pictures) {
        return new DataException(
                "There are too few pictures to split",
                pictures + " pictures, no class has two",
                "at least one class with two pictures, so that one can validate",
                "Add pictures, or a val folder");
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
    static String shortList(List<String> names) {
        int shown = Math.min(5, names.size());
        String text = "\"" + String.join("\", \"", names.subList(0, shown)) + "\"";
        return names.size() == shown ? text : text + " and " + (names.size() - shown) + " more";
    }
}
