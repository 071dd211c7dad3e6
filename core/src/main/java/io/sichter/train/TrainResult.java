package io.sichter.train;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a finished run came to.
 *
 * @param run its directory
 * @param model architecture
 * @param epochs epochs done
 * @param bestEpoch the best epoch by the monitored metric, from 1
 * @param best metrics of the best epoch by name: {@code train_loss}, {@code val_loss}, {@code val_accuracy},
 *     {@code val_f1_macro} ...
 * @param trainImagesPerSecond from the second epoch on where there is one; waiting for data included, validation and
 *     checkpoints not
 * @param loaderWaitFraction share of that time spent waiting for data
 * @param seconds of the whole run
 * @param peakRssMb largest memory of the process, MiB; NaN where the system does not tell
 */
public record TrainResult(
        Path run,
        String model,
        int epochs,
        int bestEpoch,
        Map<String, Double> best,
        double trainImagesPerSecond,
        double loaderWaitFraction,
        double seconds,
        double peakRssMb) {
    /** Copies the map, keeping its order. */
    public TrainResult {
        best = Collections.unmodifiableMap(new LinkedHashMap<>(best));
    }
}
