package io.sichter.transform;

import io.sichter.config.TransformsConfig;
import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import java.util.List;

/**
 * Mean and standard deviation per channel, as {@code torchvision.transforms.v2.Normalize} takes them: a value, on a
 * scale where black is 0 and white is 1, gives {@code (value - mean) / std}. Not a step of a {@link Pipeline}: it is
 * done together with the conversion to float, in one pass on the device.
 *
 * @param mean one per channel
 * @param std one per channel, above 0
 */
public record Normalize(List<Double> mean, List<Double> std) {
    /** Copies and checks the lists. */
    public Normalize {
        mean = List.copyOf(mean);
        std = List.copyOf(std);
        if (mean.size() != std.size() || std.stream().anyMatch(s -> !(s > 0))) {
            throw new IllegalArgumentException("Needs one mean and one std above 0 per channel: " + mean + ", " + std);
        }
    }

    /**
     * What a configuration says.
     *
     * @throws UsageException if there is not one number per channel
     */
    public static Normalize of(TransformsConfig config, int channels) {
        if (config.mean().size() != channels || config.std().size() != channels) {
            throw new UsageException(Problem.of(
                    "transform.normalize", config.mean().size(), config.std().size(), channels));
        }
        return new Normalize(config.mean(), config.std());
    }
}
