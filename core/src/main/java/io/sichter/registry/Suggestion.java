package io.sichter.registry;

import io.sichter.text.Text;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what a misspelt name was probably meant to be. */
public final class Suggestion {
    private Suggestion() {}

    /** The known name nearest to the given one, if it is near enough to be worth saying. */
    public static Optional<String> nearest(String name, Collection<String> known) {
        String lower = name.toLowerCase(Locale.ROOT);
        return known.stream()
                .min(Comparator.comparingInt((String k) -> distance(lower, k.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()))
                .filter(k -> distance(lower, k.toLowerCase(Locale.ROOT)) <= Math.max(2, name.length() / 3));
    }

    /** A sentence to append to a fix: {@code Did you mean "momentum"?}, or nothing. */
    public static Text didYouMean(String name, Collection<String> known) {
        return nearest(name, known).map(Suggestion::didYouMean).orElseGet(Text::empty);
    }

    /** The sentence for one name: {@code Did you mean "momentum"?} */
    public static Text didYouMean(String name) {
        return Text.of("suggestion", Text.quoted(name));
    }

    /** As a fix: {@code Did you mean "momentum"?}, or to choose one of the names that the message lists. */
    public static Text orChoose(String name, Collection<String> known) {
        return nearest(name, known).map(Suggestion::didYouMean).orElseGet(() -> Text.of("suggestion.choose"));
    }

    /** Optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbours cost one. */
    static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            d[i][0] = i;
        }
        for (int j = 0; j <= b.length(); j++) {
            d[0][j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            for (int j = 1; j <= b.length(); j++) {
                int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(Math.min(d[i - 1][j] + 1, d[i][j - 1] + 1), d[i - 1][j - 1] + cost);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
