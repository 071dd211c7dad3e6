package io.sichter.cli;

import io.sichter.model.Family;
import io.sichter.model.Models;
import io.sichter.published.PublishedCatalog;
import io.sichter.published.PublishedCatalog.NetworkSize;
import io.sichter.published.PublishedWeights;
import io.sichter.tensor.Device;
import io.sichter.tensor.Precision;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One architecture, as the list shows it.
 *
 * @param size parameters and multiply-adds
 * @param weights the default of those that are published
 * @param precision what {@code auto} picks on this machine
 */
record ModelRow(String name, Family family, NetworkSize size, Optional<PublishedWeights> weights, Precision precision) {
    /** All of them, in the order of the registry. */
    static List<ModelRow> all() {
        PublishedCatalog catalog = PublishedCatalog.builtIn();
        Device device = Device.resolve("auto");
        return Models.names().stream()
                .map(name -> new ModelRow(
                        name,
                        Models.family(name),
                        Objects.requireNonNull(catalog.networks().get(name)),
                        catalog.of(name).stream().findFirst(),
                        Models.precision(name, "auto", device)))
                .toList();
    }

    /** Published share of right first answers; not a number where nothing is published. */
    double accuracy() {
        return weights.map(PublishedWeights::top1).orElse(Double.NaN);
    }
}
