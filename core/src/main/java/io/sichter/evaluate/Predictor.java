package io.sichter.evaluate;

import io.sichter.dataset.ImageNet;
import io.sichter.error.DataException;
import io.sichter.error.Problem;
import io.sichter.image.DecodeLimits;
import io.sichter.image.Image;
import io.sichter.image.ImageDecoder;
import io.sichter.image.OpenCvDecoder;
import io.sichter.image.UnreadableImageException;
import io.sichter.model.ModelInput;
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
import java.nio.DoubleBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Classifies pictures with a trained network, with exactly the preparation that its training validated with.
 *
 * <p>Safe to use from many threads: pictures are decoded side by side, the network computes one at a time with all its
 * threads, which is faster on a processor than several at once. Close it to free the network's memory.
 */
public final class Predictor implements AutoCloseable {
    private final Views views;
    private final ImageDecoder decoder = new OpenCvDecoder(DecodeLimits.defaults());
    private final ReentrantLock network = new ReentrantLock();
    private boolean closed;

    private Predictor(Views views) {
        this.views = views;
    }

    /**
     * Loads a classifier.
     *
     * @param runOrBundle directory of a run, or a bundle folder wherever it lies
     */
    public static Predictor open(Path runOrBundle) {
        return open(runOrBundle, TestTimeAugmentation.none());
    }

    /**
     * Loads a classifier that looks at each picture several times. The same picture is looked at in the same ways every
     * time: what the views draw depends on the run's seed alone.
     *
     * @param runOrBundle directory of a run, or a bundle folder wherever it lies
     * @throws io.sichter.error.UsageException if it has no such views
     */
    public static Predictor open(Path runOrBundle, TestTimeAugmentation tta) {
        return new Predictor(Views.open(runOrBundle, tta));
    }

    /**
     * Loads published weights; the classes of ImageNet are called by their names for people.
     *
     * @throws io.sichter.error.UsageException if the normalisation is neither named nor recorded
     */
    public static Predictor open(PublishedModel published) {
        return open(published, TestTimeAugmentation.none());
    }

    /**
     * Loads published weights that look at each picture several times.
     *
     * @throws io.sichter.error.UsageException if the normalisation is neither named nor recorded, or there are no such views
     */
    public static Predictor open(PublishedModel published, TestTimeAugmentation tta) {
        return new Predictor(Views.ofPublished(published, ImageNet.labels(), tta));
    }

    /** Names of the classes in the order of the network's outputs. */
    public List<String> classes() {
        return views.loaded().bundle().classes();
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
        List<Image> prepared = views.all().stream()
                .map(view ->
                        view.pipeline().apply(image, view.stream().derive(0).derive("")))
                .toList();
        network.lock();
        try {
            if (closed) {
                throw new IllegalStateException("The predictor is closed");
            }
            return Prediction.of(classes(), blend(NoGrad.call(() -> probabilities(views.loaded(), prepared))));
        } catch (RuntimeException e) {
            throw NativeErrors.translate(e);
        } finally {
            network.unlock();
        }
    }

    private double[] blend(double[][] said) {
        Blend blend = new Blend(views.tta());
        double[] result = new double[classes().size()];
        for (int view = 0; view < said.length; view++) {
            blend.add(result, view, said[view]);
        }
        blend.finish(result);
        return result;
    }

    /** Softmax over the classes for each view, {@code [views][classes]}, in one forward pass. */
    private static double[][] probabilities(LoadedModel loaded, List<Image> prepared) {
        try (Scope scope = Scope.open();
                Autocast autocast =
                        Autocast.open(loaded.engine().device(), loaded.engine().precision())) {
            Image first = prepared.get(0);
            int bytes = first.height() * first.width() * first.channels();
            ByteBuffer pixels = ByteBuffer.allocateDirect(bytes * prepared.size());
            prepared.forEach(view -> pixels.put(view.toBytes()));
            ModelInput input = new ModelInput(loaded.engine()
                    .normalizer()
                    .apply(pixels.flip(), 1, prepared.size(), first.height(), first.width(), first.channels()));
            Tensor logits = loaded.model().forward(input).to(torch.ScalarType.Double);
            DoubleBuffer values = TensorData.of(torch.softmax(logits, 1))
                    .data()
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asDoubleBuffer();
            double[][] probabilities =
                    new double[prepared.size()][loaded.model().numClasses()];
            for (double[] view : probabilities) {
                values.get(view);
            }
            return probabilities;
        }
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
                views.close();
            }
        } finally {
            network.unlock();
        }
    }
}
