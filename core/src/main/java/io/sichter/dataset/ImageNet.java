package io.sichter.dataset;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * The 1,000 classes of ImageNet (ILSVRC 2012) in the order of published networks' outputs (Russakovsky et al.,
 * "ImageNet Large Scale Visual Recognition Challenge", 2015).
 */
public final class ImageNet {
    private static final List<String[]> LINES = lines();

    private ImageNet() {}

    /** WordNet's ids, such as {@code n01440764}: how the folders of ImageNet are called. */
    public static List<String> wordNetIds() {
        return LINES.stream().map(line -> line[0]).toList();
    }

    /** Names for people, such as {@code tench}; two classes are called "crane" and two "maillot". */
    public static List<String> names() {
        return LINES.stream().map(line -> line[1]).toList();
    }

    /** A name for people for every class, with WordNet's id where two have the same name. */
    public static List<String> labels() {
        List<String> names = names();
        return LINES.stream()
                .map(line ->
                        java.util.Collections.frequency(names, line[1]) > 1 ? line[1] + " (" + line[0] + ")" : line[1])
                .toList();
    }

    private static List<String[]> lines() {
        try (InputStream in = Objects.requireNonNull(ImageNet.class.getResourceAsStream("imagenet-classes.tsv"));
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
