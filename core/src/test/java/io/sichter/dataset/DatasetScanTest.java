package io.sichter.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sichter.error.DataException;
import io.sichter.image.DecodeLimits;
import io.sichter.image.Image;
import io.sichter.image.ImageDecoder;
import io.sichter.image.OpenCvDecoder;
import io.sichter.image.UnreadableImageException.Reason;
import io.sichter.text.Text;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatasetScanTest {
    private final Path temp;

    DatasetScanTest(@TempDir Path temp) {
        this.temp = temp;
    }

    private final DecodeLimits limits = DecodeLimits.defaults();

    private DatasetScan scan(int threads) {
        return new DatasetScan(new OpenCvDecoder(limits), limits, threads);
    }

    private DataFolder spoiltFolder() {
        PictureTree tree = new PictureTree(temp);
        byte[] jpeg = PictureTree.golden("rgb.jpg");
        for (int i = 0; i < 30; i++) {
            tree.pictures("good/" + i + ".jpg").picture("other/" + i + ".png", "rgb.png");
        }
        tree.file("good/cut.jpg", Arrays.copyOf(jpeg, jpeg.length / 2))
                .file("good/empty.jpg", new byte[0])
                .file("other/text.png", "no picture".getBytes(StandardCharsets.US_ASCII))
                .picture("other/named-png.png", "rgb.jpg");
        return DataFolder.open(tree.root());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void findsWhatIsBadWhateverTheNumberOfThreads(int threads) {
        DataFolder folder = spoiltFolder();
        List<Sample> shuffled = new ArrayList<>(folder.samples());
        Collections.shuffle(shuffled, new Random(threads));
        List<Integer> seen = new ArrayList<>();
        ScanResult result = scan(threads).run(shuffled, (done, total) -> {
            seen.add(done);
            assertThat(total).isEqualTo(64);
        });
        assertThat(seen).hasSize(64).isSorted().endsWith(64);
        assertThat(result.total()).isEqualTo(64);
        assertThat(result.bad())
                .extracting(BadImage::id)
                .containsExactly("good/cut.jpg", "good/empty.jpg", "other/text.png");
        assertThat(result.bad())
                .extracting(BadImage::reason)
                .containsExactly(Reason.TRUNCATED, Reason.EMPTY, Reason.NOT_AN_IMAGE);
        assertThat(result.misnamed()).containsExactly("other/named-png.png");
        assertThat(result.toCsv())
                .startsWith("path,reason,detail\ngood/cut.jpg,truncated,")
                .contains("good/empty.jpg,empty,\"the file has no bytes\"\n")
                .contains("other/text.png,not_an_image,");
        assertThat(folder.without(result.badIds()).samples()).hasSize(61);
    }

    @Test
    void reportsAFileThatIsGoneOrTooLarge() throws IOException {
        PictureTree tree = new PictureTree(temp).pictures("a/1.jpg", "b/1.jpg", "b/2.jpg");
        DataFolder folder = DataFolder.open(tree.root());
        Files.delete(tree.root().resolve("a/1.jpg"));
        DecodeLimits small = new DecodeLimits(1000, 5000);
        tree.file("b/2.jpg", new byte[5001]);
        ScanResult result = new DatasetScan(new OpenCvDecoder(small), small, 2).run(folder.samples(), (d, t) -> {});
        assertThat(result.bad()).extracting(BadImage::reason).containsExactly(Reason.UNREADABLE, Reason.TOO_LARGE);
        assertThat(result.bad().get(0).detail().toString()).isEqualTo("cannot be read: the file is not there any more");
        assertThat(result.bad().get(1).detail().toString()).contains("5001 bytes");
    }

    @Test
    void refusesToGoOnAboveTheAllowedShare() {
        List<BadImage> bad = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            bad.add(new BadImage("a/" + i + ".jpg", Reason.TRUNCATED, Text.verbatim("truncated: cut " + i)));
        }
        ScanResult result = new ScanResult(500, bad, List.of());
        assertThatCode(() -> result.enforce(false, 0.014)).doesNotThrowAnyException();
        DataException e = catchThrowableOfType(DataException.class, () -> result.enforce(false, 0.01));
        assertThat(e.exitCode()).isEqualTo(3);
        assertThat(e.problem().received().toString())
                .isEqualTo(
                        "7 of 500 pictures (1.40 %)\na/0.jpg: truncated: cut 0\na/1.jpg: truncated: cut 1\n"
                                + "a/2.jpg: truncated: cut 2\na/3.jpg: truncated: cut 3\na/4.jpg: truncated: cut 4\nand 2 more");
        assertThat(e.problem().expected().toString()).isEqualTo("at most 1.00 % (max_bad_fraction)");
        assertThat(e.problem().fix().toString()).contains("data.max_bad_fraction=0.02");
        DataException strict = catchThrowableOfType(DataException.class, () -> result.enforce(true, 1));
        assertThat(strict.problem().expected().toString()).contains("bad_images is fail");
        new ScanResult(500, List.of(), List.of()).enforce(true, 0);
        new ScanResult(0, List.of(), List.of()).enforce(false, 0);
    }

    @Test
    void passesOnWhatGoesWrongInItself() {
        DataFolder folder = DataFolder.open(
                new PictureTree(temp).pictures("a/1.jpg", "b/1.jpg").root());
        ImageDecoder broken = new ImageDecoder() {
            @Override
            public Image decode(byte[] bytes, String name) {
                throw new IllegalStateException("a fault of the program");
            }
        };
        assertThatThrownBy(() -> new DatasetScan(broken, limits, 2).run(folder.samples(), (d, t) -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a fault of the program");
        assertThatThrownBy(() -> scan(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void stopsWhenItIsInterrupted() {
        DataFolder folder = DataFolder.open(
                new PictureTree(temp).pictures("a/1.jpg", "b/1.jpg").root());
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> scan(1).run(folder.samples(), (d, t) -> {})).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void scansAnEmptyList() {
        assertThat(scan(2).run(List.of(), (d, t) -> {})).isEqualTo(new ScanResult(0, List.of(), List.of()));
    }

    @Test
    void keepsNothingInMemory() {
        DataFolder folder = spoiltFolder();
        List<Sample> many = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            many.addAll(folder.samples());
        }
        scan(2).run(folder.samples(), (d, t) -> {});
        Pointer.deallocateReferences();
        long pointers = Pointer.totalCount();
        long resident = Pointer.physicalBytes();
        scan(2).run(many, (d, t) -> {});
        assertThat(Pointer.totalCount()).isEqualTo(pointers);
        assertThat(Pointer.physicalBytes() - resident).isLessThan(80L << 20);
    }

    @Test
    void findsRealPhotosGood() {
        String root = System.getenv("SICHTER_DATA");
        assumeTrue(root != null, "SICHTER_DATA is not set");
        DataFolder folder = DataFolder.open(Path.of(root, "ci", "imagenette"));
        assertThat(folder.dataset(Part.TRAIN).size()).isEqualTo(120);
        assertThat(folder.dataset(Part.VALIDATION).size()).isEqualTo(50);
        ScanResult result = scan(2).run(folder.samples(), (d, t) -> {});
        assertThat(result.bad()).isEmpty();
        assertThat(result.misnamed()).isEmpty();
    }
}
