package io.sichter.dataset;

import io.sichter.config.ClassesConfig;
import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import io.sichter.registry.Suggestion;
import io.sichter.text.Text;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Merges, renames and drops classes of data; no file is touched and no sample gets another id. */
final class ClassRules {
    private final ClassesConfig config;
    private final Map<String, String> renamed;

    ClassRules(ClassesConfig config) {
        this.config = config;
        this.renamed = config.renamed();
    }

    /** The data with its new classes, sorted by name unless the data has an order of its own. */
    DataFolder forTraining(DataFolder folder) {
        List<String> names = folder.classes().names();
        List<String> mentioned = new ArrayList<>(renamed.keySet());
        mentioned.addAll(config.drop());
        for (String name : mentioned) {
            if (!names.contains(name)) {
                throw new UsageException(Problem.of(
                        "classes.unknown", name, String.join(", ", names), Suggestion.didYouMean(name, names)));
            }
        }
        List<String> kept = names.stream()
                .map(this::apply)
                .flatMap(Optional::stream)
                .distinct()
                .toList();
        boolean sorted = folder.classes().equals(ClassIndex.sorted(names));
        DataFolder changed = apply(folder, sorted ? ClassIndex.sorted(kept) : new ClassIndex(kept));
        FolderProblems.checkForTraining(changed);
        return changed;
    }

    /** The classes that data may have beside those of the model: what was renamed, merged or dropped in training. */
    ClassIndex acceptable(ClassIndex known) {
        Set<String> names = new LinkedHashSet<>(known.names());
        names.addAll(renamed.keySet());
        names.addAll(config.drop());
        return new ClassIndex(List.copyOf(names));
    }

    /** The data with the classes of a model. */
    DataFolder apply(DataFolder folder, ClassIndex classes) {
        Map<String, Integer> indices = classes.toMap();
        Map<Part, List<Sample>> parts = new EnumMap<>(Part.class);
        int[] dropped = {0};
        folder.parts().forEach((part, samples) -> {
            List<Sample> kept = new ArrayList<>();
            for (Sample sample : samples) {
                Optional<Integer> target =
                        apply(folder.classes().name(sample.target())).map(indices::get);
                target.ifPresent(
                        t -> kept.add(new Sample(sample.id(), sample.source(), List.of(t), sample.attributes())));
                dropped[0] += target.isPresent() ? 0 : 1;
            }
            parts.put(part, kept);
        });
        List<Text> warnings = new ArrayList<>(folder.warnings());
        if (dropped[0] > 0) {
            warnings.add(Text.of("classes.dropped", dropped[0], String.join(", ", config.drop())));
        }
        return new DataFolder(folder.root(), folder.layout(), classes, parts, folder.ignored(), warnings);
    }

    private Optional<String> apply(String name) {
        return config.drop().contains(name) ? Optional.empty() : Optional.of(renamed.getOrDefault(name, name));
    }
}
