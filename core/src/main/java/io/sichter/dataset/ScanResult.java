package io.sichter.dataset;

import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.sichter.error.DataException;
import io.sichter.error.Problem;
import io.sichter.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a scan found.
 *
 * @param total number of pictures looked at
 * @param bad those that cannot be used, by id
 * @param misnamed ids of good pictures whose name ends in another format than their content is, by id; they are read
 *     all the same
 */
public record ScanResult(int total, List<BadImage> bad, List<String> misnamed) {
    private static final int SHOWN = 5;
    private static final CsvSchema SCHEMA = CsvSchema.builder()
            .addColumn("path")
            .addColumn("reason")
            .addColumn("detail")
            .setUseHeader(true)
            .build();

    /** Copies the lists. */
    public ScanResult {
        bad = List.copyOf(bad);
        misnamed = List.copyOf(misnamed);
    }

    /** Ids of the bad pictures, for {@link DataFolder#without}. */
    public Set<String> badIds() {
        return bad.stream().map(BadImage::id).collect(Collectors.toUnmodifiableSet());
    }

    /** Share of bad pictures, from 0 to 1; 0 where there are no pictures. */
    public double badFraction() {
        return total == 0 ? 0 : (double) bad.size() / total;
    }

    /** The text of {@code bad-images.csv}: columns {@code path}, {@code reason} (in lower case) and {@code detail} (in English). */
    public String toCsv() {
        List<Map<String, String>> rows = new ArrayList<>();
        for (BadImage image : bad) {
            rows.add(Map.of(
                    "path",
                    image.id(),
                    "reason",
                    word(image),
                    "detail",
                    image.detail().in(Locale.ENGLISH)));
        }
        return CsvText.write(SCHEMA, rows);
    }

    /**
     * Refuses to go on if there are too many bad pictures.
     *
     * @param fail whether one is too many
     * @param maxFraction share of bad pictures, from 0 to 1, above which it is too many
     * @throws DataException that names number, share and the first files
     */
    public void enforce(boolean fail, double maxFraction) {
        if (bad.isEmpty() || (!fail && badFraction() <= maxFraction)) {
            return;
        }
        List<Text> received = new ArrayList<>();
        received.add(Text.of("dataset.bad.share", bad.size(), total, percent(badFraction())));
        for (BadImage image : bad.subList(0, Math.min(SHOWN, bad.size()))) {
            received.add(Text.of("about", image.id(), image.detail()));
        }
        if (bad.size() > SHOWN) {
            received.add(Text.of("more", bad.size() - SHOWN));
        }
        throw new DataException(new Problem(
                Text.of("dataset.bad", bad.size()),
                Text.joined("\n", received),
                fail ? Text.of("dataset.bad.none") : Text.of("dataset.bad.most", percent(maxFraction)),
                Text.of("dataset.bad.fix", roundedUp(badFraction()))));
    }

    private static String percent(double fraction) {
        return String.format(Locale.ROOT, "%.2f", 100 * fraction);
    }

    private static String word(BadImage image) {
        return image.reason().name().toLowerCase(Locale.ROOT);
    }

    private static String roundedUp(double fraction) {
        return String.format(Locale.ROOT, "%.2f", Math.min(1, Math.ceil(fraction * 100) / 100));
    }
}
