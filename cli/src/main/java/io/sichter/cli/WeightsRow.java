package io.sichter.cli;

import io.sichter.config.Normalization;
import io.sichter.published.PublishedWeights;
import io.sichter.published.WeightsRecord;
import io.sichter.published.WeightsStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One set of weights, published or imported, as the list shows it.
 *
 * @param isDefault whether {@code --weights imagenet} means it
 * @param published what a package says of it; empty for what was imported
 * @param record what is known since its file came, if Sichter has it
 * @param file where it lies on this machine
 */
record WeightsRow(
        String name,
        String architecture,
        boolean isDefault,
        Optional<PublishedWeights> published,
        Optional<WeightsRecord> record,
        Optional<Path> file) {
    /** All of them: those of the packages, then those that were imported. */
    static List<WeightsRow> all(WeightsStore store) {
        List<WeightsRecord> records = store.records();
        List<String> own = records.stream()
                .filter(WeightsRecord::imagenet)
                .map(WeightsRecord::architecture)
                .toList();
        List<WeightsRow> rows = new ArrayList<>();
        for (PublishedWeights weights : store.catalog().weights()) {
            boolean first = store.catalog().of(weights.architecture()).get(0).equals(weights);
            rows.add(new WeightsRow(
                    weights.name(),
                    weights.architecture(),
                    first && !own.contains(weights.architecture()),
                    Optional.of(weights),
                    records.stream()
                            .filter(r -> r.name().equals(weights.name()))
                            .findFirst(),
                    store.locate(weights)));
        }
        for (WeightsRecord record : store.imported()) {
            rows.add(new WeightsRow(
                    record.name(),
                    record.architecture(),
                    record.imagenet(),
                    Optional.empty(),
                    Optional.of(record),
                    Optional.of(store.folders().own().resolve(record.file()))));
        }
        return rows;
    }

    /** Who says what it is. */
    String source() {
        return published.map(PublishedWeights::source).orElseGet(() -> record.map(WeightsRecord::origin)
                .orElse(""));
    }

    /** The first digits that are published, or all that were recorded. */
    Optional<String> sha256() {
        return record.map(WeightsRecord::sha256).or(() -> published.flatMap(PublishedWeights::sha256Prefix));
    }

    /** Whether a published checksum proves what the file is. */
    boolean verifiable() {
        return published.map(PublishedWeights::verifiable).orElse(false);
    }

    /** What its pictures are normalised with. */
    Optional<Normalization> normalization() {
        return published
                .map(weights -> weights.preset().normalization())
                .or(() -> record.filter(r -> !r.mean().isEmpty()).map(r -> new Normalization(r.mean(), r.std())));
    }
}
