package io.sichter.dataset;

import io.sichter.text.Text;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A folder of pictures and how it is laid out: {@code root/{train,val[,test]}/<class>/*}, {@code
 * root/{train,test}/<class>/*} or {@code root/<class>/*}.
 *
 * <p>Classes are sorted by code point and are those of the training part. Class folders are read with all folders in
 * them; names that begin with a dot are hidden and skipped. A file is a picture if its name ends in jpg, jpeg, png, bmp,
 * gif, webp, tif or tiff, in any case; others are listed in {@link #ignored}.
 *
 * @param root the folder
 * @param layout which of the three it is
 * @param classes the classes
 * @param parts the samples of each part that the folder has, by id; a flat folder has everything in {@link Part#TRAIN}
 * @param ignored files that belong to no class or are no pictures, by path
 * @param warnings what a person should know, one sentence each
 */
public record DataFolder(
        Path root,
        Layout layout,
        ClassIndex classes,
        Map<Part, List<Sample>> parts,
        List<Ignored> ignored,
        List<Text> warnings) {
    /** The three ways a folder of pictures may be laid out. */
    public enum Layout {
        /** Training and validation part are there. */
        TRAIN_AND_VALIDATION,
        /** A training part, maybe a test part, but no validation part: it is split off the training part. */
        TRAIN_WITHOUT_VALIDATION,
        /** Class folders only: everything is split. */
        CLASSES
    }

    /**
     * Something in the folder that is not used.
     *
     * @param path path below the root, with {@code /}
     * @param reason why not
     */
    public record Ignored(String path, Text reason) {}

    /** Copies the collections. */
    public DataFolder {
        Map<Part, List<Sample>> copy = new EnumMap<>(Part.class);
        parts.forEach((part, samples) -> copy.put(part, List.copyOf(samples)));
        parts = java.util.Collections.unmodifiableMap(copy);
        ignored = List.copyOf(ignored);
        warnings = List.copyOf(warnings);
    }

    /**
     * Looks at a folder that is to be trained on. No picture is opened.
     *
     * @throws io.sichter.error.DataException if it is missing, no folder, or cannot be trained on: no or one class, a
     *     class without pictures, a class in another part only, an empty part
     */
    public static DataFolder open(Path root) {
        return new FolderReader(root).forTraining();
    }

    /**
     * Looks at a folder that a trained model is measured on. It may lack classes and parts.
     *
     * @param known the model's classes, which the targets refer to
     * @throws io.sichter.error.DataException if it is missing, no folder, has no pictures or a class that is not known
     */
    public static DataFolder open(Path root, ClassIndex known) {
        return new FolderReader(root).forEvaluation(known);
    }

    /** Whether the folder has a part of its own for that. */
    public boolean has(Part part) {
        return parts.containsKey(part);
    }

    /** The samples of a part; none if the folder does not have it. */
    public Dataset dataset(Part part) {
        return new Dataset(classes, parts.getOrDefault(part, List.of()));
    }

    /** The part that a model is measured on unless something else is asked for: test, else val, else all there is. */
    public Part evaluationPart() {
        if (has(Part.TEST)) {
            return Part.TEST;
        }
        return has(Part.VALIDATION) ? Part.VALIDATION : Part.TRAIN;
    }

    /** All samples, part after part. */
    public List<Sample> samples() {
        List<Sample> all = new ArrayList<>();
        parts.values().forEach(all::addAll);
        return List.copyOf(all);
    }

    /**
     * The folder without some samples, which could not be read.
     *
     * @param ids ids of the samples to leave out
     * @throws io.sichter.error.DataException if a class or a part is left without pictures by that
     */
    public DataFolder without(Set<String> ids) {
        if (ids.isEmpty()) {
            return this;
        }
        Map<Part, List<Sample>> kept = new EnumMap<>(Part.class);
        parts.forEach((part, samples) -> kept.put(
                part, samples.stream().filter(s -> !ids.contains(s.id())).toList()));
        List<Text> texts = new ArrayList<>(warnings);
        DataFolder reduced = new DataFolder(root, layout, classes, kept, ignored, texts);
        FolderProblems.checkStillWhole(this, reduced);
        Set<Text> before = new HashSet<>(warnings);
        FolderProblems.absentClasses(reduced).stream()
                .filter(w -> !before.contains(w))
                .forEach(texts::add);
        return new DataFolder(root, layout, classes, kept, ignored, texts);
    }

    /**
     * The three parts to work with: those of the folder, and a validation part split off the training part where the
     * folder has none.
     *
     * @param split how to split; not used where the folder says it
     * @param seed seed of the run: the same ids, classes and seed give the same split, wherever the folder lies
     * @throws io.sichter.error.DataException if there are too few pictures to split
     */
    public Partition partition(Split split, long seed) {
        List<Sample> train = parts.getOrDefault(Part.TRAIN, List.of());
        List<Sample> test = parts.getOrDefault(Part.TEST, List.of());
        if (has(Part.VALIDATION)) {
            return new Partition(classes, train, parts.getOrDefault(Part.VALIDATION, List.of()), test);
        }
        Split.Halves halves = split.apply(train, seed);
        if (halves.train().isEmpty() || halves.validation().isEmpty()) {
            throw FolderProblems.tooFewToSplit(train.size());
        }
        return new Partition(classes, halves.train(), halves.validation(), test);
    }
}
