package io.sichter.dataset;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * The class names of a model in the order of its outputs. Sorted by code point when made from a folder, and frozen in
 * the model afterwards.
 */
public record ClassIndex(List<String> names) {
    /** Copies and checks the names. */
    public ClassIndex {
        names = List.copyOf(names);
        if (new HashSet<>(names).size() != names.size()) {
            throw new IllegalArgumentException("Class names must differ: " + names);
        }
    }

    /** An index of the given names, sorted by code point as torchvision's ImageFolder does. */
    public static ClassIndex sorted(Collection<String> names) {
        return new ClassIndex(names.stream().distinct().sorted(byCodePoint()).toList());
    }

    /** Number of classes. */
    public int size() {
        return names.size();
    }

    /** Name of a class. */
    public String name(int index) {
        return names.get(index);
    }

    /** Names to indices. */
    public Map<String, Integer> toMap() {
        Map<String, Integer> map = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            map.put(names.get(i), i);
        }
        return map;
    }

    /** Order by code point, which differs from the order of UTF-16 units above U+FFFF. */
    public static Comparator<String> byCodePoint() {
        return (a, b) -> {
            int[] x = a.codePoints().toArray();
            int[] y = b.codePoints().toArray();
            return java.util.Arrays.compare(x, y);
        };
    }
}
