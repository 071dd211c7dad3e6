package io.sichter.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sichter.config.ConfigLayer;
import io.sichter.config.ConfigReader;
import io.sichter.config.ConfigWriter;
import io.sichter.config.LayerSpec;
import io.sichter.config.RunConfig;
import io.sichter.error.UsageException;
import io.sichter.nn.LayerWatcher;
import io.sichter.tensor.Generators;
import io.sichter.tensor.NoGrad;
import io.sichter.tensor.Scope;
import io.sichter.tensor.TensorData;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Networks that a file lists layer by layer. */
class LayerNetworkTest {
    /** The course notes' network as a list. */
    private static final String SIMPLE_CNN = """
            model:
              name: layers
              image_size: 32
              layers:
                - conv: {name: conv1, out: 32, kernel: 3, padding: 1}
                - relu
                - max_pool: 2
                - conv: {name: conv2, out: 64, kernel: 3, padding: 1}
                - relu
                - max_pool: 2
                - flatten
                - linear: {name: fc1, out: 512}
                - relu
                - linear: {name: fc2, out: classes}
            """;

    private static final String RESIDUAL = """
            model:
              name: layers
              image_size: 16
              layers:
                - conv: {out: 8, kernel: 3, padding: 1, bias: false}
                - residual:
                    - relu
                    - conv: {out: 8, kernel: 3, padding: 1}
                    - batch_norm
                - residual:
                    body:
                      - conv: {out: 12, kernel: 3, stride: 2, padding: 1}
                      - batch_norm: {eps: 0.001}
                      - dropout: 0.1
                    shortcut:
                      - avg_pool: 2
                      - conv: {out: 12, kernel: 1, groups: 4}
                - silu
                - adaptive_avg_pool
                - flatten
                - linear: classes
            """;

    private static RunConfig config(String yaml) {
        return ConfigReader.resolve(RunConfig.defaults(), List.of(new ConfigLayer.Document("net.yaml", yaml)));
    }

    private static Classifier create(String yaml, int classes) {
        Blueprint blueprint = Blueprint.of(config(yaml).model(), classes);
        return Models.create(blueprint.architecture(), blueprint.options());
    }

    @Test
    void theListOfSimpleCnnIsSimpleCnn() {
        Generators.seed(3);
        try (Classifier own = create(SIMPLE_CNN, 7)) {
            Generators.seed(3);
            try (Classifier named = Models.create("simple_cnn", new ModelOptions(7, 3, 32))) {
                assertThat(own.state().parameterCount()).isEqualTo(named.state().parameterCount());
                assertThat(own.state().tensors().keySet())
                        .containsExactlyElementsOf(named.state().tensors().keySet());
                assertSameScores(own, named, 32); // drawn alike
                Filler.fill(named);
                assertThat(differ(own, named, 32)).isTrue();
                Scope.run(() -> own.state().load(values(named)));
                assertSameScores(own, named, 32);
            }
        }
    }

    private static Map<String, TensorData> values(Classifier model) {
        Map<String, TensorData> values = new HashMap<>();
        model.state().tensors().forEach((name, tensor) -> values.put(name, TensorData.of(tensor)));
        return values;
    }

    private static void assertSameScores(Classifier one, Classifier other, int size) {
        assertThat(differ(one, other, size)).isFalse();
    }

    private static boolean differ(Classifier one, Classifier other, int size) {
        return NoGrad.call(() -> Scope.call(() -> {
            Tensor images = Filler.tensor("input", 2, 3, size, size).to(torch.ScalarType.Float);
            return !one.forward(new ModelInput(images)).equal(other.forward(new ModelInput(images)));
        }));
    }

    /** An activation computed in place must change neither the picture nor what the shortcut hands on. */
    @Test
    void aShortcutHandsOnWhatCameIn() {
        try (Classifier model = create(RESIDUAL, 5)) {
            model.eval();
            NoGrad.run(() -> Scope.run(() -> {
                Tensor images = Filler.tensor("input", 2, 3, 16, 16).to(torch.ScalarType.Float);
                Tensor before = images.clone();
                model.state().tensor("1.body.2.weight").zero_(); // the body gives its bias, which is 0
                Tensor maps = torch.conv2d(
                        images,
                        model.state().tensor("0.weight"),
                        new TensorOptional(),
                        new long[] {1, 1},
                        new long[] {1, 1},
                        new long[] {1, 1},
                        1);
                Tensor[] handedOn = new Tensor[1];
                LayerWatcher.watch(
                        (layer, input, output) -> {
                            if ("1".equals(model.names().get(layer))) {
                                handedOn[0] = output.clone();
                            }
                        },
                        () -> model.forward(new ModelInput(images)));
                assertThat(handedOn[0].allclose(maps)).isTrue();
                assertThat(maps.lt(new Scalar(0)).any().item_bool()).isTrue();
                assertThat(images.equal(before)).isTrue();
            }));
        }
    }

