package io.sichter.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sichter.image.Corpus.Picture;
import io.sichter.image.UnreadableImageException.Reason;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OpenCvDecoderTest {
    private final OpenCvDecoder decoder = new OpenCvDecoder(DecodeLimits.defaults());

    static Stream<Picture> pictures() {
        return Corpus.pictures().stream();
    }

    /** Pictures that are whole although their last bytes are missing: what follows the picture is no part of it. */
    static Stream<Picture> picturesWithoutTrailer() {
        return pictures().filter(picture -> !picture.file().equals("trailing-bytes.jpg"));
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void makesOfEveryKindOfPictureWhatPillowMakesOfIt(Picture picture) {
        try (Image image = decoder.decode(picture.bytes(), picture.file())) {
            assertThat(image.height()).isEqualTo(picture.height());
            assertThat(image.width()).isEqualTo(picture.width());
            assertThat(image.channels()).isEqualTo(3);
            assertThat(image.depth()).isEqualTo(Image.Depth.UINT8);
            assertThat(largestDifference(image.toBytes(), picture.expectedPixels()))
                    .isLessThanOrEqualTo(picture.tolerance());
        }
        decoder.check(picture.bytes(), picture.file());
    }

    @ParameterizedTest
    @MethodSource("picturesWithoutTrailer")
    void acceptsNoPictureThatWasCutOff(Picture picture) {
        byte[] whole = picture.bytes();
        // The last page of a TIFF may end in padding that belongs to nothing.
        int end = picture.file().equals("two-pages.tif") ? whole.length - 12 : whole.length;
        int step = Math.max(1, whole.length / 150);
        for (int length = 0; length < end; length += length > end - 50 ? 1 : step) {
            byte[] part = Arrays.copyOf(whole, length);
            UnreadableImageException e =
                    catchThrowableOfType(UnreadableImageException.class, () -> decoder.decode(part, picture.file())
                            .close());
            assertThat(e).as("%d of %d bytes", length, whole.length).isNotNull();
            assertThat(e.reason()).isEqualTo(length == 0 ? Reason.EMPTY : length < 12 ? e.reason() : Reason.TRUNCATED);
            assertThat(e).hasMessageStartingWith(picture.file() + ": ");
        }
    }

    @Test
    void saysWhatAFileIsThatIsNoPicture() {
        byte[] text = "This is a text, not a picture.".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        assertThatThrownBy(() -> decoder.decode(text, "notes.jpg"))
                .isInstanceOfSatisfying(UnreadableImageException.class, e -> assertThat(e.reason())
                        .isEqualTo(Reason.NOT_AN_IMAGE))
                .hasMessageContaining("notes.jpg")
                .hasMessageContaining("54 68 69 73");
        assertThatThrownBy(() -> decoder.decode(new byte[0], "empty.png"))
                .isInstanceOfSatisfying(UnreadableImageException.class, e -> assertThat(e.reason())
                        .isEqualTo(Reason.EMPTY));
    }

    @Test
    void findsDamageThatAChecksumTells() {
        byte[] png = Corpus.read("rgb.png");
        png[png.length / 2] ^= 4;
        assertThatThrownBy(() -> decoder.decode(png, "x.png"))
                .isInstanceOfSatisfying(UnreadableImageException.class, e -> assertThat(e.reason())
                        .isEqualTo(Reason.DAMAGED))
                .hasMessageContaining("checksum");
    }

    @Test
    void givesThePixelsToTheInnermostScope() {
        byte[] bytes = Corpus.read("rgb.jpg");
        Image image;
        try (PointerScope scope = new PointerScope()) {
            image = decoder.decode(bytes, "rgb.jpg");
            assertThat(image.mat().isNull()).isFalse();
            assertThat(scope.toString()).isNotNull();
        }
        assertThat(image.mat().isNull()).isTrue();

        Image free = decoder.decode(bytes, "rgb.jpg");
        assertThat(free.mat().referenceCount()).isEqualTo(1);
        free.close();
        assertThat(free.mat().isNull()).isTrue();
    }

    @Test
    void holdsNoMemoryAfterTwoThousandDecodes() {
        byte[] bytes = smoothJpeg(480, 640);
        decodeAll(bytes, 100);
        Pointer.deallocateReferences();
        long pointers = Pointer.totalCount();
        long resident = Pointer.physicalBytes();
        decodeAll(bytes, 2000);
        // 2,000 pictures of 0.9 MB: a leak of one matrix in twenty would show.
        assertThat(Pointer.physicalBytes() - resident).isLessThan(80L << 20);
        assertThat(Pointer.totalCount()).isEqualTo(pointers);
    }

    @Test
    void isSafeToUseFromSeveralThreads() throws Exception {
        List<Picture> pictures = Corpus.pictures();
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            Callable<Integer> all = () -> {
                int worst = 0;
                for (Picture picture : pictures) {
                    try (Image image = decoder.decode(picture.bytes(), picture.file())) {
                        int difference = largestDifference(image.toBytes(), picture.expectedPixels());
                        worst = Math.max(worst, difference - picture.tolerance());
                    }
                }
                return worst;
            };
            for (Future<Integer> worst : pool.invokeAll(List.of(all, all, all, all))) {
                assertThat(worst.get()).isLessThanOrEqualTo(0);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private void decodeAll(byte[] bytes, int times) {
        for (int i = 0; i < times; i++) {
            decoder.decode(bytes, "smooth.jpg").close();
        }
    }

    private static byte[] smoothJpeg(int height, int width) {
        try (Mat pixels = new Mat(height, width, opencv_core.CV_8UC3, new Scalar(40, 90, 200, 0));
                BytePointer encoded = new BytePointer()) {
            assertThat(opencv_imgcodecs.imencode(".jpg", pixels, encoded)).isTrue();
            byte[] bytes = new byte[(int) encoded.limit()];
            encoded.get(bytes);
            return bytes;
        }
    }

    private static int largestDifference(byte[] actual, byte[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        int largest = 0;
        for (int i = 0; i < actual.length; i++) {
            largest = Math.max(largest, Math.abs((actual[i] & 0xFF) - (expected[i] & 0xFF)));
        }
        return largest;
    }
}
