package io.sichter.evaluate;

import io.sichter.config.ConfigReader;
import io.sichter.dataset.ClassIndex;
import io.sichter.dataset.DataFolder;
import io.sichter.dataset.Dataset;
import io.sichter.dataset.Part;
import io.sichter.dataset.Partition;
import io.sichter.dataset.Sample;
import io.sichter.dataset.SplitFile;
import io.sichter.error.DataException;
import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import io.sichter.run.ModelBundle;
import io.sichter.run.RunDirectory;
import io.sichter.storage.DurableFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The pictures to judge on.
 *
 * @param split which they are
 * @param name a file name for what is said of them
 */
record ChosenPictures(String split, Dataset dataset, String name) {
    private static final Map<String, Part> PARTS =
            Map.of("train", Part.TRAIN, "val", Part.VALIDATION, "test", Part.TEST);

    /** Refuses the name of no split. */
    static void requireSplit(String split) {
        if (!split.equals("auto") && !split.equals("all") && !PARTS.containsKey(split)) {
            throw new UsageException(Problem.of("evaluate.unknown_split", split));
        }
    }

    static ChosenPictures ofRun(Path path, ClassIndex classes, String split) {
        if (ModelBundle.isBundle(path)) {
            throw new UsageException(Problem.of("evaluate.no_pictures_of_its_own", path));
        }
        RunDirectory run = RunDirectory.open(path);
        Path root =
                DataFolder.rootOf(Path.of(ConfigReader.read(run.config()).data().path()));
        Partition partition = SplitFile.read(DurableFiles.read(run.split()), classes, root);
        String chosen = split.equals("auto") ? "val" : split;
        if (chosen.equals("all")) {
            List<Sample> all = new ArrayList<>();
            for (Part part : Part.values()) {
                all.addAll(partition.samples(part));
            }
            return new ChosenPictures(chosen, new Dataset(classes, all), chosen);
        }
        Dataset dataset = partition.dataset(PARTS.getOrDefault(chosen, Part.VALIDATION));
        return new ChosenPictures(chosen, notEmpty(dataset, chosen, root), chosen);
    }

    static ChosenPictures ofFolder(Path root, LoadedModel loaded, String split) {
        ClassIndex classes = loaded.classes();
        DataFolder folder = DataFolder.open(root, classes, loaded.bundle().renaming());
        boolean flat = folder.layout() == DataFolder.Layout.CLASSES;
        if (split.equals("all") || (split.equals("auto") && flat)) {
            return new ChosenPictures("all", new Dataset(classes, folder.samples()), name(root, "all"));
        }
        Part part = split.equals("auto") ? folder.evaluationPart() : PARTS.getOrDefault(split, Part.TEST);
        if (flat || !folder.has(part)) {
            throw new UsageException(Problem.of(flat ? "evaluate.not_split" : "evaluate.no_such_split", split, root));
        }
        return new ChosenPictures(
                part.label(), notEmpty(folder.dataset(part), part.label(), root), name(root, part.label()));
    }

    /** A file name for the pictures of a folder; never that of a split of the run, for it has a hyphen. */
    private static String name(Path root, String split) {
        String folder = String.valueOf(root.toAbsolutePath().normalize().getFileName());
        return folder.replaceAll("[^\\p{L}\\p{N}._-]", "_") + "-" + split;
    }

    private static Dataset notEmpty(Dataset dataset, String split, Path root) {
        if (dataset.size() == 0) {
            throw new DataException(Problem.of("evaluate.empty_split", split, root));
        }
        return dataset;
    }
}
