package io.sichter.dataset;

import io.sichter.dataset.DataFolder.Layout;
import io.sichter.image.ImageFormat;
import io.sichter.text.Text;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds out how a folder is laid out and reads its samples. */
final class FolderReader {
    private final Path root;
    private final FolderListing listing;
    private final List<Text> warnings = new ArrayList<>();

    /** Checks that the root is a folder with something in it. */
    FolderReader(Path root) {
        this.root = root;
        this.listing = new FolderListing(root);
        FolderProblems.checkRoot(root);
        if (listing.folders(root).isEmpty()) {
            boolean pictures = listing.files(root).stream()
                    .anyMatch(
                            file -> ImageFormat.ofName(FolderListing.name(file)).isPresent());
            throw pictures ? FolderProblems.picturesWithoutClass(root) : FolderProblems.empty(root);
        }
    }

    DataFolder forTraining() {
        Map<Part, Path> folders = partFolders();
        if (!folders.isEmpty() && !folders.containsKey(Part.TRAIN)) {
            throw FolderProblems.noTrainingPart(root, folders.keySet());
        }
        Layout layout = layout(folders);
        Map<Part, Path> parts = layout == Layout.CLASSES ? Map.of(Part.TRAIN, root) : folders;
        ClassIndex classes = ClassIndex.sorted(classNames(parts.getOrDefault(Part.TRAIN, root)));
        DataFolder folder = read(layout, parts, classes);
        FolderProblems.checkForTraining(folder);
        parts.forEach((part, path) -> checkClasses(part, path, classes));
        List<Text> texts = new ArrayList<>(warnings);
        texts.addAll(FolderProblems.absentClasses(folder));
        return new DataFolder(root, layout, classes, folder.parts(), folder.ignored(), texts);
    }

    DataFolder forEvaluation(ClassIndex known) {
        Map<Part, Path> folders = partFolders();
        Layout layout = layout(folders);
        Map<Part, Path> parts = layout == Layout.CLASSES ? Map.of(Part.TRAIN, root) : folders;
        parts.forEach((part, path) -> checkKnown(path, known));
        DataFolder folder = read(layout, parts, known);
        if (folder.samples().isEmpty()) {
            throw FolderProblems.empty(root);
        }
        return folder;
    }

    private static Layout layout(Map<Part, Path> folders) {
        if (folders.isEmpty()) {
            return Layout.CLASSES;
        }
        return folders.containsKey(Part.VALIDATION) ? Layout.TRAIN_AND_VALIDATION : Layout.TRAIN_WITHOUT_VALIDATION;
    }

    /**
     * The folders of parts; none if the root holds class folders. A class may well be called "train": it is a part only
     * if class folders are in it. Without it, "val" and "test" are parts only if there is nothing but them.
     */
    private Map<Part, Path> partFolders() {
        Map<Part, Path> parts = new EnumMap<>(Part.class);
        List<Path> others = new ArrayList<>();
        for (Path folder : listing.folders(root)) {
            Part part = Part.ofFolder(FolderListing.name(folder)).orElse(null);
            if (part == null
                    || (part == Part.TRAIN
                            && !holdsFolders(folder)
                            && !listing.files(folder).isEmpty())) {
                others.add(folder);
            } else if (parts.put(part, folder) != null) {
                throw FolderProblems.partTwice(root, part);
            }
        }
        if (!parts.containsKey(Part.TRAIN)
                && !(others.isEmpty() && parts.values().stream().anyMatch(this::holdsFolders))) {
            return Map.of();
        }
        for (Path other : others) {
            listing.ignore(other, Text.of("dataset.ignored.beside"));
            warnings.add(Text.of("dataset.folder_beside", FolderListing.name(other)));
        }
        return parts;
    }

    private boolean holdsFolders(Path folder) {
        return !listing.folders(folder).isEmpty();
    }

    private DataFolder read(Layout layout, Map<Part, Path> parts, ClassIndex classes) {
        Map<Part, List<Sample>> samples = new EnumMap<>(Part.class);
        Set<Path> holders = new LinkedHashSet<>(List.of(root));
        holders.addAll(parts.values());
        for (Path holder : holders) {
            listing.files(holder).forEach(file -> listing.ignore(file, Text.of("dataset.ignored.no_class")));
        }
        parts.forEach((part, path) -> {
            List<Sample> members = new ArrayList<>();
            for (int i = 0; i < classes.size(); i++) {
                Path folder = path.resolve(classes.name(i));
                if (Files.isDirectory(folder)) {
                    members.addAll(listing.pictures(folder, i));
                }
            }
            members.sort(java.util.Comparator.comparing(Sample::id, ClassIndex.byCodePoint()));
            samples.put(part, members);
        });
        return new DataFolder(root, layout, classes, samples, listing.ignored(), List.of());
    }

    private List<String> classNames(Path folder) {
        return listing.folders(folder).stream().map(FolderListing::name).toList();
    }

    private void checkClasses(Part part, Path path, ClassIndex classes) {
        for (String name : classNames(path)) {
            if (!classes.names().contains(name)
                    && !new FolderListing(root).pictures(path.resolve(name), 0).isEmpty()) {
                throw FolderProblems.classOutsideTraining(part, name, classes);
            }
        }
    }

    private void checkKnown(Path path, ClassIndex known) {
        for (String name : classNames(path)) {
            if (!known.names().contains(name)
                    && !new FolderListing(root).pictures(path.resolve(name), 0).isEmpty()) {
                throw FolderProblems.unknownClass(path, name, known);
            }
        }
    }
}
