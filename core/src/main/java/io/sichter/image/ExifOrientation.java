package io.sichter.image;

/** Finds the orientation in EXIF data. Nonsense there spoils no picture: it counts as upright. */
final class ExifOrientation {
    private static final int TAG = 0x0112;
    private static final int SHORT = 3;

    private ExifOrientation() {}

    /**
     * The orientation said by a TIFF structure between two offsets of a file.
     *
     * @return 1 to 8; 1 where none can be found
     */
    static int read(ByteView file, long from, long to) {
        ByteView view = file.has(from, "II") ? file.littleEndian() : file.bigEndian();
        if (to - from < 8 || to > file.length() || !(file.has(from, "II*\0") || file.has(from, "MM\0*"))) {
            return 1;
        }
        long directory = from + view.u32(from + 4);
        if (directory + 2 > to) {
            return 1;
        }
        int entries = view.u16(directory);
        for (int i = 0; i < entries; i++) {
            long entry = directory + 2 + 12L * i;
            if (entry + 12 > to) {
                return 1;
            }
            if (view.u16(entry) == TAG) {
                return view.u16(entry + 2) == SHORT ? valid(view.u16(entry + 8)) : 1;
            }
        }
        return 1;
    }

    /** The value if it is an orientation, else 1. */
    static int valid(int orientation) {
        return orientation >= 1 && orientation <= 8 ? orientation : 1;
    }
}
