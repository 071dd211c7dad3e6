package io.sichter.published;

import io.sichter.config.Normalization;
import io.sichter.config.TransformSpec;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Weights that somebody published for an architecture, for the 1,000 classes of ImageNet, and how their pictures are
 * prepared.
 *
 * @param name architecture and set of weights: {@code resnet50.imagenet1k_v2}
 * @param architecture registered name
 * @param source the package that describes them, with its version
 * @param address where the file lies
 * @param file what it is called in a cache
 * @param hub repository on Hugging Face that it belongs to; empty elsewhere
 * @param sha256Prefix first digits of its SHA-256 as the package carries them; empty where it carries none: such a file
 *     is unverified, and its checksum is recorded when it is first fetched
 * @param megabytes size of the file, 10^6 bytes; empty where the package does not say
 * @param licence SPDX identifier that the package states
 * @param recipe page that says how they were trained
 * @param top1 published share of right first answers on ImageNet's validation pictures
 * @param top5 published share of right answers among the first five
 * @param preset how a picture becomes the network's input in that judgement
 */
public record PublishedWeights(
        String name,
        String architecture,
        String source,
        URI address,
        String file,
        Optional<String> hub,
        Optional<String> sha256Prefix,
        OptionalDouble megabytes,
        String licence,
        String recipe,
        double top1,
        double top5,
        Preset preset) {
    /**
     * How a picture is prepared.
     *
     * @param imageSize side of the square in the middle that the network gets, pixels
     * @param resize length of the shorter side before, pixels
     * @param interpolation of that: {@code bilinear} or {@code bicubic}, antialiased
     * @param normalization per channel
     */
    public record Preset(int imageSize, int resize, String interpolation, Normalization normalization) {
        /** Share of the shorter side that the network sees, timm's {@code crop_pct}. */
        public double cropShare() {
            return (double) imageSize / resize;
        }

        /** The transforms of evaluation for a network that gets another size; the share stays. */
        public List<TransformSpec> transforms(int size) {
            int side = size == imageSize ? resize : Math.toIntExact(Math.round(size / cropShare()));
            return List.of(
                    TransformSpec.of("resize", Map.of("size", side, "interpolation", interpolation)),
                    TransformSpec.of("center_crop", Map.of("size", TransformSpec.IMAGE_SIZE)));
        }
    }

    /** Whether a checksum proves that a file is this one. */
    public boolean verifiable() {
        return sha256Prefix.isPresent();
    }
}
