package io.sichter.model;

import io.sichter.error.Problem;
import io.sichter.error.StorageException;
import io.sichter.storage.TensorBytes;
import io.sichter.storage.WeightsFile;
import io.sichter.tensor.NoGrad;
import io.sichter.tensor.Scope;
import io.sichter.tensor.TensorData;
import io.sichter.text.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Published weights on their way into a network. Everything must fit by name and shape; the three ways in which a
 * network may differ from what was published are choices that the caller makes.
 */
public final class PretrainedWeights {
    private final WeightsFile file;
    private final Map<String, TensorData> values = new LinkedHashMap<>();

    /** What becomes of the classifier. */
    public sealed interface Head {
        /** It must fit. */
        record Exact() implements Head {}

        /** It keeps its fresh weights where the number of classes differs. */
        record Replaced() implements Head {}

        /**
         * The outputs of some classes, in this order.
         *
         * @param outputs indices of the published outputs
         */
        record Subset(List<Integer> outputs) implements Head {
            /** Copies the list. */
            public Subset {
                outputs = List.copyOf(outputs);
            }
        }
    }

    /** What becomes of the first convolution where the number of channels differs. */
    public enum FirstLayer {
        /** It must fit. */
        EXACT,
        /** One channel gets the sum over the published ones: grey pictures give what they gave as three equal channels. */
        SUMMED,
        /** Each of n channels gets the mean of the published ones, scaled by their number over n: the output's size stays. */
        SPREAD
    }

    /**
     * What was done.
     *
     * @param loaded tensors that were taken over
     * @param head name of the layer whose fresh weights were kept, empty if none
     * @param publishedClasses outputs of the published classifier
     * @param fitted whether the first layer was fitted to another number of channels
     */
    public record Report(int loaded, Optional<String> head, int publishedClasses, boolean fitted) {}

    /** Takes the tensors of a file. */
    public PretrainedWeights(WeightsFile file) {
        this.file = file;
        for (TensorBytes tensor : file.tensors()) {
            long[] shape = tensor.shape().stream().mapToLong(Long::longValue).toArray();
            values.put(tensor.name(), new TensorData(tensor.dtype(), shape, tensor.bytes()));
        }
    }

    /**
     * Overwrites a network's parameters and buffers. Nothing is changed unless all fit.
     *
     * @throws StorageException listing every name that is missing, not known, or of another shape
     */
    public Report loadInto(Classifier model, Head head, FirstLayer firstLayer) {
        return Scope.call(() -> NoGrad.call(() -> {
            Map<String, Tensor> targets = new LinkedHashMap<>(model.state().tensors());
            Map<String, Tensor> sources = sources(targets);
            List<String> classifier = classifier(model);
            int published = published(sources, classifier);
            boolean replaced =
                    !model.replaced().isEmpty() || (head instanceof Head.Replaced && published != model.numClasses());
            if (replaced) {
                sources.keySet().removeAll(model.replaced());
                headOf(model, classifier).forEach(name -> {
                    targets.remove(name);
                    sources.remove(name);
                });
            } else if (head instanceof Head.Subset subset) {
                classifier.forEach(name -> sources.computeIfPresent(name, (key, all) -> chosen(all, subset)));
            }
            String first = firstConvolution(model);
            Tensor target = model.state().tensor(first);
            Tensor source = sources.get(first);
            boolean fitted = source != null && source.dim() == 4 && source.size(1) != target.size(1);
            sources.computeIfPresent(first, (key, weight) -> fitted(weight, target, firstLayer));
            requireFit(model, targets, sources);
            sources.forEach((name, tensor) -> model.state().tensor(name).copy_(tensor));
            return new Report(
                    targets.size(),
                    replaced ? Optional.of(headName(model, classifier)) : Optional.empty(),
                    published,
                    fitted);
        }));
    }

    /** The tensors of the file; counters of batch norms, which old files lack, as the network has them. */
    private Map<String, Tensor> sources(Map<String, Tensor> targets) {
        Map<String, Tensor> sources = new LinkedHashMap<>();
        values.forEach((name, data) -> sources.put(name, data.toTensor()));
        targets.forEach((name, tensor) -> {
            if (name.endsWith(".num_batches_tracked")) {
                sources.putIfAbsent(name, tensor);
            }
        });
        return sources;
    }

    /** Every family ends with its classifier: the last weight and bias that are published. */
    private static List<String> classifier(Classifier model) {
        Set<String> published =
                model.replaced().isEmpty() ? model.state().parameters().keySet() : model.replaced();
        List<String> names = new ArrayList<>(published);
        return names.subList(names.size() - 2, names.size());
    }

    /** What keeps its fresh numbers where the head is replaced. */
    private static List<String> headOf(Classifier model, List<String> classifier) {
        return model.replaced().isEmpty()
                ? classifier
                : model.state().tensors().keySet().stream()
                        .filter(name -> name.startsWith(headName(model, classifier) + "."))
                        .toList();
    }

    private static String headName(Classifier model, List<String> classifier) {
        String last = model.replaced().isEmpty() ? classifier.get(0) : "head.";
        return last.substring(0, Math.max(0, last.lastIndexOf('.')));
    }

    /** Every family begins with a convolution over the picture: the first parameter of four dimensions. */
    private static String firstConvolution(Classifier model) {
        return model.state().parameters().entrySet().stream()
                .filter(entry -> entry.getValue().dim() == 4)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    private static int published(Map<String, Tensor> sources, List<String> classifier) {
        Tensor weight = sources.get(classifier.get(0));
        return weight == null || weight.dim() == 0 ? 0 : (int) weight.size(0);
    }

    private static Tensor chosen(Tensor all, Head.Subset subset) {
        long[] outputs = subset.outputs().stream().mapToLong(Integer::longValue).toArray();
        boolean known = Arrays.stream(outputs).allMatch(output -> output >= 0 && output < all.size(0));
        return known ? all.index_select(0, Tensor.create(outputs)) : all;
    }

    private static Tensor fitted(Tensor weight, Tensor target, FirstLayer choice) {
        if (weight.dim() != 4 || weight.size(1) == target.size(1) || choice == FirstLayer.EXACT) {
            return weight;
        }
        Tensor sum = weight.to(torch.ScalarType.Float).sum(new long[] {1}, true, new ScalarTypeOptional());
        if (choice == FirstLayer.SUMMED) {
            return sum;
        }
        long channels = target.size(1);
        return sum.div(new Scalar((double) channels)).repeat(1, channels, 1, 1);
    }

    private void requireFit(Classifier model, Map<String, Tensor> targets, Map<String, Tensor> sources) {
        List<Text> wrong = new ArrayList<>();
        targets.forEach((name, target) -> {
            Tensor source = sources.get(name);
            if (source == null) {
                wrong.add(Text.of("weights.missing", name));
            } else if (!Arrays.equals(source.shape(), target.shape())) {
                wrong.add(Text.of(
                        "weights.shape", name, Arrays.toString(source.shape()), Arrays.toString(target.shape())));
            }
        });
        sources.keySet().stream()
                .filter(name -> !targets.containsKey(name))
                .forEach(name -> wrong.add(Text.of("weights.unexpected", name)));
        if (!wrong.isEmpty()) {
            throw new StorageException(Problem.of(
                    "weights.no_fit",
                    model.architecture() + ": " + file.file(),
                    Text.joined("; ", wrong),
                    targets.size()));
        }
    }
}
