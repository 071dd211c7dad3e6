package io.sichter.dataset;

import io.sichter.error.DataException;
import io.sichter.error.Problem;
import io.sichter.storage.Digests;
import io.sichter.storage.DurableFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the files of samples hold, as SHA-256: pictures with equal bytes are the same picture.
 *
 * @param byId hex digest of each sample's bytes by its id, in the order of the samples
 */
public record ContentDigests(Map<String, String> byId) {
    /** Copies the map. */
    public ContentDigests {
        byId = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(byId));
    }

    /**
     * Reads all files, in parallel.
     *
     * @throws DataException if one cannot be read
     */
    public static ContentDigests of(List<Sample> samples, int threads, ParallelLoop.Progress progress) {
        String[] digests = new String[samples.size()];
        new ParallelLoop("sichter-digest", threads)
                .run(digests.length, i -> digests[i] = digest(samples.get(i)), progress);
        Map<String, String> byId = new LinkedHashMap<>();
        for (int i = 0; i < digests.length; i++) {
            byId.put(samples.get(i).id(), digests[i]);
        }
        return new ContentDigests(byId);
    }

    /** Ids with equal bytes but different classes, by id: the label of at least one of them is wrong. */
    public List<List<String>> labelConflicts(List<Sample> samples) {
        Map<String, List<Sample>> byContent = new LinkedHashMap<>();
        for (Sample sample : RandomOrder.byId(samples)) {
            byContent
                    .computeIfAbsent(byId.getOrDefault(sample.id(), sample.id()), d -> new ArrayList<>())
                    .add(sample);
        }
        return byContent.values().stream()
                .filter(same -> same.stream().map(Sample::targets).distinct().count() > 1)
                .map(same -> same.stream().map(Sample::id).toList())
                .toList();
    }

    private static String digest(Sample sample) {
        try {
            return sample.source() instanceof SampleSource.FileSource file
                    ? Digests.sha256(file.path())
                    : Digests.sha256(sample.source().read());
        } catch (IOException e) {
            throw new DataException(
                    Problem.of("data.unreadable_file", sample.source().location(), DurableFiles.reason(e)), e);
        }
    }
}
