package io.sichter.image;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The picture formats that are read. What a file is, its first bytes say, never its name. */
public enum ImageFormat {
    /** JPEG: baseline, extended and progressive. */
    JPEG,
    /** PNG; of an animation the default picture. */
    PNG,
    /** Windows bitmap. */
    BMP,
    /** GIF; of an animation the first frame. */
    GIF,
    /** WebP, lossy and lossless; of an animation the first frame. */
    WEBP,
    /** TIFF and BigTIFF; of several pages the first. */
    TIFF;

    /** The file name endings of this format, in lower case without the dot. */
    public List<String> extensions() {
        return switch (this) {
            case JPEG -> List.of("jpg", "jpeg");
            case PNG -> List.of("png");
            case BMP -> List.of("bmp");
            case GIF -> List.of("gif");
            case WEBP -> List.of("webp");
            case TIFF -> List.of("tif", "tiff");
        };
    }

    /** The format whose signature the bytes begin with; empty if it is none of these. */
    public static Optional<ImageFormat> ofContent(byte[] bytes) {
        ByteView view = new ByteView(bytes, "");
        if (view.has(0, "\u00FF\u00D8\u00FF")) {
            return Optional.of(JPEG);
        }
        if (view.has(0, "\u0089PNG\r\n\u001A\n")) {
            return Optional.of(PNG);
        }
        if (view.has(0, "GIF87a") || view.has(0, "GIF89a")) {
            return Optional.of(GIF);
        }
        if (view.has(0, "RIFF") && view.has(8, "WEBP")) {
            return Optional.of(WEBP);
        }
        if (view.has(0, "II*\0") || view.has(0, "MM\0*") || view.has(0, "II+\0") || view.has(0, "MM\0+")) {
            return Optional.of(TIFF);
        }
        return view.has(0, "BM") ? Optional.of(BMP) : Optional.empty();
    }

    /** The format that a file name ends in, in any case; empty if it ends in none of these. */
    public static Optional<ImageFormat> ofName(String fileName) {
        int dot = fileName.lastIndexOf('.');
        if (dot < 0) {
            return Optional.empty();
        }
        String extension = fileName.substring(dot + 1).toLowerCase(Locale.ROOT);
        for (ImageFormat format : values()) {
            if (format.extensions().contains(extension)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }
}
