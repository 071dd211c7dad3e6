package io.sichter.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.sichter.dataset.ClassIndex;
import io.sichter.loader.Batch;
import io.sichter.run.RunDirectory;
import io.sichter.storage.DurableFiles;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Keeps the first pictures that a network was trained on: after augmentation and mixing, before normalisation. They lie
 * one below the other in one PNG without loss. Beside them, file and class of each; of mixed ones also the share of that
 * class, and the class of the rest where it is another.
 */
final class FirstBatch {
    /** Pictures that are kept; more would only be larger. */
    static final int KEPT = 32;

    private static final int FAST = 1; // zlib's level: a training waits for it

    private FirstBatch() {}

    /** Writes the pictures and their labels. The batch has at least one picture. */
    static void write(SeenBatch seen, ClassIndex classes, RunDirectory run) {
        int count = Math.min(KEPT, seen.batch().size());
        DurableFiles.write(run.firstBatch(), png(seen.batch(), count));
        DurableFiles.write(run.firstBatchLabels(), labels(seen, classes, count));
    }

    private static byte[] png(Batch batch, int count) {
        try (PointerScope scope = new PointerScope()) {
            Mat column = new Mat(
                    count * batch.height(),
                    batch.width(),
                    opencv_core.CV_MAKETYPE(depth(batch.depth()), batch.channels()),
                    new BytePointer(batch.pixels()));
            Mat visible = visible(column);
            BytePointer encoded = new BytePointer();
            IntPointer parameters = new IntPointer(opencv_imgcodecs.IMWRITE_PNG_COMPRESSION, FAST);
            if (!opencv_imgcodecs.imencode(".png", visible, encoded, parameters)) {
                throw new IllegalStateException("OpenCV cannot encode " + visible);
            }
            byte[] png = new byte[Math.toIntExact(encoded.limit())];
            encoded.get(png);
            return png;
        }
    }

    /** What a PNG can hold: colour as BGR, else the first channel; floating point stretched to 8 bit. */
    private static Mat visible(Mat pixels) {
        Mat channels = new Mat();
        if (pixels.channels() == 3) {
            opencv_imgproc.cvtColor(pixels, channels, opencv_imgproc.COLOR_RGB2BGR);
        } else {
            opencv_core.extractChannel(pixels, channels, 0);
        }
        if (channels.depth() != opencv_core.CV_32F) {
            return channels;
        }
        Mat stretched = new Mat();
        opencv_core.normalize(channels, stretched, 0, 255, opencv_core.NORM_MINMAX, opencv_core.CV_8U, null);
        return stretched;
    }

    private static int depth(int bytes) {
        return switch (bytes) {
            case 1 -> opencv_core.CV_8U;
            case 2 -> opencv_core.CV_16U;
            default -> opencv_core.CV_32F;
        };
    }

    private static String labels(SeenBatch seen, ClassIndex classes, int count) {
        CsvSchema.Builder columns = CsvSchema.builder().addColumn("file").addColumn("class");
        if (seen.isMixed()) {
            columns.addColumn("share").addColumn("other");
        }
        List<String[]> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            SeenBatch.Label label = seen.labels().get(i);
            List<String> row = new ArrayList<>(List.of(seen.batch().ids().get(i), classes.name(label.own())));
            if (seen.isMixed()) {
                row.add(Double.toString(label.share()));
                row.add(label.other().isPresent() ? classes.name(label.other().getAsInt()) : "");
            }
            rows.add(row.toArray(String[]::new));
        }
        try {
            return CsvMapper.builder()
                    .enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING)
                    .build()
                    .writer(columns.build().withHeader())
                    .writeValueAsString(rows);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Rows of text can always be written as CSV", e);
        }
    }
}
