package io.sichter.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sichter.error.StorageException;
import io.sichter.model.PretrainedWeights.FirstLayer;
import io.sichter.model.PretrainedWeights.Head;
import io.sichter.model.PretrainedWeights.Report;
import io.sichter.storage.Safetensors;
import io.sichter.storage.TensorBytes;
import io.sichter.storage.WeightsFile;
import io.sichter.tensor.NoGrad;
import io.sichter.tensor.Scope;
import io.sichter.tensor.TensorData;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PretrainedWeightsTest {
    private static final ModelOptions FIVE = new ModelOptions(5, 3, 16);

    @TempDir
    Path folder;

    /** The state of a filled network as a file, some tensors left out or added by the test. */
    private PretrainedWeights published(List<String> without, Map<String, long[]> with) {
        Path file = folder.resolve("w.safetensors");
        try (Classifier model = Models.create("light_cnn", FIVE)) {
            Filler.fill(model);
            Scope.run(() -> {
                List<TensorBytes> tensors = new ArrayList<>();
                model.state().tensors().forEach((name, tensor) -> {
                    if (!without.contains(name)) {
                        tensors.add(bytes(name, tensor));
                    }
                });
                with.forEach((name, shape) -> tensors.add(bytes(name, torch.zeros(shape))));
                Safetensors.write(file, tensors, Map.of());
            });
        }
        return new PretrainedWeights(WeightsFile.read(file));
    }

    private static TensorBytes bytes(String name, Tensor tensor) {
        TensorData data = TensorData.of(tensor);
        return new TensorBytes(
                name, data.dtype(), Arrays.stream(data.shape()).boxed().toList(), data.data());
    }

    @Test
    void whatFitsIsTakenOver() {
        try (Classifier model = Models.create("light_cnn", FIVE);
                Classifier expected = Models.create("light_cnn", FIVE)) {
            Filler.fill(expected);
            Report report = published(List.of(), Map.of()).loadInto(model, new Head.Exact(), FirstLayer.EXACT);
            assertThat(report.head()).isEmpty();
            assertThat(report.loaded()).isEqualTo(model.state().tensors().size());
            model.state().tensors().forEach((name, tensor) -> assertThat(
                            tensor.equal(expected.state().tensor(name)))
                    .as(name)
                    .isTrue());
        }
    }

    @Test
    void everyKeyThatDoesNotFitIsNamedAndNothingIsChanged() {
        PretrainedWeights weights =
                published(List.of("fc1.bias", "bn2.weight"), Map.of("extra.weight", new long[] {2}));
        try (Classifier model = Models.create("light_cnn", new ModelOptions(7, 1, 16))) {
            Scope.run(() -> {
                Tensor before = model.state().tensor("conv2.weight").clone();
                assertThatThrownBy(() -> weights.loadInto(model, new Head.Exact(), FirstLayer.EXACT))
                        .isInstanceOf(StorageException.class)
                        .hasMessageContaining("missing fc1.bias")
                        .hasMessageContaining("missing bn2.weight")
                        .hasMessageContaining("unexpected extra.weight")
                        .hasMessageContaining("conv1.weight has shape [24, 3, 3, 3], not [24, 1, 3, 3]")
                        .hasMessageContaining("fc2.bias has shape [5], not [7]");
                assertThat(model.state().tensor("conv2.weight").equal(before)).isTrue();
            });
        }
    }

    @Test
    void theHeadIsReplacedWhenClassesDifferAndOnlyThen() {
        PretrainedWeights weights = published(List.of(), Map.of());
        try (Classifier seven = Models.create("light_cnn", new ModelOptions(7, 3, 16));
                Classifier five = Models.create("light_cnn", FIVE)) {
            Scope.run(() -> {
                Tensor fresh = seven.state().tensor("fc2.weight").clone();
                Report report = weights.loadInto(seven, new Head.Replaced(), FirstLayer.EXACT);
                assertThat(report.head()).contains("fc2");
                assertThat(report.publishedClasses()).isEqualTo(5);
                assertThat(seven.state().tensor("fc2.weight").equal(fresh)).isTrue();
                assertThat(weights.loadInto(five, new Head.Replaced(), FirstLayer.EXACT)
                                .head())
                        .isEmpty();
            });
        }
    }

    @Test
    void aSubsetOfTheClassesGivesTheirScores() {
        PretrainedWeights weights = published(List.of(), Map.of());
        try (Classifier all = Models.create("light_cnn", FIVE);
                Classifier two = Models.create("light_cnn", new ModelOptions(2, 3, 16))) {
            weights.loadInto(all, new Head.Exact(), FirstLayer.EXACT);
            weights.loadInto(two, new Head.Subset(List.of(4, 1)), FirstLayer.EXACT);
            all.eval();
            two.eval();
            NoGrad.run(() -> Scope.run(() -> {
                ModelInput input = new ModelInput(torch.randn(2, 3, 16, 16));
                Tensor expected = all.forward(input).index_select(1, Tensor.create(4L, 1L));
                assertThat(two.forward(input).allclose(expected)).isTrue();
            }));
            assertThatThrownBy(() -> weights.loadInto(two, new Head.Subset(List.of(4, 9)), FirstLayer.EXACT))
                    .isInstanceOf(StorageException.class);
        }
    }

    /** Equal channels give the same maps whether they come as three, summed as one, or spread over six. */
    @Test
    void otherNumbersOfChannelsAreSummedOrSpread() {
        PretrainedWeights weights = published(List.of(), Map.of());
        try (Classifier three = Models.create("light_cnn", FIVE);
                Classifier one = Models.create("light_cnn", new ModelOptions(5, 1, 16));
                Classifier six = Models.create("light_cnn", new ModelOptions(5, 6, 16))) {
            weights.loadInto(three, new Head.Exact(), FirstLayer.EXACT);
            weights.loadInto(one, new Head.Exact(), FirstLayer.SUMMED);
            weights.loadInto(six, new Head.Exact(), FirstLayer.SPREAD);
            List.of(three, one, six).forEach(Classifier::eval);
            NoGrad.run(() -> Scope.run(() -> {
                Tensor grey = torch.randn(2, 1, 16, 16);
                Tensor expected = three.forward(new ModelInput(grey.repeat(1, 3, 1, 1)));
                assertThat(one.forward(new ModelInput(grey)).allclose(expected, 1e-4, 1e-5, false))
                        .isTrue();
                assertThat(six.forward(new ModelInput(grey.repeat(1, 6, 1, 1))).allclose(expected, 1e-4, 1e-5, false))
                        .isTrue();
            }));
        }
    }
}
