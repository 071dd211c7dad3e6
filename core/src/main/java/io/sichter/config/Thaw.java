package io.sichter.config;

import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One step of a gradual unfreezing, as it stands in {@code transfer.unfreeze}: {@code 2:3}.
 *
 * @param epochs so many epochs are done when it is made, at least 1
 * @param frozen groups of the network that stay frozen, from the input on
 */
public record Thaw(int epochs, int frozen) {
    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,5}):([0-9]{1,4})");

    /**
     * Reads one.
     *
     * @throws UsageException if it is none
     */
    public static Thaw parse(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw new UsageException(Problem.of("transfer.thaw", text));
        }
        return new Thaw(Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2)));
    }
}
