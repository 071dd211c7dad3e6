package io.sichter.image;

/**
 * What a file says about its picture before any pixel is decoded.
 *
 * @param format what the content is, whatever the file is called
 * @param width width in pixels as stored, before the orientation is applied
 * @param height height in pixels as stored, before the orientation is applied
 * @param channels values per pixel as stored, alpha included: 1 grey or palette index, 2 grey and alpha, 3 colour, 4
 *     colour and alpha, or the four inks of CMYK
 * @param bits bits of one channel (of an index, in a palette picture)
 * @param alpha whether it is transparent somewhere: an alpha channel or a transparent colour
 * @param palette whether the pixels are indices into a colour table
 * @param cmyk whether the channels are printing inks
 * @param orientation EXIF (or TIFF) orientation, 1 to 8; 1 where nothing or nonsense is said
 */
public record ImageHeader(
        ImageFormat format,
        int width,
        int height,
        int channels,
        int bits,
        boolean alpha,
        boolean palette,
        boolean cmyk,
        int orientation) {
    /** Whether the orientation swaps width and height. */
    public boolean isTransposed() {
        return orientation >= 5;
    }

    /** Width in pixels of the upright picture, which is what a decoder returns. */
    public int uprightWidth() {
        return isTransposed() ? height : width;
    }

    /** Height in pixels of the upright picture, which is what a decoder returns. */
    public int uprightHeight() {
        return isTransposed() ? width : height;
    }
}
