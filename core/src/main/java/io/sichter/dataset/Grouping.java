package io.sichter.dataset;

import io.sichter.error.DataException;
import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Which samples belong together and must not be divided.
 *
 * @param keys name of the group by sample id; a sample without one is a group of its own
 */
public record Grouping(Map<String, String> keys) {
    /** Copies the map. */
    public Grouping {
        keys = Map.copyOf(keys);
    }

    /** Every sample on its own. */
    public static Grouping none() {
        return new Grouping(Map.of());
    }

    /** Whether nothing belongs together. */
    public boolean isNone() {
        return keys.isEmpty();
    }

    /** The group of a sample. */
    public String of(Sample sample) {
        return keys.getOrDefault(sample.id(), "/" + sample.id());
    }

    /**
     * Groups by a column, or by part of the path.
     *
     * @param samples all samples
     * @param expression name of an attribute that the samples have; anything else is a regular expression, sought in the
     *     id: what its first group matches (the whole match, without groups) names the sample's group
     * @throws UsageException if it is no regular expression
     * @throws DataException if it finds nothing in some samples
     */
    public static Grouping by(String expression, Collection<Sample> samples) {
        boolean column = samples.stream().anyMatch(s -> s.attributes().containsKey(expression));
        Pattern pattern = column ? Pattern.compile("") : compile(expression);
        Map<String, String> keys = new HashMap<>();
        List<String> without = new ArrayList<>();
        for (Sample sample : samples) {
            String key = column ? sample.attributes().getOrDefault(expression, "") : match(pattern, sample.id());
            if (key.isEmpty()) {
                without.add(sample.id());
            } else {
                keys.put(sample.id(), key);
            }
        }
        if (!without.isEmpty()) {
            throw new DataException(Problem.of(
                    "split.no_group", without.size(), samples.size(), expression, FolderProblems.shortList(without)));
        }
        return new Grouping(keys);
    }

    /**
     * Groups what has the same content.
     *
     * @param digests SHA-256 by sample id
     */
    public static Grouping ofEqualContent(Map<String, String> digests) {
        Map<String, Integer> count = new HashMap<>();
        digests.values().forEach(digest -> count.merge(digest, 1, Integer::sum));
        Map<String, String> keys = new HashMap<>();
        digests.forEach((id, digest) -> {
            if (count.getOrDefault(digest, 0) > 1) {
                keys.put(id, digest);
            }
        });
        return new Grouping(keys);
    }

    /** Groups whatever either of the two keeps together, directly or through others. */
    public Grouping joinedWith(Grouping other) {
        Map<String, String> parents = new HashMap<>();
        keys.forEach((id, key) -> union(parents, "s" + id, "a" + key));
        other.keys.forEach((id, key) -> union(parents, "s" + id, "b" + key));
        Map<String, String> joined = new HashMap<>();
        for (Map<String, String> side : List.of(keys, other.keys)) {
            side.keySet().forEach(id -> joined.put(id, root(parents, "s" + id)));
        }
        return new Grouping(joined);
    }

    private static void union(Map<String, String> parents, String a, String b) {
        String rootA = root(parents, a);
        String rootB = root(parents, b);
        if (!rootA.equals(rootB)) {
            // The name of a group must not depend on the order of the map.
            boolean first = rootA.compareTo(rootB) < 0;
            parents.put(first ? rootB : rootA, first ? rootA : rootB);
        }
    }

    private static String root(Map<String, String> parents, String node) {
        String current = node;
        for (String parent = parents.get(current); parent != null; parent = parents.get(current)) {
            String above = parents.get(parent);
            if (above != null) {
                parents.put(current, above); // halves the path for the next who asks
            }
            current = parent;
        }
        return current;
    }

    private static Pattern compile(String expression) {
        try {
            return Pattern.compile(expression);
        } catch (PatternSyntaxException e) {
            throw new UsageException(Problem.of("split.bad_pattern", expression, e.getDescription()), e);
        }
    }

    private static String match(Pattern pattern, String id) {
        Matcher matcher = pattern.matcher(id);
        if (!matcher.find()) {
            return "";
        }
        String found = matcher.groupCount() > 0 ? matcher.group(1) : matcher.group();
        return found == null ? "" : found;
    }
}
