package io.sichter.dataset;

import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.sichter.error.DataException;
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

    /** The text of {@code bad-images.csv}: columns {@code path}, {@code reason} (in lower case) and {@code detail}. */
    public String toCsv() {
        List<Map<String, String>> rows = new ArrayList<>();
        for (BadImage image : bad) {
            rows.add(Map.of("path", image.id(), "reason", word(image), "detail", image.detail()));
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
        StringBuilder received = new StringBuilder();
        received.append(
                String.format(Locale.ROOT, "%d of %d pictures (%.2f %%)", bad.size(), total, 100 * badFraction()));
        for (BadImage image : bad.subList(0, Math.min(SHOWN, bad.size()))) {
            received.append('\n').append(image.id()).append(": ").append(image.detail());
        }
        if (bad.size() > SHOWN) {
            received.append("\nand ").append(bad.size() - SHOWN).append(" more");
        }
        throw new DataException(
                bad.size() == 1 ? "A picture cannot be read" : "Pictures cannot be read",
                received.toString(),
                fail
                        ? "no bad picture, because bad_images is fail"
                        : String.format(Locale.ROOT, "at most %.2f %% (max_bad_fraction)", 100 * maxFraction),
                "Replace or remove the files, or train without them: data.bad_images=skip data.max_bad_fraction="
                        + roundedUp(badFraction()));
    }

    private static String word(BadImage image) {
        return image.reason().name().toLowerCase(Locale.ROOT);
    }

    private static String roundedUp(double fraction) {
        return String.format(Locale.ROOT, "%.2f", Math.min(1, Math.ceil(fraction * 100) / 100));
    }
}
