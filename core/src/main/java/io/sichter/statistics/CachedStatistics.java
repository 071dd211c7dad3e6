package io.sichter.statistics;

import io.sichter.config.RunConfig;
import io.sichter.dataset.ParallelLoop;
import io.sichter.dataset.Sample;
import io.sichter.image.DecodeLimits;
import io.sichter.image.OpenCvDecoder;
import io.sichter.transform.Pipeline;
import java.util.List;
import java.util.Optional;

/**
 * Statistics of pictures as they are stored, or as a network gets them, from the cache where nothing has changed. Both
 * count what the decoder makes of a file, the very pixels that training gets: 8-bit RGB, whatever is stored (grey, 16
 * bits, CMYK; {@link OpenCvDecoder} says what becomes of each).
 */
public final class CachedStatistics {
    private final StatisticsPass pass;
    private final String treatment;
    private final StatisticsCache cache;

    private CachedStatistics(StatisticsPass pass, String treatment, StatisticsCache cache) {
        this.pass = pass;
        this.treatment = treatment + ", " + pass.channels() + " channels";
        this.cache = cache;
    }

    /** Of the pictures as stored. */
    public static CachedStatistics asStored(RunConfig config, StatisticsCache cache) {
        return new CachedStatistics(pass(config, Optional.empty()), "as stored", cache);
    }

    /** Of the pictures as the evaluation transforms leave them: what a network gets, without augmentation. */
    public static CachedStatistics asEvaluated(RunConfig config, StatisticsCache cache) {
        int size = config.model().imageSize();
        Pipeline pipeline =
                Pipeline.of(config.transforms().eval(), size, config.model().channels());
        String treatment = size + " pixels, "
                + config.transforms().eval().stream()
                        .map(spec -> spec.name() + spec.params())
                        .toList();
        return new CachedStatistics(pass(config, Optional.of(pipeline)), treatment, cache);
    }

    /** Looks them up or counts. */
    public DatasetStatistics of(List<Sample> samples, ParallelLoop.Progress progress) {
        Optional<String> key = cache.key(samples, treatment, pass.threads());
        Optional<DatasetStatistics> kept = key.flatMap(cache::get);
        if (kept.isPresent()) {
            return kept.get();
        }
        DatasetStatistics counted = pass.run(samples, progress);
        if (counted.unreadable() == 0) {
            key.ifPresent(k -> cache.put(k, counted));
        }
        return counted;
    }

    private static StatisticsPass pass(RunConfig config, Optional<Pipeline> pipeline) {
        DecodeLimits limits = DecodeLimits.ofPixels(config.data().maxPixels());
        int threads = Math.max(1, config.runtime().threads());
        return new StatisticsPass(
                new OpenCvDecoder(limits), pipeline, limits, config.model().channels(), threads);
    }
}
