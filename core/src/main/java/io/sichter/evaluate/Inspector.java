package io.sichter.evaluate;

import io.sichter.dataset.ClassIndex;
import io.sichter.dataset.DataFolder;
import io.sichter.dataset.ImageNet;
import io.sichter.dataset.Sample;
import io.sichter.error.DataException;
import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import io.sichter.image.DecodeLimits;
import io.sichter.image.Image;
import io.sichter.image.ImageDecoder;
import io.sichter.image.OpenCvDecoder;
import io.sichter.image.UnreadableImageException;
import io.sichter.loss.CrossEntropy;
import io.sichter.model.Blueprint;
import io.sichter.nn.Conv2d;
import io.sichter.nn.Layer;
import io.sichter.random.SeedStream;
import io.sichter.registry.Suggestion;
import io.sichter.storage.DurableFiles;
import io.sichter.tensor.NativeErrors;
import io.sichter.tensor.Scope;
import io.sichter.tensor.TensorData;
import io.sichter.text.Text;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Looks inside a network: its first filters, how the loss changes with them, and what its layers make of a picture. All is
 * computed in float32, as evaluation computes it. Used by one thread; close it to free the network's memory.
 */
public final class Inspector implements AutoCloseable {
    /** Pictures of a folder that a gradient is the mean of. */
    private static final int PICTURES = 64;

    private final LoadedModel loaded;
    private final ImageDecoder decoder = new OpenCvDecoder(DecodeLimits.defaults());

    private Inspector(LoadedModel loaded) {
        this.loaded = loaded;
    }

    /**
     * The best weights of a run, or those of a bundle.
     *
     * @throws UsageException if it is neither
     */
    public static Inspector ofRun(Path runOrBundle) {
        return new Inspector(LoadedModel.asTrained(runOrBundle));
    }

    /** Published weights. */
    public static Inspector ofPublished(PublishedModel model) {
        return new Inspector(LoadedModel.published(model, ImageNet.wordNetIds()));
    }

    /** Weights as they are drawn, always the same. */
    public static Inspector ofFresh(Blueprint blueprint) {
        return new Inspector(LoadedModel.fresh(blueprint));
    }

    /** Names of the classes in the order of the network's outputs. */
    public List<String> classes() {
        return loaded.classes().names();
    }

    /**
     * The filters of the first convolution; of a vision transformer those that cut the picture into patches.
     *
     * @throws UsageException if the network has no convolution
     */
    public Filters filters() {
        return guarded(() -> filters(first().weight()));
    }

    /**
     * How the loss (cross-entropy) changes with the weights of the first filters.
     *
     * @param pictures a picture file, or a folder of class folders, of which up to 64 pictures are taken, spread over it
     * @param label class of a single picture; empty takes the name of its folder if that is a class, else what the network
     *     itself says
     * @throws UsageException if there is no such class
     * @throws DataException if a picture cannot be read
     */
    public Gradients gradients(Path pictures, Optional<String> label) {
        List<Labelled> labelled =
                Files.isDirectory(pictures) ? ofFolder(pictures, label) : List.of(ofFile(pictures, label));
        return guarded(() -> {
            loaded.model().zero_grad(true);
            int guessed = 0;
            for (Labelled picture : labelled) {
                guessed += Scope.call(() -> backward(picture, labelled.size())) ? 1 : 0;
            }
            Filters gradients = filters(first().weight().grad());
            loaded.model().zero_grad(true);
            return new Gradients(gradients, labelled.size(), guessed);
        });
    }

    /**
     * Gradients of filter weights.
     *
     * @param filters one number for each weight
     * @param pictures how many pictures they are the mean of
     * @param guessed how many of them have no known class, so that what the network says was taken for true
     */
    public record Gradients(Filters filters, int pictures, int guessed) {}

    /** A picture and the place of its class, -1 for none. */
    private record Labelled(Path file, int target) {}

    private Labelled ofFile(Path file, Optional<String> label) {
        Path folder = file.toAbsolutePath().getParent();
        Map<String, Integer> classes = loaded.classes().toMap();
        if (label.isPresent()) {
            Integer target = classes.get(label.get());
            if (target == null) {
                throw new UsageException(
                        Problem.of("inside.class", label.get(), Suggestion.orChoose(label.get(), classes.keySet())));
            }
            return new Labelled(file, target);
        }
        String name = folder == null ? "" : String.valueOf(folder.getFileName());
        return new Labelled(file, classes.getOrDefault(name, -1));
    }

