package io.sichter.image;

/** Walks the coded blocks of one JPEG scan. */
final class ScanWalker {
    private final EntropyBits bits;
    private final boolean progressive;
    private final int first;
    private final int last;
    private final boolean refining;
    private int endOfBandRun;

    ScanWalker(EntropyBits bits, boolean progressive, int first, int last, int previousBit) {
        this.bits = bits;
        this.progressive = progressive;
        this.first = first;
        this.last = Math.min(last, 63);
        this.refining = previousBit != 0;
    }

    /** Whether a scan may have these parameters; libjpeg refuses or complains about others. */
    static boolean isValid(boolean progressive, int components, int first, int last, int precision) {
        if (!progressive) {
            return first == 0 && last == 63 && precision == 0;
        }
        int high = precision >> 4;
        int low = precision & 15;
        boolean band = first == 0 ? last == 0 : last >= first && last <= 63 && components == 1;
        return band && low <= 13 && (high == 0 || low == high - 1);
    }

    EntropyBits bits() {
        return bits;
    }

    /** Forgets what a restart mark ends. */
    void restart() {
        endOfBandRun = 0;
    }

    /**
     * Walks one block.
     *
     * @param index where the block stands in its component
     * @return false if a code does not exist or a coefficient would stand outside the block
     */
    boolean block(JpegFrame.Component component, int index) {
        if (!progressive) {
            return difference(component) && sequential(component);
        }
        if (first == 0) {
            if (refining) {
                bits.skip(1);
                return true;
            }
            return difference(component);
        }
        return refining ? refine(component, index) : band(component, index);
    }

    private boolean difference(JpegFrame.Component component) {
        HuffmanTable table = component.dc;
        if (table == null) {
            return false;
        }
        int symbol = bits.symbol(table, true);
        return symbol >= 0 && symbol <= 15;
    }

    private boolean sequential(JpegFrame.Component component) {
        HuffmanTable table = component.ac;
        if (table == null) {
            return false;
        }
        for (int k = 1; k <= 63; k++) {
            int symbol = bits.symbol(table, true);
            if (symbol <= 0) {
                return symbol == 0;
            }
            k += symbol >> 4;
            if (k > 63) {
                return false;
            }
        }
        return true;
    }

    /** The first scan of a band of coefficients. */
    private boolean band(JpegFrame.Component component, int index) {
        HuffmanTable table = component.ac;
        if (table == null) {
            return false;
        }
        if (endOfBandRun > 0) {
            endOfBandRun--;
            return true;
        }
        long nonzero = component.nonzero[index];
        for (int k = first; k <= last; k++) {
            int symbol = bits.symbol(table, true);
            if (symbol < 0) {
                return false;
            }
            int run = symbol >> 4;
            if ((symbol & 15) == 0 && run < 15) {
                endOfBandRun = (1 << run) - 1 + bits.read(run);
                break;
            }
            k += run;
            if (k > last) {
                return false;
            }
            if ((symbol & 15) != 0) {
                nonzero |= 1L << k;
            }
        }
        component.nonzero[index] = nonzero;
        return true;
    }

    /** A later scan of a band: one more bit for what is known, and new coefficients between. */
    private boolean refine(JpegFrame.Component component, int index) {
        HuffmanTable table = component.ac;
        if (table == null) {
            return false;
        }
        long known = component.nonzero[index];
        long added = 0;
        int k = first;
        while (k <= last && endOfBandRun == 0) {
            int symbol = bits.symbol(table, true);
            if (symbol < 0) {
                return false;
            }
            int run = symbol >> 4;
            boolean coefficient = (symbol & 15) != 0;
            if (!coefficient && run < 15) {
                endOfBandRun = (1 << run) + bits.read(run);
                break;
            }
            // Pass "run" zeros, with a correction bit for every known coefficient on the way.
            int corrections = 0;
            while (k <= last) {
                if (((known >>> k) & 1) != 0) {
                    corrections++;
                } else if (run-- == 0) {
                    break;
                }
                k++;
            }
            bits.skip(corrections);
            if (coefficient) {
                if (k > last) {
                    return false;
                }
                added |= 1L << k;
            }
            k++;
        }
        if (endOfBandRun > 0) {
            long rest = k > last ? 0 : (-1L << k) & (-1L >>> (63 - last));
            bits.skip(Long.bitCount(known & rest));
            endOfBandRun--;
        }
        component.nonzero[index] = known | added;
        return true;
    }
}
