package io.sichter.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sichter.image.UnreadableImageException.Reason;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JpegEntropyTest {
    private final OpenCvDecoder decoder = new OpenCvDecoder(DecodeLimits.defaults());

    /** The file cut off in its coded data, with an end mark put behind, as a careless repair does it. */
    private static byte[] cutAndClosed(byte[] jpeg, double share) {
        int data = startOfData(jpeg);
        int end = data + (int) ((jpeg.length - 2 - data) * share);
        while (jpeg[end - 1] == (byte) 0xFF) {
            end--;
        }
        byte[] cut = Arrays.copyOf(jpeg, end + 2);
        cut[end] = (byte) 0xFF;
        cut[end + 1] = (byte) 0xD9;
        return cut;
    }

    private static int startOfData(byte[] jpeg) {
        for (int i = 2; i < jpeg.length; i++) {
            if (jpeg[i] == (byte) 0xFF && jpeg[i + 1] == (byte) 0xDA) {
                return i + 2 + (((jpeg[i + 2] & 0xFF) << 8) | (jpeg[i + 3] & 0xFF));
            }
        }
        throw new IllegalStateException("no scan");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rgb.jpg", "rgb-444.jpg", "rgb-422.jpg", "grey.jpg", "cmyk.jpg", "keep-rgb.jpg"})
    void findsMissingRowsBehindAnEndMarkWhenDecodingToo(String file) {
        byte[] jpeg = Corpus.read(file);
        for (double share = 0.05; share < 0.95; share += 0.03) {
            byte[] cut = cutAndClosed(jpeg, share);
            assertThatThrownBy(() -> decoder.decode(cut, file))
                    .as("%s cut at %.2f", file, share)
                    .isInstanceOf(UnreadableImageException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rgb.jpg",
                "grey.jpg",
                "restart.jpg",
                "progressive.jpg",
                "grey-progressive.jpg",
                "low-quality.jpg"
            })
    void checkFindsThemInEveryProcess(String file) {
        byte[] jpeg = Corpus.read(file);
        decoder.check(jpeg, file);
        boolean severalScans = file.contains("progressive");
        for (double share = 0.05; share < (severalScans ? 0.6 : 0.95); share += 0.05) {
            byte[] cut = cutAndClosed(jpeg, share);
            if (severalScans && endsBetweenScans(cut)) {
                continue;
            }
            assertThatThrownBy(() -> decoder.check(cut, file))
                    .as("%s cut at %.2f", file, share)
                    .isInstanceOf(UnreadableImageException.class);
        }
    }

    /** A progressive JPEG that ends after a scan is a whole one of lower quality. */
    private static boolean endsBetweenScans(byte[] jpeg) {
        try {
            JpegEntropy.check(jpeg, "x");
            return true;
        } catch (UnreadableImageException e) {
            return false;
        }
    }

    @Test
    void saysHowFarTheDataReached() {
        byte[] cut = cutAndClosed(Corpus.read("rgb.jpg"), 0.5);
        assertThatThrownBy(() -> JpegEntropy.check(cut, "half.jpg"))
                .isInstanceOfSatisfying(UnreadableImageException.class, e -> assertThat(e.reason())
                        .isEqualTo(Reason.TRUNCATED))
                .hasMessageMatching("half.jpg: truncated: the coded data ends after \\d\\d % of a JPEG scan");
    }

    @Test
    void findsDataThatIsLeftOver() {
        byte[] jpeg = Corpus.read("rgb.jpg");
        ByteArrayOutputStream longer = new ByteArrayOutputStream();
        longer.write(jpeg, 0, jpeg.length - 2);
        longer.writeBytes(new byte[] {0x12, 0x34, 0x56, (byte) 0xFF, (byte) 0xD9});
        assertThatThrownBy(() -> decoder.check(longer.toByteArray(), "x.jpg"))
                .isInstanceOf(UnreadableImageException.class)
                .hasMessageContaining("3 bytes of coded data are left over");
    }

    @Test
    void readsAFrameOfAVideoThatLeavesTheStandardTablesOut() {
        byte[] jpeg = Corpus.read("rgb.jpg"); // its tables are the standard ones
        ByteArrayOutputStream bare = new ByteArrayOutputStream();
        int at = 2;
        bare.write(jpeg, 0, 2);
        while (jpeg[at + 1] != (byte) 0xDA) {
            int length = 2 + (((jpeg[at + 2] & 0xFF) << 8) | (jpeg[at + 3] & 0xFF));
            if (jpeg[at + 1] != (byte) 0xC4) {
                bare.write(jpeg, at, length);
            }
            at += length;
        }
        bare.write(jpeg, at, jpeg.length - at);
        assertThat(bare.size()).isLessThan(jpeg.length - 400);
        decoder.check(bare.toByteArray(), "frame.jpg");
        try (Image with = decoder.decode(jpeg, "a");
                Image without = decoder.decode(bare.toByteArray(), "b")) {
            assertThat(without.toBytes()).isEqualTo(with.toBytes());
        }
    }

    @Test
    void findsARestartMarkOutOfOrder() {
        byte[] jpeg = Corpus.read("restart.jpg");
        for (int i = startOfData(jpeg); i < jpeg.length; i++) {
            if (jpeg[i] == (byte) 0xFF && jpeg[i + 1] == (byte) 0xD1) {
                jpeg[i + 1] = (byte) 0xD4;
                break;
            }
        }
        assertThatThrownBy(() -> decoder.check(jpeg, "x.jpg"))
                .isInstanceOf(UnreadableImageException.class)
                .hasMessageContaining("restart mark 1 is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rgb.jpg", "progressive.jpg", "restart.jpg", "grey.jpg", "rgb-422.jpg", "cmyk.jpg"})
    void whatPassesTheCheckDecodes(String file) {
        byte[] jpeg = Corpus.read(file);
        SplittableRandom random = new SplittableRandom(file.hashCode());
        int passed = 0;
        for (int i = 0; i < 400; i++) {
            byte[] damaged = jpeg.clone();
            int flips = 1 + random.nextInt(3);
            for (int k = 0; k < flips; k++) {
                damaged[random.nextInt(jpeg.length)] ^= (byte) (1 << random.nextInt(8));
            }
            try {
                decoder.check(damaged, file);
            } catch (UnreadableImageException e) {
                continue;
            }
            passed++;
            decoder.decode(damaged, file).close();
        }
        assertThat(passed).isPositive();
    }

    @Test
    void anySequenceOfBytesIsAnsweredWithAnUnreadableImage() {
        SplittableRandom random = new SplittableRandom(5);
        for (Corpus.Picture picture : Corpus.pictures()) {
            byte[] bytes = picture.bytes();
            for (int i = 0; i < 20; i++) {
                byte[] damaged = bytes.clone();
                int from = random.nextInt(Math.min(bytes.length, 120));
                for (int k = from; k < Math.min(bytes.length, from + 6); k++) {
                    damaged[k] = (byte) random.nextInt();
                }
                try {
                    decoder.decode(damaged, picture.file()).close();
                } catch (UnreadableImageException e) {
                    assertThat(e.detail().toString()).isNotEmpty();
                }
            }
        }
    }
}
