package io.sichter.published;

import io.sichter.config.Normalization;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A file of weights that was asked for, and what is known about it.
 *
 * @param file where it lies
 * @param name what it is called: {@code resnet50.imagenet1k_v2}, or the file's own name
 * @param sha256 of the file, computed now
 * @param origin the package that describes it, the address or path it came from, or the file itself
 * @param published what it is, if a package describes it
 * @param normalization what its pictures are normalised with, if that is known without looking into the file
 */
public record FoundWeights(
        Path file,
        String name,
        String sha256,
        String origin,
        Optional<PublishedWeights> published,
        Optional<Normalization> normalization) {

    /** For the record of a run: what the weights are and where they come from. */
    public Map<String, String> provenance() {
        Map<String, String> record = new LinkedHashMap<>();
        record.put("name", name);
        record.put("sha256", sha256);
        record.put("origin", origin);
        published.ifPresent(weights -> {
            record.put("source", weights.source());
            record.put("licence", weights.licence());
        });
        return record;
    }
}
