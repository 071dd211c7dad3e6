package io.sichter.published;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sichter.error.Problem;
import io.sichter.error.StorageException;
import io.sichter.storage.DurableFiles;
import java.nio.file.Path;
import java.util.List;

/**
 * What is kept beside a file of weights in the cache, as {@code FILE.json}.
 *
 * @param name by which the weights are called, {@code ARCHITECTURE.TAG}
 * @param architecture registered name
 * @param file its name in the cache
 * @param sha256 of the file
 * @param verified whether a published checksum says the same; otherwise it was recorded when the file first came
 * @param origin the address it was fetched from, or the path it was imported from
 * @param imagenet whether {@code --weights imagenet} means this file: imported for that purpose
 * @param mean what the pictures are normalised with, if it is known and not in the catalogue
 * @param std see {@code mean}
 */
public record WeightsRecord(
        String name,
        String architecture,
        String file,
        String sha256,
        boolean verified,
        String origin,
        boolean imagenet,
        List<Double> mean,
        List<Double> std) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    /** Copies the lists. */
    public WeightsRecord {
        mean = List.copyOf(mean);
        std = List.copyOf(std);
    }

    /** That of a published file. */
    static WeightsRecord of(PublishedWeights weights, String sha256) {
        return new WeightsRecord(
                weights.name(),
                weights.architecture(),
                weights.file(),
                sha256,
                weights.verifiable(),
                weights.address().toString(),
                false,
                List.of(),
                List.of());
    }

    /** The same, no longer what {@code imagenet} means. */
    WeightsRecord withoutImagenet() {
        return new WeightsRecord(name, architecture, file, sha256, verified, origin, false, mean, std);
    }

    static Path beside(Path file) {
        return file.resolveSibling(file.getFileName() + ".json");
    }

    static WeightsRecord read(Path file) {
        try {
            return JSON.readValue(DurableFiles.read(file), WeightsRecord.class);
        } catch (JsonProcessingException e) {
            throw new StorageException(Problem.of("published.damaged_record", file, e.getOriginalMessage()), e);
        }
    }

    void write(Path folder) {
        try {
            String json = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n";
            DurableFiles.write(beside(folder.resolve(file)), json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of numbers and texts is always JSON", e);
        }
    }
}
