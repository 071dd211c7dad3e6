package io.sichter.statistics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sichter.dataset.Sample;
import io.sichter.dataset.SampleSource;
import io.sichter.error.StorageException;
import io.sichter.storage.Digests;
import io.sichter.storage.DurableFiles;
import io.sichter.storage.UserCache;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps statistics, so that pictures which did not change are not counted again.
 *
 * <p>The key is SHA-256 over what is done to the pictures and, for every picture, its id, size and time of last change
 * (to the nanosecond, where the disk keeps it): files are not opened, the place of the data does not matter, and data
 * that was copied with its times is known again. A file that changed in the last two seconds makes the result unfit to
 * be kept, for on a disk with coarse times it could change once more without a trace. The folder lies in the
 * {@link UserCache}; nothing is written beside the data.
 *
 * @param folder where the results are kept
 */
public record StatisticsCache(Path folder) {
    private static final Logger LOG = LoggerFactory.getLogger(StatisticsCache.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String FORMAT = "sichter statistics 1";
    private static final long SETTLED_MILLIS = 2000;

    /** The cache of this user. */
    public static StatisticsCache ofUser() {
        return new StatisticsCache(UserCache.folder());
    }

    /**
     * The key of some pictures.
     *
     * @param treatment what is done to them, in words
     * @return empty if it cannot be told whether they have changed
     */
    public Optional<String> key(List<Sample> samples, String treatment) {
        MessageDigest digest = Digests.sha256();
        digest.update((FORMAT + "\n" + treatment + "\n").getBytes(StandardCharsets.UTF_8));
        long settled = System.currentTimeMillis() - SETTLED_MILLIS;
        try {
            for (Sample sample : samples) {
                if (!(sample.source() instanceof SampleSource.FileSource file)) {
                    return Optional.empty();
                }
                var time = Files.getLastModifiedTime(file.path());
                if (time.toMillis() > settled) {
                    return Optional.empty();
                }
                String line = sample.id() + "\0" + Files.size(file.path()) + "\0" + time + "\n";
                digest.update(line.getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            return Optional.empty(); // a file is gone: the pass itself counts it
        }
        return Optional.of(HexFormat.of().formatHex(digest.digest()));
    }

    /** What was kept under a key. */
    public Optional<DatasetStatistics> get(String key) {
        Path file = file(key);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(DurableFiles.read(file), DatasetStatistics.class));
        } catch (JsonProcessingException | StorageException e) {
            LOG.info("Statistics are counted again, for {} cannot be read: {}", file, e.getMessage());
            return Optional.empty();
        }
    }

    /** Keeps something. A cache that cannot be written costs time, nothing else. */
    public void put(String key, DatasetStatistics statistics) {
        try {
            DurableFiles.makeFolder(folder.resolve("statistics"));
            DurableFiles.write(file(key), JSON.writeValueAsString(statistics));
        } catch (JsonProcessingException | StorageException e) {
            LOG.info("Statistics are not kept: {}", e.getMessage());
        }
    }

    private Path file(String key) {
        return folder.resolve("statistics").resolve(key + ".json");
    }
}
