package io.sichter.statistics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sichter.dataset.Sample;
import io.sichter.error.StorageException;
import io.sichter.storage.Digests;
import io.sichter.storage.DurableFiles;
import io.sichter.storage.UserCache;
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
 * <p>The key is SHA-256 over what is done to the pictures and over the digests of their contents, in an order of their
 * own: data that was moved, renamed or listed in a table is known again, and a picture with other bytes is another
 * picture. So that not every file is read for this each time, {@link FileDigests} remembers the digest of a file by its
 * path, size and time of last change; {@link #verifying} reads them all. The folder lies in
 * the {@link UserCache}; nothing is written beside the data.
 *
 * @param folder where the results are kept
 * @param verifies whether the contents of all files are read, for a file may change and keep its size and time
 */
public record StatisticsCache(Path folder, boolean verifies) {
    private static final Logger LOG = LoggerFactory.getLogger(StatisticsCache.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String FORMAT = "sichter statistics 2";

    /** A cache that believes sizes and times. */
    public StatisticsCache(Path folder) {
        this(folder, false);
    }

    /** The same, reading every file to see whether it has changed. */
    public StatisticsCache verifying() {
        return new StatisticsCache(folder, true);
    }

    /** The cache of this user. */
    public static StatisticsCache ofUser() {
        return new StatisticsCache(UserCache.folder());
    }

    /**
     * The key of some pictures.
     *
     * @param treatment what is done to them, in words
     * @param threads that read files, at least 1
     * @return empty if one of them cannot be read: the pass itself counts it
     */
    public Optional<String> key(List<Sample> samples, String treatment, int threads) {
        FileDigests digests = new FileDigests(folder.resolve("digests"), verifies);
        return digests.of(samples, threads).map(contents -> {
            MessageDigest digest = Digests.sha256();
            digest.update((FORMAT + "\n" + treatment + "\n").getBytes(StandardCharsets.UTF_8));
            contents.stream().sorted().forEach(one -> digest.update((one + "\n").getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(digest.digest());
        });
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
