package io.sichter.loader;

import io.sichter.config.TransformSpec;
import io.sichter.dataset.ClassIndex;
import io.sichter.dataset.Dataset;
import io.sichter.dataset.Sample;
import io.sichter.dataset.SampleSource;
import io.sichter.image.Image;
import io.sichter.image.ImageDecoder;
import io.sichter.image.UnreadableImageException;
import io.sichter.random.SeedStream;
import io.sichter.text.Text;
import io.sichter.transform.Pipeline;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;

/** A decoder, datasets in memory and what a loader makes of them. */
final class LoaderFixtures {
    static final int SIDE = 24;

    static final ImageDecoder DECODER = (bytes, name) -> {
        Mat mat = opencv_imgcodecs.imdecode(new Mat(bytes), opencv_imgcodecs.IMREAD_COLOR_RGB);
        if (mat.empty()) {
            throw new UnreadableImageException(
                    UnreadableImageException.Reason.NOT_AN_IMAGE, name, Text.verbatim("no picture"));
        }
        return Image.of(mat);
    };

    private LoaderFixtures() {}

    /** Bytes in memory that count how often they are read. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Memory(String location, byte[] bytes, AtomicInteger reads) implements SampleSource {
        @Override
        public byte[] read() throws IOException {
            reads.incrementAndGet();
            if (bytes.length == 0) {
                throw new IOException("gone");
            }
            return bytes;
        }
    }

    static byte[] encode(int height, int width, long seed) {
        byte[] pixels = new byte[height * width * 3];
        new SplittableRandom(seed).nextBytes(pixels);
        try (Image image = Image.ofBytes(height, width, 3, pixels);
                BytePointer encoded = new BytePointer()) {
            opencv_imgcodecs.imencode(".png", image.mat(), encoded);
            byte[] bytes = new byte[(int) encoded.limit()];
            encoded.get(bytes);
            return bytes;
        }
    }

    static Dataset dataset(int size, AtomicInteger reads) {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            String id = "c" + i % 3 + "/" + i + ".png";
            samples.add(Sample.of(id, new Memory(id, encode(20 + i % 13, 30 + i % 7, i), reads), i % 3));
        }
        return new Dataset(new ClassIndex(List.of("c0", "c1", "c2")), samples);
    }

    /** The dataset with another source for one sample. */
    static Dataset replace(Dataset dataset, int index, SampleSource source) {
        List<Sample> samples = new ArrayList<>(dataset.samples());
        Sample old = samples.get(index);
        samples.set(index, new Sample(old.id(), source, old.targets(), old.attributes()));
        return new Dataset(dataset.classes(), samples);
    }

    static Pipeline augmenting() {
        return Pipeline.of(
                List.of(
                        TransformSpec.of("random_resized_crop", Map.of("size", SIDE)),
                        TransformSpec.of("random_horizontal_flip", Map.of()),
                        TransformSpec.of("random_rotation", Map.of("degrees", 10))),
                SIDE,
                3);
    }

    static Pipeline plain() {
        return Pipeline.of(List.of(TransformSpec.of("center_crop", Map.of("size", SIDE))), SIDE, 3);
    }

    static DataLoader.Builder loader(Dataset dataset) {
        return DataLoader.builder(dataset, DECODER, augmenting())
                .sampler(new RandomSampler(SeedStream.of(3)))
                .augmentSeed(SeedStream.of(4))
                .batchSize(4)
                .workers(1);
    }

    /** One picture as it left the loader. */
    record Seen(String id, long target, List<Byte> pixels) {}

    static List<Seen> seen(Batch batch) {
        List<Seen> seen = new ArrayList<>();
        int bytes = batch.height() * batch.width() * batch.channels() * batch.depth();
        for (int i = 0; i < batch.size(); i++) {
            List<Byte> pixels = new ArrayList<>(bytes);
            for (int k = 0; k < bytes; k++) {
                pixels.add(batch.pixels().get(i * bytes + k));
            }
            seen.add(new Seen(batch.ids().get(i), batch.targets()[i], pixels));
        }
        return seen;
    }

    static List<Seen> all(Epoch epoch) {
        List<Seen> all = new ArrayList<>();
        while (epoch.hasNext()) {
            all.addAll(seen(epoch.next()));
        }
        return all;
    }
}
