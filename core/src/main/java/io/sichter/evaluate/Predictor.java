package io.sichter.evaluate;

import io.sichter.error.DataException;
import io.sichter.error.Problem;
import io.sichter.image.DecodeLimits;
import io.sichter.image.Image;
import io.sichter.image.ImageDecoder;
import io.sichter.image.OpenCvDecoder;
import io.sichter.image.UnreadableImageException;
import io.sichter.model.ModelInput;
import io.sichter.random.SeedStream;
import io.sichter.storage.DurableFiles;
import io.sichter.tensor.Autocast;
import io.sichter.tensor.NativeErrors;
import io.sichter.tensor.NoGrad;
import io.sichter.tensor.Scope;
import io.sichter.tensor.TensorData;
import io.sichter.text.Text;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Classifies pictures with a trained network, with exactly the preparation that its training validated with.
 *
 * <p>Safe to use from many threads: pictures are decoded side by side, the network computes one at a time with all its
 * threads, which is faster on a processor than several at once. Close it to free the network's memory.
 */
public final class Predictor implements AutoCloseable {
    private final LoadedModel loaded;
    private final ImageDecoder decoder = new OpenCvDecoder(DecodeLimits.defaults());
    private final ReentrantLock network = new ReentrantLock();
    private boolean closed;

    private Predictor(LoadedModel loaded) {
        this.loaded = loaded;
    }

    /**
     * Loads a classifier.
     *
     * @param runOrBundle directory of a run, or a bundle folder wherever it lies
     */
    public static Predictor open(Path runOrBundle) {
        return new Predictor(LoadedModel.open(runOrBundle).folded());
    }

    /** Names of the classes in the order of the network's outputs. */
    public List<String> classes() {
        return loaded.bundle().classes();
    }

    /**
     * Classifies a picture file.
     *
     * @throws DataException if it cannot be read
     */
    public Prediction predict(Path file) {
        try {
            return predict(Files.readAllBytes(file), Text.verbatim(file));
        } catch (IOException e) {
            throw unreadable(Text.verbatim(file), DurableFiles.reason(e), e);
        }
    }

    /**
     * Classifies an encoded picture: the bytes of a JPEG, PNG, BMP, GIF, WebP or TIFF file.
     *
     * @throws DataException if they are no complete picture
     */
    public Prediction predict(byte[] encoded) {
        return predict(encoded, Text.of("evaluate.bytes", encoded.length));
    }

    /**
     * Classifies an encoded picture from a stream, which is read to its end and not closed.
     *
     * @throws DataException if it is no complete picture
     */
    public Prediction predict(InputStream stream) {
        try {
            return predict(stream.readAllBytes(), Text.of("evaluate.stream"));
        } catch (IOException e) {
            throw unreadable(Text.of("evaluate.stream"), DurableFiles.reason(e), e);
        }
    }

    /** Classifies a picture in memory; transparency is dropped as for a file. */
    public Prediction predict(BufferedImage picture) {
        int height = picture.getHeight();
        int width = picture.getWidth();
        int[] argb = picture.getRGB(0, 0, width, height, null, 0, width);
        byte[] rgb = new byte[3 * argb.length];
        for (int i = 0; i < argb.length; i++) {
            rgb[3 * i] = (byte) (argb[i] >> 16);
            rgb[3 * i + 1] = (byte) (argb[i] >> 8);
            rgb[3 * i + 2] = (byte) argb[i];
        }
        try (Scope scope = Scope.open()) {
            return predict(Image.ofBytes(height, width, 3, rgb));
        }
    }

    private Prediction predict(byte[] encoded, Text name) {
        try (Scope scope = Scope.open()) {
            return predict(decoder.decode(encoded, name.toString()));
        } catch (UnreadableImageException e) {
            throw unreadable(name, e.detail(), e);
        }
    }

    private Prediction predict(Image image) {
        Image prepared = loaded.pipeline().apply(image, SeedStream.of(0)); // draws nothing: evaluation is not random
        network.lock();
        try {
            if (closed) {
                throw new IllegalStateException("The predictor is closed");
            }
            return prediction(NoGrad.call(() -> probabilities(prepared)));
        } catch (RuntimeException e) {
            throw NativeErrors.translate(e);
        } finally {
            network.unlock();
        }
    }

    private double[] probabilities(Image image) {
        try (Scope scope = Scope.open();
                Autocast autocast =
                        Autocast.open(loaded.engine().device(), loaded.engine().precision())) {
            byte[] bytes = image.toBytes();
            ByteBuffer pixels =
                    ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
            ModelInput input = new ModelInput(
                    loaded.engine().normalizer().apply(pixels, 1, 1, image.height(), image.width(), image.channels()));
            Tensor logits = loaded.model().forward(input).to(torch.ScalarType.Double);
            Tensor softmax = torch.softmax(logits, 1);
            double[] probabilities = new double[classes().size()];
            TensorData.of(softmax)
                    .data()
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asDoubleBuffer()
                    .get(probabilities);
            return probabilities;
        }
    }

    private Prediction prediction(double[] probabilities) {
        return new Prediction(IntStream.range(0, probabilities.length)
                .mapToObj(k -> new Prediction.ClassProbability(classes().get(k), probabilities[k]))
                .sorted(Comparator.comparingDouble(Prediction.ClassProbability::probability)
                        .reversed())
                .toList());
    }

    private static DataException unreadable(Text name, Text reason, Exception cause) {
        boolean named = reason.toString().contains(name.toString()); // the messages of the platform may do so
        return new DataException(
                Problem.of("evaluate.picture", named ? reason : Text.of("about", name, reason)), cause);
    }

    @Override
    public void close() {
        network.lock();
        try {
            if (!closed) {
                closed = true;
                loaded.close();
            }
        } finally {
            network.unlock();
        }
    }
}
