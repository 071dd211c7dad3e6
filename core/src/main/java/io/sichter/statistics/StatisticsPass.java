package io.sichter.statistics;

import io.sichter.dataset.ParallelLoop;
import io.sichter.dataset.Sample;
import io.sichter.image.DecodeLimits;
import io.sichter.image.Image;
import io.sichter.image.ImageDecoder;
import io.sichter.image.ImageHeader;
import io.sichter.image.ImageProbe;
import io.sichter.image.UnreadableImageException;
import io.sichter.random.SeedStream;
import io.sichter.tensor.Scope;
import io.sichter.transform.Pipeline;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Looks at all pictures once and counts. Each thread holds one picture at a time; the result does not depend on threads,
 * order, or where the data lies.
 *
 * @param decoder what reads the pictures
 * @param pipeline what happens to a picture before its pixels are counted, without randomness; empty counts them as
 *     stored
 * @param limits of what is read
 * @param channels of the decoded pictures
 * @param threads number of threads, at least 1
 */
public record StatisticsPass(
        ImageDecoder decoder, Optional<Pipeline> pipeline, DecodeLimits limits, int channels, int threads) {
    /** Refuses a pipeline that draws. */
    public StatisticsPass {
        if (pipeline.isPresent() && pipeline.get().isRandom()) {
            throw new IllegalArgumentException("Statistics of pictures that are random would not be repeatable");
        }
    }

    /** What was seen of one picture. */
    private record Seen(ImageHeader header, PictureSums sums) {}

    /**
     * Counts.
     *
     * @return the statistics; means are NaN where no picture could be read
     */
    public DatasetStatistics run(List<Sample> samples, ParallelLoop.Progress progress) {
        ChannelTotals totals = new ChannelTotals(channels);
        SizeCounts sizes = new SizeCounts();
        int[] unreadable = {0};
        new ParallelLoop("sichter-statistics", threads)
                .run(
                        samples.size(),
                        i -> {
                            Optional<Seen> seen = look(samples.get(i));
                            synchronized (totals) {
                                if (seen.isPresent()) {
                                    totals.add(seen.get().sums());
                                    sizes.add(seen.get().header());
                                } else {
                                    unreadable[0]++;
                                }
                            }
                        },
                        progress);
        boolean none = totals.pixels() == 0;
        List<Double> nothing = java.util.Collections.nCopies(channels, Double.NaN);
        return new DatasetStatistics(
                samples.size() - unreadable[0],
                unreadable[0],
                totals.pixels(),
                none ? nothing : totals.mean(),
                none ? nothing : totals.std(),
                none ? nothing : totals.meanPerPicture(),
                none ? nothing : totals.stdPerPicture(),
                sizes.width(),
                sizes.height(),
                sizes.aspect(),
                sizes.kinds());
    }

    @SuppressWarnings("try") // the scope is there to be closed; nothing else is asked of it
    private Optional<Seen> look(Sample sample) {
        try (Scope scope = Scope.open()) {
            byte[] bytes = sample.source().read();
            String name = sample.source().location();
            ImageHeader header = new ImageProbe(limits).probe(bytes, name);
            try (Image decoded = decoder.decode(bytes, name)) {
                if (pipeline.isEmpty()) {
                    return Optional.of(new Seen(header, PictureSums.of(decoded)));
                }
                try (Image image = pipeline.get().apply(decoded, SeedStream.of(0))) {
                    return Optional.of(new Seen(header, PictureSums.of(image)));
                }
            }
        } catch (IOException | UnreadableImageException e) {
            return Optional.empty(); // counted; the scan before says which and why
        }
    }
}
