package io.sichter.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.sichter.nn.BatchNorm2d;
import io.sichter.nn.Conv2d;
import io.sichter.nn.Linear;
import io.sichter.nn.Skeleton;
import io.sichter.tensor.Autocast;
import io.sichter.tensor.Device;
import io.sichter.tensor.NoGrad;
import io.sichter.tensor.Precision;
import io.sichter.tensor.Scope;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FoldingTest {
    /** Norms that follow no convolution stay: after ReLU, and at the beginning of a block whose input is a sum. */
    @ParameterizedTest
    @CsvSource({
        "alexnet,64,0",
        "vgg11_bn,64,0",
        "resnet18,64,0",
        "resnet50,64,0",
        "resnet50v2,64,17",
        "xresnet18,64,0",
        "xresnet50,64,0",
        "squeezenet1_1,64,0",
        "mobilenet_v2,64,0",
        "mobilenet_v3_small,64,0",
        "mobilenet_v3_large,64,0",
        "efficientnet_b0,64,0",
        "efficientnetv2_b0,65,0",
        "efficientnet_v2_s,64,0",
        "convnext_tiny,64,0",
        "vit_tiny_patch16_224,32,0",
        "light_cnn,32,3",
        "light_cnn_separable,32,3",
        "simple_cnn,32,0"
    })
    void theScoresStayToTheFifthDigit(String name, int size, int left) {
        ModelOptions options = new ModelOptions(7, 3, size);
        try (Classifier model = Skeleton.call(() -> Models.create(name, options))) {
            Filler.fill(model);
            calm(model);
            model.moveTo(Device.CPU);
            model.eval();
            AtomicInteger norms = new AtomicInteger();
            model.visit(layer -> norms.addAndGet(layer instanceof BatchNorm2d ? 1 : 0));
            NoGrad.run(() -> Scope.run(() -> {
                ModelInput input = input(4, size);
                Tensor before = model.forward(input).clone();
                Map<String, Tensor> parameters = copies(model);
                assertThat(Folding.fold(model, 1, 3, size, size)).isEqualTo(norms.get() - left);
                Tensor after = model.forward(input);
                assertThat(distance(after, before)).isLessThan(1e-5);
                assertThat(after.equal(before)).isEqualTo(norms.get() == left); // something was done, or nothing to do
                parameters.forEach(
                        (key, value) -> assertThat(model.state().tensor(key).equal(value))
                                .as(key)
                                .isTrue());
            }));
        }
    }

    /** With the filler's weights as they are, some networks are chaotic: they make a rounding a thousand times larger. */
    private static void calm(Classifier model) {
        NoGrad.run(() -> Scope.run(() -> model.state().parameters().values().stream()
                .filter(parameter -> parameter.dim() > 1)
                .forEach(parameter -> parameter.mul_(new Scalar(0.75)))));
    }

    /** What is left is rounding: in float64 there is a billion times less of it. */
    @ParameterizedTest
    @ValueSource(strings = {"resnet18", "mobilenet_v2", "xresnet18", "resnet50v2", "efficientnetv2_b0"})
    void inFloat64TheScoresStayToTheTwelfthDigit(String name) {
        try (Classifier model = Skeleton.call(() -> Models.create(name, new ModelOptions(7, 3, 32)))) {
            model.to(torch.ScalarType.Double, false);
            Filler.fill(model);
            model.eval();
            NoGrad.run(() -> Scope.run(() -> {
                ModelInput input = new ModelInput(Filler.tensor("input", 1, 3, 32, 32));
                Tensor before = model.forward(input).clone();
                assertThat(Folding.fold(model, 1, 3, 32, 32)).isPositive();
                Tensor after = model.forward(input);
                assertThat(after.sub(before).abs().max().item_double()
                                / before.abs().max().item_double())
                        .isLessThan(1e-12);
            }));
        }
    }

    private static Map<String, Tensor> copies(Classifier model) {
        Map<String, Tensor> copies = new HashMap<>();
        model.state().tensors().forEach((name, tensor) -> copies.put(name, tensor.clone()));
        return copies;
    }

    private static ModelInput input(long batch, long size) {
        return new ModelInput(Filler.tensor("input", batch, 3, size, size)
                .to(torch.ScalarType.Float)
                .contiguous(torch.MemoryFormat.ChannelsLast));
    }

    /** The largest difference beside the largest score. */
    private static double distance(Tensor found, Tensor expected) {
        return found.to(torch.ScalarType.Float).sub(expected).abs().max().item_double()
                / expected.abs().max().item_double();
    }

    @Test
    void trainingIsLeftAlone() {
        try (Classifier model = Models.create("resnet18", new ModelOptions(5, 3, 32));
                Classifier plain = Models.create("resnet18", new ModelOptions(5, 3, 32))) {
            List.of(model, plain).forEach(Filler::fill);
            model.eval();
            Folding.fold(model, 1, 3, 32, 32);
            List.of(model, plain).forEach(network -> network.train(true));
            NoGrad.run(
                    () -> Scope.run(() -> assertThat(model.forward(input(4, 32)).equal(plain.forward(input(4, 32))))
                            .isTrue()));
        }
    }

    /** Rounding to bfloat16 happens at other places, not more of it. */
    @Test
    void inBfloat16TheScoresAreAsGoodAsBefore() {
        try (Classifier model = Models.create("resnet18", new ModelOptions(50, 3, 64))) {
            Filler.fill(model);
            model.moveTo(Device.CPU);
            model.eval();
            NoGrad.run(() -> Scope.run(() -> {
                ModelInput input = input(8, 64);
                Tensor exact = model.forward(input).clone();
                Tensor plain = Autocast.call(Device.CPU, Precision.BF16, () -> model.forward(input));
                double before = distance(plain, exact);
                Folding.fold(model, 1, 3, 64, 64);
                Tensor folded = Autocast.call(Device.CPU, Precision.BF16, () -> model.forward(input));
                assertThat(distance(folded, exact)).isLessThan(2 * before);
            }));
        }
    }

    /** What a convolution gives is used a second time, where no trace sees it: the proof afterwards does. */
    @Test
    void whatCannotBeFoldedIsNot() {
        try (Classifier model = Scope.call(() -> Scope.release(new Shortcut()))) {
            Filler.fill(model);
            model.eval();
            NoGrad.run(() -> Scope.run(() -> {
                Tensor before = model.forward(input(2, 8)).clone();
                assertThat(Folding.fold(model, 1, 3, 8, 8)).isZero();
                assertThat(model.forward(input(2, 8)).equal(before)).isTrue();
            }));
        }
    }

    private static final class Shortcut extends Classifier {
        private final Conv2d conv = add("conv", Conv2d.of(3, 4, 3, 1, 1, true));
        private final BatchNorm2d norm = add("norm", BatchNorm2d.of(4));
        private final Linear fc = add("fc", Linear.of(4, 2));

        Shortcut() {
            super("shortcut", 2);
        }

        @Override
        public Tensor forward(ModelInput input) {
            return fc.apply(features(input).mean(new long[] {2, 3}));
        }

        @Override
        public Tensor features(ModelInput input) {
            Tensor maps = conv.apply(input.images());
            return norm.apply(maps).add(maps);
        }

        @Override
        public List<List<String>> layerGroups() {
            return groupsFrom(List.of("conv.", "fc."));
        }
    }
}
