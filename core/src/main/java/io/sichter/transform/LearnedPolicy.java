package io.sichter.transform;

import java.util.List;
import java.util.Locale;

/**
 * Policies of {@link AutoAugment}: 25 pairs of operations, each with its probability and its bin of strength from 0 to 9.
 *
 * <p>Source: Cubuk et al., "AutoAugment", CVPR 2019, appendix, in the order of torchvision, which a test compares with.
 */
public enum LearnedPolicy {
    /** Learned on ImageNet. */
    IMAGENET("""
            posterize 0.4 8, rotate 0.6 9
            solarize 0.6 5, auto_contrast 0.6 0
            equalize 0.8 0, equalize 0.6 0
            posterize 0.6 7, posterize 0.6 6
            equalize 0.4 0, solarize 0.2 4
            equalize 0.4 0, rotate 0.8 8
            solarize 0.6 3, equalize 0.6 0
            posterize 0.8 5, equalize 1.0 0
            rotate 0.2 3, solarize 0.6 8
            equalize 0.6 0, posterize 0.4 6
            rotate 0.8 8, color 0.4 0
            rotate 0.4 9, equalize 0.6 0
            equalize 0.0 0, equalize 0.8 0
            invert 0.6 0, equalize 1.0 0
            color 0.6 4, contrast 1.0 8
            rotate 0.8 8, color 1.0 2
            color 0.8 8, solarize 0.8 7
            sharpness 0.4 7, invert 0.6 0
            shear_x 0.6 5, equalize 1.0 0
            color 0.4 0, equalize 0.6 0
            equalize 0.4 0, solarize 0.2 4
            solarize 0.6 5, auto_contrast 0.6 0
            invert 0.6 0, equalize 1.0 0
            color 0.6 4, contrast 1.0 8
            equalize 0.8 0, equalize 0.6 0
            """),
    /** Learned on CIFAR-10. */
    CIFAR10("""
            invert 0.1 0, contrast 0.2 6
            rotate 0.7 2, translate_x 0.3 9
            sharpness 0.8 1, sharpness 0.9 3
            shear_y 0.5 8, translate_y 0.7 9
            auto_contrast 0.5 0, equalize 0.9 0
            shear_y 0.2 7, posterize 0.3 7
            color 0.4 3, brightness 0.6 7
            sharpness 0.3 9, brightness 0.7 9
            equalize 0.6 0, equalize 0.5 0
            contrast 0.6 7, sharpness 0.6 5
            color 0.7 7, translate_x 0.5 8
            equalize 0.3 0, auto_contrast 0.4 0
            translate_y 0.4 3, sharpness 0.2 6
            brightness 0.9 6, color 0.2 8
            solarize 0.5 2, invert 0.0 0
            equalize 0.2 0, auto_contrast 0.6 0
            equalize 0.2 0, equalize 0.6 0
            color 0.9 9, equalize 0.6 0
            auto_contrast 0.8 0, solarize 0.2 8
            brightness 0.1 3, color 0.7 0
            solarize 0.4 5, auto_contrast 0.9 0
            translate_y 0.9 9, translate_y 0.7 9
            auto_contrast 0.9 0, solarize 0.8 3
            equalize 0.8 0, invert 0.1 0
            translate_y 0.7 9, auto_contrast 0.9 0
            """),
    /** Learned on Street View House Numbers. */
    SVHN("""
            shear_x 0.9 4, invert 0.2 0
            shear_y 0.9 8, invert 0.7 0
            equalize 0.6 0, solarize 0.6 6
            invert 0.9 0, equalize 0.6 0
            equalize 0.6 0, rotate 0.9 3
            shear_x 0.9 4, auto_contrast 0.8 0
            shear_y 0.9 8, invert 0.4 0
            shear_y 0.9 5, solarize 0.2 6
            invert 0.9 0, auto_contrast 0.8 0
            equalize 0.6 0, rotate 0.9 3
            shear_x 0.9 4, solarize 0.3 3
            shear_y 0.8 8, invert 0.7 0
            equalize 0.9 0, translate_y 0.6 6
            invert 0.9 0, equalize 0.6 0
            contrast 0.3 3, rotate 0.8 4
            invert 0.8 0, translate_y 0.0 2
            shear_y 0.7 6, solarize 0.4 8
            invert 0.6 0, rotate 0.8 4
            shear_y 0.3 7, translate_x 0.9 3
            shear_x 0.1 6, invert 0.6 0
            solarize 0.7 2, translate_y 0.6 7
            shear_y 0.8 4, invert 0.8 0
            shear_x 0.7 9, translate_y 0.8 3
            shear_y 0.8 5, auto_contrast 0.7 0
            shear_x 0.7 2, invert 0.1 0
            """);

    private final String table;

    LearnedPolicy(String table) {
        this.table = table;
    }

    /**
     * An operation that is perhaps applied.
     *
     * @param operation which
     * @param p probability
     * @param bin strength, 0 to 9
     */
    record Entry(PolicyOperation operation, double p, int bin) {
        static Entry parse(String text) {
            String[] words = text.strip().split(" ", 3);
            return new Entry(
                    PolicyOperation.valueOf(words[0].toUpperCase(Locale.ROOT)),
                    Double.parseDouble(words[1]),
                    Integer.parseInt(words[2]));
        }
    }

    /** Two operations, one after the other. */
    record Pair(Entry first, Entry second) {}

    /** The 25 pairs, each as likely as the others. */
    List<Pair> pairs() {
        return table.lines()
                .map(line -> line.split(",", 2))
                .map(halves -> new Pair(Entry.parse(halves[0]), Entry.parse(halves[1])))
                .toList();
    }
}
