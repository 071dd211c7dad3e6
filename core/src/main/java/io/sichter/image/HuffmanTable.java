package io.sichter.image;

/** A Huffman table of a JPEG, for reading. ITU-T T.81, annexes C and F.2.2.3. */
final class HuffmanTable {
    /** Bits that {@link #lookup} resolves at once; longer codes are rare. */
    static final int LOOKAHEAD = 9;

    private static final int MAX_LENGTH = 16;

    private final short[] lookup = new short[1 << LOOKAHEAD];
    private final int[] maxCode = new int[MAX_LENGTH + 1];
    private final int[] offset = new int[MAX_LENGTH + 1];
    private final byte[] symbols;

    /**
     * Builds the table.
     *
     * @param counts number of codes of each length, from index 1 to 16
     * @param symbols what the codes stand for, shortest first
     * @throws IllegalArgumentException if there are more codes of a length than that many bits can tell apart
     */
    HuffmanTable(int[] counts, byte[] symbols) {
        this.symbols = symbols;
        int code = 0;
        int index = 0;
        for (int length = 1; length <= MAX_LENGTH; length++) {
            offset[length] = index - code;
            for (int i = 0; i < counts[length]; i++, code++, index++) {
                fillLookup(code, length, symbols[index]);
            }
            if (code > 1 << length) {
                throw new IllegalArgumentException("too many codes of " + length + " bits");
            }
            maxCode[length] = counts[length] == 0 ? -1 : code - 1;
            code <<= 1;
        }
    }

    private void fillLookup(int code, int length, byte symbol) {
        if (length > LOOKAHEAD) {
            return;
        }
        int from = code << (LOOKAHEAD - length);
        int to = from + (1 << (LOOKAHEAD - length));
        for (int i = from; i < to && i < lookup.length; i++) {
            lookup[i] = (short) ((length << 8) | (symbol & 0xFF));
        }
    }

    /** Code length and symbol for the next {@link #LOOKAHEAD} bits: {@code length << 8 | symbol}; 0 if it is longer. */
    int find(int bits) {
        return lookup[bits];
    }

    /** Length and symbol of a code longer than {@link #LOOKAHEAD}, from the next 16 bits; 0 if there is none. */
    int findLong(int bits) {
        for (int length = LOOKAHEAD + 1; length <= MAX_LENGTH; length++) {
            int code = bits >> (MAX_LENGTH - length);
            if (code <= maxCode[length]) {
                int index = code + offset[length];
                return index < 0 || index >= symbols.length ? 0 : (length << 8) | (symbols[index] & 0xFF);
            }
        }
        return 0;
    }
}
