package io.sichter.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.sichter.GoldenFile;
import io.sichter.error.StorageException;
import io.sichter.tensor.Device;
import io.sichter.tensor.Generators;
import io.sichter.tensor.NoGrad;
import io.sichter.tensor.Scope;
import io.sichter.tensor.TensorData;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateDictTest {
    private static final ModelOptions SMALL = new ModelOptions(10, 3, 32);

    @ParameterizedTest
    @ValueSource(strings = {"resnet18", "resnet34", "resnet50", "simple_cnn"})
    void namesOrderAndShapesAreTorchvisions(String name) {
        boolean simple = name.equals("simple_cnn");
        List<String> expected = new ArrayList<>();
        GoldenFile.json("engine/state_dict")
                .get(name)
                .forEach(entry -> expected.add(entry.get(0).asText() + " " + entry.get(1)));
        try (Classifier model = Models.create(name, new ModelOptions(simple ? 101 : 1000, 3, 224))) {
            List<String> found = new ArrayList<>();
            model.state()
                    .tensors()
                    .forEach((key, tensor) -> found.add(key + " "
                            + java.util.Arrays.toString(tensor.shape()).replace(" ", "")));
            assertThat(found).containsExactlyElementsOf(expected);
        }
    }

    /** From the same seed libtorch draws PyTorch's very weights: mean, deviation and first value of each tensor. */
    @ParameterizedTest
    @ValueSource(strings = {"resnet18", "simple_cnn"})
    void initialWeightsAreDrawnAsPyTorchDrawsThem(String name) {
        JsonNode golden = GoldenFile.json("engine/initial").get(name);
        Generators.seed(7);
        try (Classifier model = Models.create(name, SMALL)) {
            assertThat(model.state().parameters()).hasSize(golden.size());
            NoGrad.run(() -> Scope.run(() -> model.state().parameters().forEach((key, parameter) -> {
                double[] expected = GoldenFile.doubles(golden.get(key));
                Tensor values = parameter.to(torch.ScalarType.Double).flatten();
                assertThat(values.mean().item_double()).as(key).isCloseTo(expected[0], within(1e-6));
                assertThat(values.std().item_double()).as(key).isCloseTo(expected[1], within(1e-6));
                assertThat(values.get(0).item_double()).as(key).isCloseTo(expected[2], within(1e-6));
            })));
        }
    }

    @Test
    void whatIsReadOutGoesBackInExactlyAlsoIntoChannelsLast() {
        try (Classifier from = Models.create("resnet18", SMALL);
                Classifier to = Models.create("resnet18", SMALL)) {
            to.moveTo(Device.CPU);
            Scope.run(() -> {
                to.state().load(data(from));
                from.state().tensors().forEach((key, tensor) -> assertThat(
                                tensor.equal(to.state().tensor(key)))
                        .as(key)
                        .isTrue());
                assertThat(to.state().tensor("conv1.weight").is_contiguous(torch.MemoryFormat.ChannelsLast))
                        .isTrue();
            });
        }
    }

    @Test
    void everyKeyThatDoesNotFitIsListedAndNothingIsChanged() {
        try (Classifier model = Models.create("simple_cnn", SMALL);
                Classifier other = Models.create("simple_cnn", SMALL)) {
            Scope.run(() -> {
                Map<String, TensorData> values = data(other);
                values.remove("conv2.bias");
                values.put("head.weight", TensorData.of(torch.zeros(3)));
                values.put("fc2.bias", TensorData.of(torch.zeros(3)));
                Tensor before = model.state().tensor("conv1.weight").clone();
                assertThatThrownBy(() -> model.state().load(values))
                        .isInstanceOf(StorageException.class)
                        .hasMessageContaining("missing conv2.bias")
                        .hasMessageContaining("unexpected head.weight")
                        .hasMessageContaining("fc2.bias has shape [3], not [10]");
                assertThat(model.state().tensor("conv1.weight").equal(before)).isTrue();
            });
        }
    }

    private static Map<String, TensorData> data(Classifier model) {
        Map<String, TensorData> values = new LinkedHashMap<>();
        model.state().tensors().forEach((key, tensor) -> values.put(key, TensorData.of(tensor)));
        return values;
    }
}
