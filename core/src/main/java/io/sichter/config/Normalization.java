package io.sichter.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What is subtracted from every channel of a picture and what it is divided by then, on a scale where black is 0 and
 * white is 1.
 *
 * @param mean one number per channel
 * @param std one number per channel, above 0
 */
public record Normalization(List<Double> mean, List<Double> std) {
    /** The data's own statistics from scratch; with pretrained weights those that the weights have learnt with. */
    public static final String AUTO = "auto";

    /** The statistics of the training pictures. */
    public static final String DATASET = "dataset";

    /** The statistics of ImageNet, which nearly all published weights for photos have learnt with. */
    public static final Normalization IMAGENET =
            new Normalization(List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225));

    static final List<String> WORDS = List.of(AUTO, "imagenet", DATASET, "half", "none");

    /** Copies and checks the lists. */
    public Normalization {
        mean = List.copyOf(mean);
        std = List.copyOf(std);
        if (mean.isEmpty() || mean.size() != std.size() || std.stream().anyMatch(s -> !(s > 0))) {
            throw new IllegalArgumentException("Needs one mean and one std above 0 per channel: " + mean + ", " + std);
        }
    }

    /** The same for every channel. */
    public static Normalization even(double mean, double std, int channels) {
        return new Normalization(
                java.util.Collections.nCopies(channels, mean), java.util.Collections.nCopies(channels, std));
    }

    /**
     * What {@code transforms.normalize} says without looking at data: {@code imagenet}, {@code half} (to -1..1), {@code
     * none} (0..1), or {@code MEAN/STD} with numbers separated by commas, one for all channels or one for each.
     *
     * @return empty for {@code auto}, {@code dataset}, and what is none of all these
     */
    public static Optional<Normalization> fixed(String text, int channels) {
        return switch (text) {
            case "imagenet" -> channels == IMAGENET.mean.size() ? Optional.of(IMAGENET) : Optional.empty();
            case "half" -> Optional.of(even(0.5, 0.5, channels));
            case "none" -> Optional.of(even(0, 1, channels));
            default -> numbers(text, channels);
        };
    }

    /** The form {@code MEAN/STD} that {@link #fixed} reads back without loss. */
    public String text() {
        return text(mean) + "/" + text(std);
    }

    private static String text(List<Double> numbers) {
        return numbers.stream().map(Numbers::shortest).collect(Collectors.joining(","));
    }

    private static Optional<Normalization> numbers(String text, int channels) {
        String[] sides = text.split("/", -1);
        if (sides.length != 2) {
            return Optional.empty();
        }
        try {
            List<Double> mean = list(sides[0], channels);
            List<Double> std = list(sides[1], channels);
            boolean usable = mean.size() == channels
                    && std.size() == channels
                    && mean.stream().allMatch(Double::isFinite)
                    && std.stream().allMatch(s -> s > 0 && Double.isFinite(s));
            return usable ? Optional.of(new Normalization(mean, std)) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static List<Double> list(String text, int channels) {
        List<Double> numbers = new ArrayList<>();
        for (String number : text.split(",", -1)) {
            numbers.add(Double.parseDouble(number.strip()));
        }
        return numbers.size() == 1 ? java.util.Collections.nCopies(channels, numbers.get(0)) : numbers;
    }
}
