package io.sichter.cli;

/** How many columns of a terminal a text takes, and texts cut to fit. */
final class DisplayWidth {
    private DisplayWidth() {}

    /** Columns of a text without line ends. */
    static int of(String text) {
        return text.codePoints().map(DisplayWidth::of).sum();
    }

    /** The beginning of a text that is too long, and a sign that it goes on. */
    static String cut(String text, int columns, boolean unicode) {
        if (of(text) <= columns) {
            return text;
        }
        String sign = sign(columns, unicode);
        StringBuilder cut = new StringBuilder();
        int used = sign.length();
        for (int c : text.codePoints().toArray()) {
            used += of(c);
            if (used > columns) {
                break;
            }
            cut.appendCodePoint(c);
        }
        return cut + sign;
    }

    /** The end of a text that is too long, after a sign: of a path the end says most. */
    static String cutBeginning(String text, int columns, boolean unicode) {
        if (of(text) <= columns) {
            return text;
        }
        int[] points = text.codePoints().toArray();
        String sign = sign(columns, unicode);
        int used = sign.length();
        int from = points.length;
        while (from > 0 && used + of(points[from - 1]) <= columns) {
            used += of(points[--from]);
        }
        return sign + new String(points, from, points.length - from);
    }

    private static String sign(int columns, boolean unicode) {
        return unicode ? "…".substring(0, Math.min(1, columns)) : "..".substring(0, Math.min(2, columns));
    }

    /** Marks that lie over their letter take none; the scripts of East Asia and emoji take two. */
    private static int of(int c) {
        int type = Character.getType(c);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        boolean wide = (c >= 0x1100 && c <= 0x115F)
                || (c >= 0x2E80 && c <= 0xA4CF)
                || (c >= 0xAC00 && c <= 0xD7A3)
                || (c >= 0xF900 && c <= 0xFAFF)
                || (c >= 0xFE30 && c <= 0xFE6F)
                || (c >= 0xFF00 && c <= 0xFF60)
                || (c >= 0xFFE0 && c <= 0xFFE6)
                || (c >= 0x1F300 && c <= 0x1FAFF)
                || (c >= 0x20000 && c <= 0x3FFFD);
        return wide ? 2 : 1;
    }
}
