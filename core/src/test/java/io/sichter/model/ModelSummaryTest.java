package io.sichter.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sichter.GoldenFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
        assertThat(summary.rows().get(67)).isEqualTo(new ModelSummary.Row("Linear-68", List.of(-1L, 1000L), 513_000));
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
        List<ModelSummary.Row> expected = new ArrayList<>();
        for (JsonNode row : golden.get("rows")) {
            List<Long> shape = new ArrayList<>();
            row.get(1).forEach(length -> shape.add(length.asLong()));
            expected.add(
                    new ModelSummary.Row(row.get(0).asText(), shape, row.get(2).asLong()));
        }
        assertThat(Models.summary(name, options).rows()).containsExactlyElementsOf(expected);
        try (Classifier model = Models.create(name, options)) {
            assertThat(ModelSummary.of(model, options)).isEqualTo(Models.summary(name, options));
        }
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
