package io.sichter.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sichter.GoldenFile;
import io.sichter.nn.Layer;
import io.sichter.nn.LayerWatcher;
import io.sichter.nn.Window;
import io.sichter.tensor.NoGrad;
import io.sichter.tensor.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelSummaryTest {
    /** The table that torchsummary 1.5.1 prints for the same network in PyTorch. */
    private static final String SIMPLE_CNN = """
            ----------------------------------------------------------------
                    Layer (type)               Output Shape         Param #
            ================================================================
                        Conv2d-1         [-1, 32, 224, 224]             896
                     MaxPool2d-2         [-1, 32, 112, 112]               0
                        Conv2d-3         [-1, 64, 112, 112]          18,496
                     MaxPool2d-4           [-1, 64, 56, 56]               0
                        Linear-5                  [-1, 512]     102,760,960
                        Linear-6                  [-1, 101]          51,813
            ================================================================
            Total params: 102,832,165
            Trainable params: 102,832,165
            Non-trainable params: 0
            ----------------------------------------------------------------
            Input size (MB): 0.57
            Forward/backward pass size (MB): 22.97
            Params size (MB): 392.27
            Estimated Total Size (MB): 415.82
            ----------------------------------------------------------------""";

    @Test
    void theTableOfSimpleCnnIsTorchsummarys() {
        assertThat(Models.summary("simple_cnn", new ModelOptions(101, 3, 224)).table(Locale.ENGLISH))
                .isEqualTo(SIMPLE_CNN);
    }

    @Test
    void resnet18CountsWhatTorchsummaryCounts() {
        ModelSummary summary = Models.summary("resnet18", new ModelOptions(1000, 3, 224));
        assertThat(summary.parameters()).isEqualTo(11_689_512);
        assertThat(summary.rows()).hasSize(68);
        assertThat(summary.rows().get(10).layer()).isEqualTo("BasicBlock-11");
        assertThat(counted(summary.rows().get(67))).isEqualTo("Linear-68 [-1, 1000] 513000");
        assertThat(summary.table(Locale.ENGLISH))
                .contains("Input size (MB): 0.57")
                .contains("Forward/backward pass size (MB): 62.79")
                .contains("Params size (MB): 44.59")
                .contains("Estimated Total Size (MB): 107.96");
    }

    @ParameterizedTest
    @ValueSource(strings = {"resnet18", "resnet50"})
    void everyRowIsWhatHooksSeeInTorchvision(String name) {
        JsonNode golden = GoldenFile.json("engine/summary").get(name);
        ModelOptions options = new ModelOptions(
                golden.get("classes").asInt(), 3, golden.get("size").asInt());
        List<String> expected = new ArrayList<>();
        for (JsonNode row : golden.get("rows")) {
            List<Long> shape = new ArrayList<>();
            row.get(1).forEach(length -> shape.add(length.asLong()));
            expected.add(row.get(0).asText() + " " + shape + " " + row.get(2).asLong());
        }
        assertThat(Models.summary(name, options).rows().stream().map(ModelSummaryTest::counted))
                .containsExactlyElementsOf(expected);
        try (Classifier model = Models.create(name, options)) {
            assertThat(ModelSummary.of(model, options)).isEqualTo(Models.summary(name, options));
        }
    }

    private static String counted(ModelSummary.Row row) {
        return row.layer() + " " + row.outputShape() + " " + row.parameters();
    }

    static List<String> families() {
        return GoldenFile.json("models/macs").properties().stream()
                .map(Map.Entry::getKey)
                .toList();
    }

    /** What PyTorch's own counter finds in the reference: convolutions, products of matrices, attention. */
    @ParameterizedTest
    @MethodSource("families")
    void multiplyAddsAreWhatPyTorchCounts(String name) {
        int size = name.equals("alexnet_classic") ? 227 : 224;
        ModelSummary summary = Models.summary(name, new ModelOptions(1000, 3, size));
        assertThat(summary.multiplyAdds())
                .isEqualTo(GoldenFile.json("models/macs").get(name).asLong());
    }

    @Test
    void everyFamilyIsCounted() {
        assertThat(families()).containsExactlyInAnyOrderElementsOf(Models.names());
    }

    /** 195 and 212 of table 1 of Araujo et al., 2019; their ResNet-50 has its strides elsewhere, torchvision's sees 427. */
    @ParameterizedTest
    @CsvSource({"alexnet,195", "vgg16,212", "resnet18,435", "resnet50,427", "simple_cnn,10"})
    void receptiveFieldsAreTheKnownOnes(String name, long pixels) {
        assertThat(Models.summary(name, new ModelOptions(10, 3, 224)).receptiveField())
                .isEqualTo(pixels);
    }

    /** With no weight below zero, and no maximum taken, every pixel that a number sees moves it. */
    @ParameterizedTest
    @CsvSource({"resnet18,layer2", "mobilenet_v2,features.7"})
    void aNumberSeesThePixelsThatMoveIt(String name, String layer) {
        ModelOptions options = new ModelOptions(3, 3, 129).with(ModelOptions.Stem.SMALL);
        try (Classifier model = Models.create(name, options)) {
            NoGrad.run(() -> Scope.run(() -> model.state().parameters().values().stream()
                    .filter(weight -> weight.dim() == 4)
                    .forEach(weight -> weight.fill_(new Scalar(weight.size(0) / (double) weight.numel())))));
            ModelSummary.Row row = ModelSummary.of(model, options).rows().stream()
                    .filter(candidate -> candidate.name().startsWith(layer))
                    .reduce((first, second) -> second)
                    .orElseThrow();
            model.eval();
            assertThat(Scope.call(() -> moving(model, row.name()))).isEqualTo(row.receptiveField());
        }
    }

    /** Height of the part of the picture that the number in the middle of a layer's first map has a gradient for. */
    private static long moving(Classifier model, String layer) {
        Tensor images = torch.ones(1, 3, 129, 129).mul(new Scalar(0.1)).requires_grad_(true);
        Map<Layer, String> names = model.names();
        List<Tensor> maps = new ArrayList<>();
        LayerWatcher.watch(
                (watched, input, output) -> {
                    if (layer.equals(names.get(watched))) {
                        maps.add(output.clone());
                    }
                },
                () -> model.forward(new ModelInput(images.clone())));
        Tensor middle = maps.get(0).select(0, 0).select(0, 0);
        middle.select(0, middle.size(0) / 2).select(0, middle.size(1) / 2).backward();
        return images.grad().ne(new Scalar(0)).any(1).any(2).sum().item_long();
    }

    @Test
    void theArithmeticIsThatOfThePaper() {
        ModelSummary summary = Models.summary("alexnet_classic", new ModelOptions(10, 3, 227));
        assertThat(summary.rows().stream().map(ModelSummary.Row::arithmetic).filter(text -> !text.isEmpty()))
                .startsWith(
                        "(227 + 2*0 - 11)/4 + 1 = 55",
                        "(55 + 2*0 - 3)/2 + 1 = 27",
                        "(27 + 2*2 - 5)/1 + 1 = 27",
                        "(27 + 2*0 - 3)/2 + 1 = 13")
                .contains("9216 -> 4096");
        assertThat(new Window(11, 4, 0, Window.Rounding.DOWN).arithmetic(224))
                .isEqualTo("(224 + 2*0 - 11)/4 + 1 = 54.25 -> 54");
        assertThat(new Window(3, 2, 0, Window.Rounding.UP).arithmetic(56))
                .isEqualTo("(56 + 2*0 - 3)/2 + 1 = 27.5 -> 28");
        assertThat(new Window(3, 2, 0, Window.Rounding.SAME).arithmetic(225)).isEqualTo("ceil(225/2) = 113");
    }

    @Test
    void whereOneLayerHoldsMostItIsNamed() {
        ModelSummary summary = Models.summary("simple_cnn", new ModelOptions(101, 3, 224));
        assertThat(summary.heaviest().orElseThrow().name()).isEqualTo("fc1");
        assertThat(Models.summary("resnet18", new ModelOptions(101, 3, 224)).heaviest())
                .isEmpty();
    }

    @Test
    void aSummaryLeavesTheModeAndTheStatisticsAlone() {
        ModelOptions options = new ModelOptions(4, 3, 32);
        try (Classifier model = Models.create("resnet18", options)) {
            ModelSummary.of(model, options);
            assertThat(model.is_training()).isTrue();
            assertThat(model.state().tensor("bn1.num_batches_tracked").item_long())
                    .isZero();
        }
    }

    @Test
    void frozenParametersAreCountedApart() {
        ModelOptions options = new ModelOptions(4, 3, 32);
        try (Classifier model = Models.create("resnet18", options)) {
            model.state().parameters().forEach((name, p) -> p.requires_grad_(name.startsWith("fc.")));
            assertThat(ModelSummary.of(model, options).trainable()).isEqualTo(512 * 4 + 4);
        }
    }
}