    @Test
    void aResidualTrainsAndIsInTheGraph() {
        try (Classifier model = create(RESIDUAL, 5)) {
            assertThat(model.layerGroups()).hasSize(4);
            assertThat(model.state().parameters())
                    .containsKeys("1.body.1.weight", "2.shortcut.1.weight", "6.bias")
                    .doesNotContainKey("0.bias");
            Scope.run(() -> {
                Tensor images = Filler.tensor("input", 2, 3, 16, 16).to(torch.ScalarType.Float);
                model.forward(new ModelInput(images)).sum().backward();
                model.state()
                        .parameters()
                        .forEach((name, weight) ->
                                assertThat(weight.grad().defined()).as(name).isTrue());
                assertThat(model.features(new ModelInput(images)).shape()).containsExactly(2, 12, 8, 8);
            });
        }
        NetworkGraph graph = Blueprint.of(config(RESIDUAL).model(), 5).graph();
        List<Operation> sums =
                graph.operations().stream().filter(o -> o.type().equals("+")).toList();
        assertThat(sums).hasSize(2).allSatisfy(sum -> assertThat(sum.inputs()).hasSize(2));
        assertThat(sums.get(1).size()).isEqualTo("12 x 8 x 8");
        assertThat(sums.get(1).blocks()).containsExactly("2");
    }

    @Test
    void whatWasWrittenIsReadBack() {
        for (String yaml : List.of(SIMPLE_CNN, RESIDUAL)) {
            RunConfig config = config(yaml);
            String written = ConfigWriter.write(config);
            assertThat(config(written)).isEqualTo(config);
            assertThat(LayerSpec.read(LayerSpec.write(config.model().layers())))
                    .isEqualTo(config.model().layers());
        }
        assertThat(ConfigWriter.write(config(RESIDUAL)).lines().map(String::strip))
                .contains("- avg_pool: 2", "- relu", "shortcut:", "- adaptive_avg_pool");
    }

    /** The arithmetic of seed 003. */
    @Test
    void aPictureOfTheWrongSizeIsToldTheRightOne() {
        String alexnet = """
                model:
                  name: layers
                  image_size: 224
                  layers:
                    - conv: {out: 96, kernel: 11, stride: 4}
                    - max_pool: {kernel: 3, stride: 2}
                    - conv: {out: 256, kernel: 5, padding: 2}
                    - max_pool: {kernel: 3, stride: 2}
                    - max_pool: {kernel: 3, stride: 2}
                    - flatten
                    - linear: {name: fc1, in: 9216, out: classes}
                """;
        assertThatThrownBy(() -> create(alexnet, 10))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("fc1 expects 9216 features, got 6400 from 224 px: 224 -> 54 -> 26 -> 12 -> 5")
                .hasMessageContaining("Use 227 px")
                .hasMessageContaining("227 to 258")
                .hasMessageContaining("net.yaml:11:7");
        try (Classifier fits = create(alexnet.replace("224", "227"), 10)) {
            assertThat(fits.state().tensor("fc1.weight").size(1)).isEqualTo(9216);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "- convv: {out: 3, kernel: 3}|Did you mean \"conv\"|net.yaml:5:7",
                "- conv: {out: 3, kernl: 3}|Did you mean \"kernel\"|net.yaml:5:7",
                "- conv: {kernel: 3}|conv 0 at net.yaml:5:7 needs out|",
                "- conv: {out: 3, kernel: 99}|(16 + 2*0 - 99)/1 + 1|net.yaml:5:7",
                "- conv: {out: 4, kernel: 3, groups: 2}|2 groups, 3 channels in, 4 out|",
                "- conv: {out: x, kernel: 3}|a whole number, 1 to 1048576|",
                "- linear: classes|flatten would make 768 numbers|",
                "- dropout: 1.5|0 to below 1|",
                "- residual: [conv: {out: 8, kernel: 1}]|8 x 16 x 16 through its layers, 3 x 16 x 16|",
                "- residual: [relu, convv]|Unknown layer at net.yaml:5:24|",
                "- relu: {name: a.b}|a.b|",
                "- relu|gives 3 x 16 x 16|5 numbers",
            })
    void mistakesAreNamedWithWhereTheyStand(String layer, String message, String more) {
        String yaml = "model:\n  name: layers\n  image_size: 16\n  layers:\n    " + layer + "\n";
        assertThatThrownBy(() -> create(yaml, 5))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(message)
                .hasMessageContaining(more == null ? "" : more);
        assertThatThrownBy(() -> create(yaml, 5)).satisfies(e -> assertThat(
                        ((UsageException) e).problem().problem().in(Locale.GERMAN))
                .isNotEmpty());
    }

    @Test
    void twoNetworksAreRefused() {
        assertThatThrownBy(() -> config("model: {name: resnet18, layers: [relu]}"))
                .hasMessageContaining("model.name=resnet18 and 1 layer under")
                .hasMessageContaining("net.yaml:1:33");
        assertThatThrownBy(() -> config("model: {name: layers}")).hasMessageContaining("has no layers");
        assertThatThrownBy(() -> Models.create(
                        "resnet18", new ModelOptions(3, 3, 32).with(List.of(LayerSpec.of("relu", Map.of())))))
                .hasMessageContaining("model.layers");
    }
}