    private List<Labelled> ofFolder(Path root, Optional<String> label) {
        if (label.isPresent()) {
            throw new UsageException(Problem.of("inside.class_of_folder", label.get(), root));
        }
        ClassIndex classes = loaded.classes();
        List<Sample> samples =
                DataFolder.open(root, classes, loaded.bundle().renaming()).samples();
        int count = Math.min(PICTURES, samples.size());
        return IntStream.range(0, count)
                .mapToObj(i -> samples.get((int) ((i + 0.5) * samples.size() / count)))
                .map(sample -> new Labelled(Path.of(sample.source().location()), sample.target()))
                .toList();
    }

    /** Adds a picture's share to the gradients; says whether the network had to guess its class. */
    private boolean backward(Labelled picture, int of) {
        Tensor logits = loaded.model().forward(loaded.input(read(picture.file())));
        Tensor target = picture.target() < 0
                ? logits.detach().argmax().reshape(1)
                : torch.tensor(new long[] {picture.target()}).to(logits.device(), torch.ScalarType.Long);
        new CrossEntropy().compute(logits, target).div(new Scalar((double) of)).backward();
        return picture.target() < 0;
    }

    /**
     * What layers make of a picture, in the order in which they are computed.
     *
     * @param layers their names; empty takes, of every size that maps have, the last layer that gives it
     * @throws UsageException if there is no such layer, or it gives no maps
     * @throws DataException if the picture cannot be read
     */
    public List<FeatureMaps> featureMaps(Path picture, List<String> layers) {
        return guarded(() -> new MapRecorder(loaded.model(), loaded.bundle().architecture())
                .record(loaded.input(read(picture)), layers));
    }

    /** A picture as the network gets it, before normalisation: rows of red, green, blue, one byte each. */
    public Prepared prepared(Path picture) {
        return guarded(() -> {
            Image image = read(picture);
            return new Prepared(image.width(), image.height(), image.channels(), image.toBytes());
        });
    }

    /**
     * A picture of the size that the network gets.
     *
     * @param bytes interleaved channels, row by row, one byte each
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over once, to be drawn; never compared
    public record Prepared(int width, int height, int channels, byte[] bytes) {}

    private Image read(Path file) {
        try {
            Image image = decoder.decode(Files.readAllBytes(file), file.toString());
            return loaded.pipeline().apply(image, SeedStream.of(0)); // draws nothing: evaluation is not random
        } catch (IOException e) {
            throw new DataException(Problem.of("evaluate.picture", Text.of("about", file, DurableFiles.reason(e))), e);
        } catch (UnreadableImageException e) {
            throw new DataException(Problem.of("evaluate.picture", Text.of("about", file, e.detail())), e);
        }
    }

    private Conv2d first() {
        AtomicReference<Conv2d> first = new AtomicReference<>();
        loaded.model().visit(layer -> {
            if (layer instanceof Conv2d conv && first.get() == null) {
                first.set(conv);
            }
        });
        Conv2d conv = first.get();
        if (conv == null) {
            throw new UsageException(
                    Problem.of("inside.no_filters", loaded.bundle().architecture()));
        }
        return conv;
    }

    private Filters filters(Tensor weight) {
        Map<Layer, String> names = loaded.model().names();
        float[] values = values(weight);
        return new Filters(
                loaded.bundle().architecture(),
                names.getOrDefault(first(), ""),
                (int) weight.size(0),
                (int) weight.size(1),
                (int) weight.size(2),
                values);
    }

    /** The numbers of a tensor as they lie row by row. */
    static float[] values(Tensor tensor) {
        float[] values = new float[(int) tensor.numel()];
        TensorData.of(tensor.detach().to(torch.ScalarType.Float))
                .data()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values);
        return values;
    }

    private static <T> T guarded(Supplier<T> body) {
        try {
            return Scope.call(body);
        } catch (RuntimeException e) {
            throw NativeErrors.translate(e);
        }
    }

    @Override
    public void close() {
        loaded.close();
    }
}
