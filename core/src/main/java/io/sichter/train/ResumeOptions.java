package io.sichter.train;

import java.util.OptionalInt;

/**
 * What may change when a run goes on.
 *
 * @param epochs new number of epochs of the whole run; empty keeps the old one
 * @param replan whether a schedule that depends on the length is planned again for the new length
 */
public record ResumeOptions(OptionalInt epochs, boolean replan) {
    /** Goes on exactly as planned. */
    public static ResumeOptions none() {
        return new ResumeOptions(OptionalInt.empty(), false);
    }
}
