package io.sichter.statistics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sichter.dataset.ParallelLoop;
import io.sichter.dataset.Sample;
import io.sichter.dataset.SampleSource;
import io.sichter.error.StorageException;
import io.sichter.storage.Digests;
import io.sichter.storage.DurableFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SHA-256 of what the files of samples hold. Those of files whose size and time of last change (to the nanosecond, where
 * the disk keeps it) are as before come from a memory, one small file for each folder of pictures. A file that changed in
 * the last two seconds is not remembered, for on a disk with coarse times it could change once more without a trace.
 *
 * @param folder of the memory
 * @param verifies whether all files are read, and the memory made anew
 */
record FileDigests(Path folder, boolean verifies) {
    private static final Logger LOG = LoggerFactory.getLogger(FileDigests.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long SETTLED_MILLIS = 2000;

    /** What was known of a file when it was read. */
    record Known(long size, String time, String sha256) {
        boolean fits(long otherSize, String otherTime) {
            return size == otherSize && time.equals(otherTime);
        }
    }

    /** The memory of one folder of pictures: names of files and what is known of them. */
    private record Memory(Path file, Map<String, Known> known) {}

    /**
     * The digests of samples, in their order.
     *
     * @return empty if one of them cannot be read
     */
    Optional<List<String>> of(List<Sample> samples, int threads) {
        Map<Path, Memory> memories = new TreeMap<>();
        for (Sample sample : samples) {
            if (sample.source() instanceof SampleSource.FileSource file) {
                memories.computeIfAbsent(parent(file.path()), this::recall);
            }
        }
        @Nullable String[] digests = new String[samples.size()];
        @Nullable Known[] fresh = new Known[samples.size()];
        new ParallelLoop("sichter-digest", threads)
                .run(
                        digests.length,
                        i -> {
                            try {
                                digests[i] = digest(samples.get(i), memories, fresh, i);
                            } catch (IOException e) {
                                LOG.info("{} has no digest: {}", samples.get(i).id(), e.getMessage());
                            }
                        },
                        (done, total) -> {});
        if (Arrays.stream(digests).anyMatch(Objects::isNull)) {
            return Optional.empty();
        }
        remember(samples, memories, fresh);
        return Optional.of(Arrays.stream(digests).map(Objects::requireNonNull).toList());
    }

    /** The digest of one; what was learnt of its file goes to {@code fresh}. Memories are only read here. */
    private String digest(Sample sample, Map<Path, Memory> memories, @Nullable Known[] fresh, int index)
            throws IOException {
        if (!(sample.source() instanceof SampleSource.FileSource file)) {
            return Digests.sha256(sample.source().read());
        }
        Path path = file.path();
        long size = Files.size(path);
        var time = Files.getLastModifiedTime(path);
        Memory memory = Objects.requireNonNull(memories.get(parent(path)));
        Known known = memory.known().get(name(path));
        if (!verifies && known != null && known.fits(size, time.toString())) {
            return known.sha256();
        }
        String digest = Digests.sha256(path);
        if (time.toMillis() < System.currentTimeMillis() - SETTLED_MILLIS) {
            fresh[index] = new Known(size, time.toString(), digest);
        }
        return digest;
    }

    private Memory recall(Path pictures) {
        byte[] path = pictures.toString().getBytes(StandardCharsets.UTF_8);
        Path file = folder.resolve(Digests.sha256(path) + ".json");
        if (Files.isRegularFile(file)) {
            try {
                return new Memory(file, JSON.readValue(DurableFiles.read(file), new TypeReference<>() {}));
            } catch (JsonProcessingException | StorageException e) {
                LOG.info("Files are read again, for {} cannot be read: {}", file, e.getMessage());
            }
        }
        return new Memory(file, new TreeMap<>());
    }

    /** Writes the memories that have grown. One that cannot be written costs time, nothing else. */
    private void remember(List<Sample> samples, Map<Path, Memory> memories, @Nullable Known[] fresh) {
        List<Path> grown = new ArrayList<>();
        for (int i = 0; i < fresh.length; i++) {
            Known learnt = fresh[i];
            if (learnt != null && samples.get(i).source() instanceof SampleSource.FileSource file) {
                Path pictures = parent(file.path());
                Objects.requireNonNull(memories.get(pictures)).known().put(name(file.path()), learnt);
                if (grown.isEmpty() || !grown.get(grown.size() - 1).equals(pictures)) {
                    grown.add(pictures);
                }
            }
        }
        for (Path pictures : grown.stream().distinct().toList()) {
            Memory memory = Objects.requireNonNull(memories.get(pictures));
            memory.known().keySet().removeIf(name -> !Files.exists(pictures.resolve(name)));
            try {
                DurableFiles.makeFolder(folder);
                DurableFiles.write(memory.file(), JSON.writeValueAsString(memory.known()));
            } catch (JsonProcessingException | StorageException e) {
                LOG.info("Digests of {} are not kept: {}", pictures, e.getMessage());
            }
        }
    }

    private static Path parent(Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().normalize().getParent(), file.toString());
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
