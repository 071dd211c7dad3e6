package io.sichter.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sichter.error.UsageException;
import io.sichter.tensor.Scope;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelsTest {
    @ParameterizedTest
    @CsvSource({"simple_cnn,4,3", "resnet18,17,11", "resnet34,17,11", "resnet50,17,11"})
    void smallestPicturesFitAndSmallerOnesAreRefusedWithTheArithmetic(String name, int size, int classes) {
        try (Classifier model = Models.create(name, new ModelOptions(classes, 3, size))) {
            model.eval();
            Scope.run(() -> assertThat(model.forward(new ModelInput(torch.zeros(2, 3, size, size)))
                            .shape())
                    .containsExactly(2, classes));
        }
        assertThatThrownBy(() -> Models.create(name, new ModelOptions(classes, 3, size - 1)))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("too small for " + name)
                .hasMessageContaining((size - 1) + " -> ");
    }

    @ParameterizedTest
    @CsvSource({"simple_cnn,1", "resnet18,6"})
    void otherNumbersOfChannelsAreTaken(String name, int channels) {
        try (Classifier model = Models.create(name, new ModelOptions(5, channels, 32))) {
            Scope.run(() -> assertThat(model.forward(new ModelInput(torch.zeros(2, channels, 32, 32)))
                            .shape())
                    .containsExactly(2, 5));
        }
    }

    @ParameterizedTest
    @CsvSource({"simple_cnn,3", "resnet18,6", "resnet50,6"})
    void layerGroupsHoldEveryParameterOnce(String name, int groups) {
        try (Classifier model = Models.create(name, new ModelOptions(5, 3, 32))) {
            assertThat(model.layerGroups()).hasSize(groups);
            assertThat(model.layerGroups().stream().flatMap(java.util.List::stream))
                    .containsExactlyElementsOf(model.state().parameters().keySet());
        }
    }

    @Test
    void anUnknownNameIsAnsweredWithTheNearest() {
        assertThatThrownBy(() -> Models.create("resnet81", new ModelOptions(5, 3, 32)))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("resnet18");
    }

    @Test
    void optionsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new ModelOptions(0, 3, 32)).isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> new ModelOptions(2, 0, 32)).isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> new ModelOptions(2, 3, 0)).isInstanceOf(UsageException.class);
    }
}
