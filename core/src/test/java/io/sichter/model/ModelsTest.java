package io.sichter.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sichter.error.UsageException;
import io.sichter.model.ModelOptions.Stem;
import io.sichter.nn.Skeleton;
import io.sichter.tensor.Device;
import io.sichter.tensor.Generators;
import io.sichter.tensor.NoGrad;
import io.sichter.tensor.Precision;
import io.sichter.tensor.Scope;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelsTest {
    @ParameterizedTest
    @CsvSource({
        "simple_cnn,4,3",
        "light_cnn,4,3",
        "alexnet,63,3",
        "vgg11,32,3",
        "resnet18,17,11",
        "resnet50,17,11",
        "resnet50v2,17,3",
        "xresnet18,17,3",
        "squeezenet1_1,17,3",
        "mobilenet_v2,17,3",
        "mobilenet_v3_small,17,3",
        "efficientnet_b0,17,3",
        "efficientnetv2_b0,17,3",
        "efficientnet_v2_s,17,3",
        "convnext_tiny,32,3"
    })
    void smallestPicturesFitAndSmallerOnesAreRefusedWithTheArithmetic(String name, int size, int classes) {
        try (Classifier model = Skeleton.call(() -> Models.create(name, new ModelOptions(classes, 3, size)))) {
            model.eval();
            NoGrad.run(() -> Scope.run(() -> assertThat(model.forward(new ModelInput(torch.zeros(2, 3, size, size)))
                            .shape())
                    .containsExactly(2, classes)));
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
    void theClassicAlexNetSaysWhichSizesGiveItsFeatures() {
        assertThatThrownBy(() -> Models.create("alexnet_classic", new ModelOptions(3, 3, 224)))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("fc1 expects 9216 features, got 6400 from 224 px: 224 -> 54 -> 26 -> 12 -> 5")
                .hasMessageContaining("227 -> 55 -> 27 -> 13 -> 6")
                .hasMessageContaining("model.image_size=227");
    }

    @Test
    void transformersWantWholePatches() {
        assertThatThrownBy(() -> Models.create("vit_tiny_patch16_224", new ModelOptions(3, 3, 100)))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("a multiple of 16")
                .hasMessageContaining("model.image_size=96");
    }

    @ParameterizedTest
    @CsvSource({
        "resnet18,4",
        "xresnet18,4",
        "mobilenet_v2,2",
        "mobilenet_v3_small,2",
        "efficientnet_b0,2",
        "efficientnetv2_b0,2",
        "efficientnet_v2_s,2"
    })
    void theStemForSmallPicturesKeepsMorePixels(String name, int factor) {
        assertThat(Models.stem(name, 64)).isEqualTo(Stem.SMALL);
        assertThat(Models.stem(name, 65)).isEqualTo(Stem.IMAGENET);
        assertThat(side(name, Stem.SMALL)).isEqualTo(factor * side(name, Stem.IMAGENET));
    }

    private static long side(String name, Stem stem) {
        try (Classifier model = Skeleton.call(() -> Models.create(name, new ModelOptions(3, 3, 32).with(stem)))) {
            model.eval();
            return NoGrad.call(() -> Scope.call(() ->
                    model.features(new ModelInput(torch.zeros(1, 3, 32, 32))).size(2)));
        }
    }

    @Test
    void optionsWithoutEffectAreRefused() {
        ModelOptions options = new ModelOptions(3, 3, 64);
        assertThatThrownBy(() -> Models.create("resnet18", options.withDropout(0.1)))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("model.dropout has no effect on resnet18")
                .hasMessageContaining("model.stem=small");
        assertThatThrownBy(() -> Models.create("vgg11", options.withDropPath(0.1)))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("model.drop_path");
        assertThatThrownBy(() -> Models.create("vgg11", options.with(Stem.SMALL)))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("model.stem=small");
        assertThatThrownBy(() -> Models.create("simple_cnn", options.with(ModelOptions.NormConstants.KERAS)))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("model.norm=keras");
        assertThatThrownBy(() -> options.withDropout(1)).isInstanceOf(UsageException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "light_cnn,true,false",
        "mobilenet_v3_small,true,false",
        "efficientnet_b0,true,true",
        "vit_tiny_patch16_224,true,true",
        "convnext_tiny,false,true"
    })
    void whatIsDroppedIsDroppedInTrainingOnly(String name, boolean numbers, boolean branches) {
        if (numbers) {
            assertDrops(name, new ModelOptions(5, 3, 32).withDropout(0.9));
        }
        if (branches) {
            assertDrops(name, new ModelOptions(5, 3, 32).withDropPath(0.9));
        }
    }

    /** Batch norm in evaluation mode, so that only what is dropped can make two passes differ. */
    private static void assertDrops(String name, ModelOptions options) {
        Generators.seed(5);
        try (Classifier model = Models.create(name, options)) {
            NoGrad.run(() -> Scope.run(() -> {
                // ConvNeXt's branches begin at a millionth
                model.state().parameters().forEach((key, parameter) -> {
                    if (key.endsWith("layer_scale")) {
                        parameter.fill_(new org.bytedeco.pytorch.Scalar(1.0));
                    }
                });
                ModelInput input = new ModelInput(torch.randn(2, 3, 32, 32));
                model.eval();
                assertThat(model.forward(input).equal(model.forward(input))).isTrue();
                model.train(true);
                model.visit(layer -> {
                    if (layer instanceof io.sichter.nn.BatchNorm2d) {
                        layer.module().eval();
                    }
                });
                assertThat(model.forward(input).equal(model.forward(input))).isFalse();
            }));
        }
    }

    @Test
    void theLightNetworkIsAsSmallAsItsNotesSay() {
        try (Classifier model = Models.create("light_cnn", new ModelOptions(5, 1, 224))) {
            long buffers = model.state().buffers().values().stream()
                    .filter(buffer -> buffer.dim() == 1)
                    .mapToLong(org.bytedeco.pytorch.Tensor::numel)
                    .sum();
            long classifier = 128 * 5 + 5;
            assertThat(model.state().parameterCount() + buffers - classifier).isEqualTo(65_312);
        }
    }

    @Test
    void autoPrecisionAvoidsBfloat16ForDepthwiseNetworksOnTheProcessor() {
        assertThat(Models.precision("mobilenet_v2", "auto", Device.CPU)).isEqualTo(Precision.FP32);
        assertThat(Models.precision("mobilenet_v2", "bf16", Device.CPU)).isEqualTo(Precision.BF16);
        assertThat(Models.precision("resnet50", "auto", Device.CPU)).isEqualTo(Precision.resolve("auto", Device.CPU));
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
