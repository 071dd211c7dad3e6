package io.sichter.evaluate;

import io.sichter.error.DataException;
import io.sichter.error.Problem;
import io.sichter.error.UsageException;
import io.sichter.image.DecodeLimits;
import io.sichter.image.Image;
import io.sichter.image.OpenCvDecoder;
import io.sichter.image.UnreadableImageException;
import io.sichter.model.ModelInput;
import io.sichter.random.SeedStream;
import io.sichter.registry.Suggestion;
import io.sichter.storage.DurableFiles;
import io.sichter.tensor.NativeErrors;
import io.sichter.tensor.NoGrad;
import io.sichter.tensor.Scope;
import io.sichter.text.Text;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Shows where in a picture a network sees what it says. Pictures are prepared exactly as for prediction; the network
 * computes in float32. For one thread; close it to free the network's memory.
 */
public final class Explainer implements AutoCloseable {
    private final LoadedModel loaded;

    private Explainer(LoadedModel loaded) {
        this.loaded = loaded;
    }

    /**
     * Loads a classifier.
     *
     * @param runOrBundle directory of a run, or a bundle folder wherever it lies
     */
    public static Explainer open(Path runOrBundle) {
        return new Explainer(LoadedModel.open(runOrBundle));
    }

    /**
     * Explains a picture file.
     *
     * @param name of the class to explain; empty takes the most probable one
     * @param scored whether to judge the map too, which takes 58 more forward passes
     * @throws DataException if the file cannot be read
     * @throws UsageException if the model has no such class, or its network does not fit the method
     */
    public Explanation explain(Path file, ExplainMethod method, Optional<String> name, boolean scored) {
        try (Scope scope = Scope.open()) {
            Image image = loaded.pipeline()
                    .apply(
                            new OpenCvDecoder(DecodeLimits.defaults())
                                    .decode(Files.readAllBytes(file), file.toString()),
                            SeedStream.of(0));
            return explain(image, method, name, scored);
        } catch (UnreadableImageException e) {
            throw new DataException(Problem.of("evaluate.picture", Text.of("about", file, e.detail())), e);
        } catch (IOException e) {
            throw new DataException(Problem.of("evaluate.picture", Text.of("about", file, DurableFiles.reason(e))), e);
        } catch (RuntimeException e) {
            throw NativeErrors.translate(e);
        }
    }

    private Explanation explain(Image image, ExplainMethod asked, Optional<String> name, boolean scored) {
        byte[] bytes = image.toBytes();
        ByteBuffer pixels = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
        Tensor input =
                loaded.engine().normalizer().apply(pixels, 1, 1, image.height(), image.width(), image.channels());
        double[] probabilities = NoGrad.call(() -> ActivationMaps.doubles(
                torch.softmax(loaded.model().forward(new ModelInput(input)).to(torch.ScalarType.Double), 1)));
        Prediction prediction = Prediction.of(loaded.classes().names(), probabilities);
        String explained = name.orElse(prediction.label());
        int target = index(explained);
        ExplainMethod method = asked == ExplainMethod.AUTO ? usual() : asked;
        Saliency map =
                switch (method) {
                    case ATTENTION -> new AttentionRollout(loaded.model()).map(input);
                    case OCCLUSION -> new Covering(loaded.model()).occlusion(input, target);
                    default -> new ActivationMaps(loaded.model()).map(method, input, target);
                };
        Optional<Faithfulness> score =
                scored ? Optional.of(new Covering(loaded.model()).judge(input, target, map)) : Optional.empty();
        return new Explanation(prediction, explained, method, map, bytes, image.channels(), score);
    }

    private ExplainMethod usual() {
        if (loaded.model() instanceof Ensemble) {
            return ExplainMethod.OCCLUSION; // its members have no common maps
        }
        return AttentionRollout.fits(loaded.model()) ? ExplainMethod.ATTENTION : ExplainMethod.GRAD_CAM;
    }

    private int index(String name) {
        int index = loaded.classes().names().indexOf(name);
        if (index < 0) {
            throw new UsageException(Problem.of(
                    "explain.class",
                    name,
                    String.join(", ", loaded.classes().names()),
                    Suggestion.orChoose(name, loaded.classes().names())));
        }
        return index;
    }

    @Override
    public void close() {
        loaded.close();
    }
}
