package io.sichter.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.sichter.Configs;
import io.sichter.GoldenFile;
import io.sichter.config.OptimizerConfig;
import io.sichter.model.ModelOptions.Head;
import io.sichter.nn.Linear;
import io.sichter.nn.Skeleton;
import io.sichter.optim.DepthRates;
import io.sichter.optim.ParameterGroup;
import io.sichter.optim.ParameterGroups;
import io.sichter.tensor.Device;
import io.sichter.tensor.NoGrad;
import io.sichter.tensor.Scope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The parts of networks beside timm's and fastai's, and fastai's head. */
class PartsTest {
    private static final JsonNode DECAY = GoldenFile.json("transfer/layer_decay");

    private static Classifier skeleton(String name, Head head) {
        int size = name.equals("alexnet_classic") ? 227 : name.startsWith("vit") ? 32 : 64;
        return Skeleton.call(() -> Models.create(name, new ModelOptions(5, 3, size).with(head)));
    }

    static List<String> decayed() {
        return DECAY.get("models").properties().stream().map(Map.Entry::getKey).toList();
    }

    /** Rates and weight decay of every parameter as timm's {@code param_groups_layer_decay} has them. */
    @ParameterizedTest
    @MethodSource("decayed")
    void layersLearnAsInTimm(String name) {
        OptimizerConfig config = Configs.of("optimizer.weight_decay=" + DECAY.get("weight_decay"))
                .optimizer();
        Map<String, List<Double>> expected = new HashMap<>();
        DECAY.get("models")
                .get(name)
                .properties()
                .forEach(one -> expected.put(
                        one.getKey(),
                        List.of(
                                one.getValue().get(0).asDouble(),
                                one.getValue().get(1).asDouble())));
        try (Classifier model = skeleton(name, Head.LINEAR)) {
            Map<String, Double> factors =
                    DepthRates.layerDecay(model.layers(), DECAY.get("decay").asDouble());
            ParameterGroups groups = ParameterGroups.of(model.state().parameters(), config, factors);
            Map<String, List<Double>> found = new HashMap<>();
            for (ParameterGroup group : groups.groups()) {
                group.parameters().forEach(p -> found.put(p, List.of(group.lrMultiplier(), group.weightDecay())));
            }
            assertThat(found.keySet()).isEqualTo(expected.keySet());
            found.forEach((parameter, numbers) -> {
                List<Double> theirs = Objects.requireNonNull(expected.get(parameter), parameter);
                assertThat(numbers.get(0)).as(parameter).isCloseTo(theirs.get(0), within(1e-12));
                if (!parameter.endsWith("layer_scale")) { // a vector in timm, three dimensions in torchvision
                    assertThat(numbers.get(1)).as(parameter).isEqualTo(theirs.get(1));
                }
            });
        }
    }

    static List<String> split() {
        return GoldenFile.json("transfer/splits").properties().stream()
                .map(Map.Entry::getKey)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("split")
    void theBodyIsSplitAsInFastai(String name) {
        JsonNode golden = GoldenFile.json("transfer/splits").get(name);
        try (Classifier model = skeleton(name, Head.CONCAT_POOL)) {
            List<List<String>> thirds = model.thirds();
            assertThat(thirds).hasSize(3);
            for (int i = 0; i < 2; i++) {
                List<String> expected = new ArrayList<>();
                golden.get(i).forEach(one -> expected.add(one.asText()));
                assertThat(thirds.get(i)).as("group %d", i).containsExactlyElementsOf(expected);
            }
            assertThat(thirds.get(2)).allMatch(parameter -> parameter.startsWith("head."));
        }
    }

    static List<String> all() {
        return Models.names().stream()
                .filter(name -> !name.matches("vgg(13|16|19).*|resnet101|.*b[123]|xresnet34|vit_small.*"))
                .toList();
    }

    /** Whatever the head, every parameter is in one group, one layer and one third, in order; and it computes. */
    @ParameterizedTest
    @MethodSource("all")
    void everyFamilyHasItsPartsUnderEitherHead(String name) {
        for (Head head : Head.values()) {
            try (Classifier model = skeleton(name, head)) {
                for (List<List<String>> parts : List.of(model.layerGroups(), model.layers(), model.thirds())) {
                    assertThat(parts.stream().flatMap(List::stream))
                            .containsExactlyElementsOf(
                                    model.state().parameters().keySet());
                    assertThat(parts).hasSizeGreaterThan(1).doesNotContain(List.of());
                    assertThat(parts.get(parts.size() - 1))
                            .isEqualTo(
                                    model.layerGroups().get(model.layerGroups().size() - 1));
                }
                assertThat(model.layers().size())
                        .isGreaterThanOrEqualTo(model.layerGroups().size() - 1);
                boolean replaced = head == Head.CONCAT_POOL;
                assertThat(model.replaced().isEmpty()).isNotEqualTo(replaced);
                if (replaced) {
                    int size = name.equals("alexnet_classic") ? 227 : name.startsWith("vit") ? 32 : 64;
                    model.eval();
                    NoGrad.run(() ->
                            Scope.run(() -> assertThat(model.forward(new ModelInput(torch.zeros(2, 3, size, size)))
                                            .shape())
                                    .containsExactly(2, 5)));
                }
            }
        }
    }

    @Test
    void theHeadComputesWhatFastaisComputes() {
        JsonNode golden = GoldenFile.json("transfer/head");
        try (Classifier model = Scope.call(() -> Scope.release(
                new ConcatPoolClassifier(Scope.release(new Nothing()), new ModelOptions(5, 16, 32).withDropout(0))))) {
            model.to(torch.ScalarType.Double, false);
            model.moveTo(Device.CPU);
            Filler.fill(model);
            List<String> keys = new ArrayList<>();
            model.state()
                    .tensors()
                    .forEach((key, tensor) -> keys.add(key + " "
                            + Arrays.stream(tensor.shape())
                                    .mapToObj(Long::toString)
                                    .collect(Collectors.joining("x"))));
            assertThat(keys).containsExactlyElementsOf(texts(golden.get("keys")));
            ModelInput maps = new ModelInput(Filler.tensor("maps", 4, 16, 3, 2));
            NoGrad.run(() -> Scope.run(() -> {
                model.eval();
                assertClose(model.forward(maps), golden.get("eval"));
                model.train(true);
                assertClose(model.forward(maps), golden.get("train"));
                assertClose(model.state().tensor("head.2.running_var"), golden.get("running_var"));
            }));
            maps.images().close();
        }
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(one -> texts.add(one.asText()));
        return texts;
    }

    private static void assertClose(Tensor found, JsonNode golden) {
        double[] expected = GoldenFile.doubles(golden);
        Tensor flat = found.flatten();
        assertThat(flat.numel()).isEqualTo(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat(flat.get(i).item_double()).isCloseTo(expected[i], within(1e-9));
        }
    }

    /** A body that gives the pictures as they are. */
    private static final class Nothing extends Classifier {
        private final Linear fc = add("fc", Linear.of(1, 1));

        Nothing() {
            super("nothing", 1);
        }

        @Override
        public Tensor forward(ModelInput input) {
            return fc.apply(input.images());
        }

        @Override
        public Tensor features(ModelInput input) {
            return input.images();
        }

        @Override
        public List<List<String>> layerGroups() {
            return List.of(List.of("fc.weight", "fc.bias"));
        }
    }
}
