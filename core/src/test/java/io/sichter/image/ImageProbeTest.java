package io.sichter.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sichter.image.Corpus.Picture;
import io.sichter.image.UnreadableImageException.Reason;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ImageProbeTest {
    private final ImageProbe probe = new ImageProbe(DecodeLimits.defaults());

    static Stream<Picture> pictures() {
        return Corpus.pictures().stream();
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void readsTheSizeOfEveryPicture(Picture picture) {
        ImageHeader header = probe.probe(picture.bytes(), picture.file());
        assertThat(header.uprightHeight()).isEqualTo(picture.height());
        assertThat(header.uprightWidth()).isEqualTo(picture.width());
    }

    @ParameterizedTest
    @CsvSource({
        "rgb.jpg, JPEG, 3, 8, false, false, false, 1",
        "grey.jpg, JPEG, 1, 8, false, false, false, 1",
        "cmyk.jpg, JPEG, 4, 8, false, false, true, 1",
        "exif-7.jpg, JPEG, 3, 8, false, false, false, 7",
        "mis-named.png, JPEG, 3, 8, false, false, false, 1",
        "palette-2-bit.png, PNG, 1, 2, false, true, false, 1",
        "palette-transparent.png, PNG, 1, 4, true, true, false, 1",
        "rgba-16.png, PNG, 4, 16, true, false, false, 1",
        "exif-6.png, PNG, 3, 8, false, false, false, 6",
        "bilevel.bmp, BMP, 1, 1, false, true, false, 1",
        "rgb.bmp, BMP, 3, 8, false, false, false, 1",
        "transparent.gif, GIF, 1, 6, true, true, false, 1",
        "lossy.webp, WEBP, 3, 8, false, false, false, 1",
        "lossless-alpha.webp, WEBP, 4, 8, true, false, false, 1",
        "exif-6.webp, WEBP, 3, 8, false, false, false, 6",
        "big.tif, TIFF, 3, 8, false, false, false, 1",
        "bilevel-g4.tif, TIFF, 1, 1, false, false, false, 1",
        "rgba.tif, TIFF, 4, 8, true, false, false, 1",
        "cmyk.tif, TIFF, 4, 8, false, false, true, 1",
        "orientation-8.tif, TIFF, 3, 8, false, false, false, 8",
    })
    void tellsWhatIsInAFile(
            String file,
            ImageFormat format,
            int channels,
            int bits,
            boolean alpha,
            boolean palette,
            boolean cmyk,
            int orientation) {
        ImageHeader header = probe.probe(Corpus.read(file), file);
        assertThat(header)
                .isEqualTo(new ImageHeader(
                        format, header.width(), header.height(), channels, bits, alpha, palette, cmyk, orientation));
    }

    @Test
    void refusesTooManyPixelsBeforeItDecodesOne() {
        byte[] png = Corpus.read("rgb.png");
        ImageProbe strict = new ImageProbe(new DecodeLimits(37 * 23 - 1, 1 << 20));
        assertThatThrownBy(() -> strict.probe(png, "a.png")).satisfies(e -> assertReason(e, Reason.TOO_LARGE));
        new ImageProbe(new DecodeLimits(37 * 23, 1 << 20)).probe(png, "a.png");
        assertThatThrownBy(() -> new ImageProbe(new DecodeLimits(1000, png.length - 1L)).probe(png, "a.png"))
                .satisfies(e -> assertReason(e, Reason.TOO_LARGE))
                .hasMessageContaining(png.length + " bytes");
    }

    @ParameterizedTest
    @CsvSource({
        "rgb.png, 16, 7FFFFFFF7FFFFFFF",
        "rgb.bmp, 18, FFFFFF7FFFFFFF7F",
        "palette.gif, 6, FFFFFFFF",
        "lossy-alpha.webp, 24, FFFFFFFFFFFF",
        "rgb.jpg, -1, FFFFFFFF",
    })
    void refusesAbsurdSizesWithoutTheMemoryForThem(String file, int at, String sizes) {
        byte[] data = Corpus.read(file);
        byte[] huge = HexFormat.of().parseHex(sizes);
        System.arraycopy(huge, 0, data, at < 0 ? indexOfFrame(data) + 5 : at, huge.length);
        OpenCvDecoder decoder = new OpenCvDecoder(DecodeLimits.defaults());
        assertThatThrownBy(() -> decoder.decode(data, file)).satisfies(e -> assertReason(e, Reason.TOO_LARGE));
    }

    @ParameterizedTest
    @CsvSource({"0, true", "-1, true", "1, false"})
    void limitsMustBePositive(long limit, boolean refused) {
        if (refused) {
            assertThatThrownBy(() -> new DecodeLimits(limit, 1)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> new DecodeLimits(1, limit)).isInstanceOf(IllegalArgumentException.class);
        } else {
            assertThat(new DecodeLimits(limit, limit).maxPixels()).isEqualTo(limit);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "a.JPG, JPEG",
        "b.jpeg, JPEG",
        "c.c.tiff, TIFF",
        "d.WebP, WEBP",
        "e.gif, GIF",
        "f.Bmp, BMP",
        "g.PNG, PNG"
    })
    void knowsTheNamesOfFormats(String name, ImageFormat format) {
        assertThat(ImageFormat.ofName(name)).contains(format);
    }

    @ParameterizedTest
    @CsvSource({"a.txt", "jpg", "b.", "c.jpg2"})
    void knowsNoFormatForOtherNames(String name) {
        assertThat(ImageFormat.ofName(name)).isEmpty();
    }

    private static void assertReason(Throwable e, Reason reason) {
        assertThat(((UnreadableImageException) e).reason()).isEqualTo(reason);
    }

    private static int indexOfFrame(byte[] jpeg) {
        for (int i = 0; i < jpeg.length; i++) {
            if (jpeg[i] == (byte) 0xFF && jpeg[i + 1] == (byte) 0xC0) {
                return i;
            }
        }
        throw new IllegalStateException("no frame header");
    }
}
