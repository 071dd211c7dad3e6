package io.sichter.statistics;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What pictures are like. Channels are on a scale where black is 0 and white is 1.
 *
 * @param pictures number of pictures that were counted
 * @param unreadable number of pictures that could not be read
 * @param pixels number of their pixels
 * @param mean of each channel over all pixels of all pictures
 * @param std standard deviation of each channel over all pixels of all pictures (dividing by their number)
 * @param meanPerPicture mean over the pictures of their own mean
 * @param stdPerPicture mean over the pictures of their own standard deviation (dividing by pixels - 1, as torch does);
 *     what differs between pictures is not in it, so that it is smaller than {@code std}
 * @param width of the stored pictures, upright, pixels
 * @param height of the stored pictures, upright, pixels
 * @param aspect width / height of the stored pictures
 * @param kinds how many are stored in which way, such as {@code colour} or {@code grey}
 */
public record DatasetStatistics(
        int pictures,
        int unreadable,
        long pixels,
        List<Double> mean,
        List<Double> std,
        List<Double> meanPerPicture,
        List<Double> stdPerPicture,
        Spread width,
        Spread height,
        Spread aspect,
        Map<String, Integer> kinds) {
    /** The smallest, the middle and the largest of many numbers. */
    public record Spread(double min, double median, double max) {}

    /** Copies the collections. */
    public DatasetStatistics {
        mean = List.copyOf(mean);
        std = List.copyOf(std);
        meanPerPicture = List.copyOf(meanPerPicture);
        stdPerPicture = List.copyOf(stdPerPicture);
        kinds = java.util.Collections.unmodifiableMap(new TreeMap<>(kinds));
    }
}
