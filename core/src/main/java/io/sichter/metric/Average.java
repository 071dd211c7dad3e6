package io.sichter.metric;

/** How figures of single classes become one. */
public enum Average {
    /** All samples in one pot. Where each has one label and one prediction, this is the accuracy under another name. */
    MICRO,
    /** Every class that has samples counts once, however few they are. */
    MACRO,
    /** Every class counts as often as it has samples. */
    WEIGHTED
}
