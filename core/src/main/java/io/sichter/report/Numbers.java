package io.sichter.report;

import java.text.NumberFormat;
import java.util.Locale;

/** Numbers as a language writes them. */
record Numbers(Locale language) {
    /** A share as percent. */
    String percent(double share, int digits) {
        NumberFormat format = NumberFormat.getPercentInstance(language);
        format.setMinimumFractionDigits(digits);
        format.setMaximumFractionDigits(digits);
        return format.format(share);
    }

    /** Four digits after the point, as the tables on the command line have them. */
    String metric(double value) {
        return Double.isFinite(value) ? String.format(language, "%.4f", value) : "n/a";
    }
}
