package io.sichter.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which classes are learnt and what they are called, without touching files. Names on the right are those of folders. */
public record ClassesConfig(Map<String, String> names, Map<String, List<String>> merge, List<String> drop) {

    /** Copies the collections. */
    public ClassesConfig {
        names = java.util.Collections.unmodifiableMap(new TreeMap<>(names));
        Map<String, List<String>> copy = new TreeMap<>();
        merge.forEach((name, parts) -> copy.put(name, List.copyOf(parts)));
        merge = java.util.Collections.unmodifiableMap(copy);
        drop = List.copyOf(drop);
    }

    /** The section as it is when nothing was said: the classes as the data has them. */
    public static ClassesConfig defaults() {
        return new ClassesConfig(Map.of(), Map.of(), List.of());
    }

    /** Whether the classes stay as the data has them. */
    public boolean isEmpty() {
        return names.isEmpty() && merge.isEmpty() && drop.isEmpty();
    }

    /** The class that each renamed or merged one becomes. */
    public Map<String, String> renamed() {
        Map<String, String> renamed = new LinkedHashMap<>(names);
        merge.forEach((name, parts) -> parts.forEach(part -> renamed.put(part, name)));
        return renamed;
    }

    /** Classes of the data that the section names more than once. */
    List<String> namedTwice() {
        List<String> all = new ArrayList<>(names.keySet());
        merge.values().forEach(all::addAll);
        all.addAll(drop);
        return all.stream()
                .filter(name -> all.indexOf(name) != all.lastIndexOf(name))
                .distinct()
                .toList();
    }
}
