package io.sichter.config;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Decimal text of a double: the shortest that reads back equal. {@link Double#toString} gives other digits before Java
 * 19 than after it (JDK-4511638), and a run's file must not depend on that.
 */
final class Numbers {
    private Numbers() {}

    /** For the file: always recognisable as a float, also for readers of YAML 1.1. */
    static String yaml(double value) {
        String text = shortest(value);
        int exponent = text.indexOf('e');
        String mantissa = exponent < 0 ? text : text.substring(0, exponent);
        return (mantissa.contains(".") ? mantissa : mantissa + ".0") + (exponent < 0 ? "" : text.substring(exponent));
    }

    /** For people: without a point where none is needed. */
    static String shortest(double value) {
        if (value == 0) {
            return 1 / value < 0 ? "-0.0" : "0";
        }
        BigDecimal exact = new BigDecimal(value);
        BigDecimal rounded = exact;
        for (int digits = 1; digits <= 17; digits++) {
            rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (rounded.doubleValue() == value) {
                break;
            }
        }
        BigDecimal stripped = rounded.stripTrailingZeros();
        int exponent = stripped.precision() - stripped.scale() - 1;
        if (exponent >= -5 && exponent < 10) {
            return stripped.toPlainString();
        }
        String mantissa = stripped.movePointLeft(exponent).toPlainString();
        return mantissa + "e" + (exponent < 0 ? "-" : "+") + Math.abs(exponent);
    }
}
