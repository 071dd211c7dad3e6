package io.sichter.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.sichter.config.OptimizerConfig;
import io.sichter.loss.CrossEntropy;
import io.sichter.optim.Optimizer;
import io.sichter.optim.Optimizers;
import io.sichter.tensor.Autocast;
import io.sichter.tensor.Device;
import io.sichter.tensor.Generators;
import io.sichter.tensor.NoGrad;
import io.sichter.tensor.Precision;
import io.sichter.tensor.Scope;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** All pieces of a training step together: what they must learn, and what they must not keep. */
class LearningTest {
    private static final int CLASSES = 4;

    /** Numbers of one picture after the other, and the class of each. */
    @SuppressWarnings("ArrayRecordComponent") // go to libtorch as they are; compared by nobody
    private record Pictures(float[] pixels, long[] classes, int size) {
        Tensor images() {
            return Tensor.create(pixels, classes.length, 3, size, size).contiguous(torch.MemoryFormat.ChannelsLast);
        }

        Tensor targets() {
            return Tensor.create(classes.clone());
        }
    }

    /** Noise, with one quarter of the picture brighter: which one is the class. */
    private static Pictures quarters(long seed, int count, int size) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] pixels = new float[count * 3 * size * size];
        long[] classes = random.longs(count, 0, CLASSES).toArray();
        for (int i = 0; i < pixels.length; i++) {
            int x = i % size;
            int y = i / size % size;
            int quarter = (2 * y / size) * 2 + 2 * x / size;
            boolean bright = quarter == classes[i / (3 * size * size)];
            pixels[i] = (float) (2 * random.nextDouble() - 1 + (bright ? 1 : 0));
        }
        return new Pictures(pixels, classes, size);
    }

    private static Optimizer adamw(Classifier model, double lr) {
        return Optimizers.create(model.state().parameters(), OptimizerConfig.of("adamw", lr, 0.01));
    }

    private static double step(Classifier model, Optimizer optimizer, Pictures pictures, Precision precision) {
        return Scope.call(() -> {
            optimizer.zeroGrad();
            Tensor loss = Autocast.call(Device.CPU, precision, () -> new CrossEntropy()
                    .compute(model.forward(new ModelInput(pictures.images())), pictures.targets()));
            loss.backward();
            optimizer.step(1e-3);
            return loss.item_double();
        });
    }

    private static double train(Classifier model, int steps, Precision precision, IntFunction<Pictures> batch) {
        double loss = Double.NaN;
        try (Optimizer optimizer = adamw(model, 1e-3)) {
            for (int i = 0; i < steps; i++) {
                loss = step(model, optimizer, batch.apply(i), precision);
            }
        }
        return loss;
    }

    /** SqueezeNet rectifies its scores, so that one of its classes may stay at zero. */
    @ParameterizedTest
    @CsvSource({
        "simple_cnn,32,40,0.05",
        "light_cnn,32,80,0.05",
        "light_cnn_separable,32,80,0.05",
        "resnet18,32,20,0.05",
        "resnet50v2,32,12,0.05",
        "xresnet18,32,12,0.05",
        "squeezenet1_1,32,120,0.5",
        "mobilenet_v2,32,25,0.05",
        "mobilenet_v3_small,32,25,0.05",
        "efficientnet_b0,32,25,0.05",
        "efficientnetv2_b0,32,20,0.05",
        "convnext_tiny,32,12,0.05",
        "vit_tiny_patch16_224,32,25,0.05"
    })
    void oneBatchIsLearntByHeart(String name, int size, int steps, double bound) {
        Generators.seed(1);
        ModelOptions options = new ModelOptions(CLASSES, 3, size);
        options = Models.takes(name).contains(Architecture.Option.DROPOUT) ? options.withDropout(0) : options;
        options = Models.takes(name).contains(Architecture.Option.DROP_PATH) ? options.withDropPath(0) : options;
        try (Classifier model = Models.create(name, options)) {
            model.moveTo(Device.CPU);
            Pictures batch = quarters(1, 8, size);
            assertThat(train(model, steps, Precision.FP32, i -> batch)).isLessThan(bound);
        }
    }

    /** Their hundred million weights take too long to learn a batch by heart. */
    @ParameterizedTest
    @CsvSource({"alexnet,63,5", "vgg11_bn,32,4"})
    void theLargestBeginToLearn(String name, int size, int steps) {
        Generators.seed(1);
        try (Classifier model = Models.create(name, new ModelOptions(CLASSES, 3, size).withDropout(0));
                Optimizer optimizer = Optimizers.create(
                        model.state().parameters(),
                        new OptimizerConfig(
                                "sgd",
                                0.01,
                                0,
                                false,
                                List.of(0.9, 0.999),
                                1e-8,
                                0.99,
                                0,
                                List.of(),
                                List.of(),
                                1,
                                1))) {
            model.moveTo(Device.CPU);
            Pictures batch = quarters(1, 8, size);
            double first = step(model, optimizer, batch, Precision.FP32);
            double last = first;
            for (int i = 1; i < steps; i++) {
                last = step(model, optimizer, batch, Precision.FP32);
            }
            assertThat(last).isLessThan(first);
        }
    }

    @ParameterizedTest
    @CsvSource({"simple_cnn,FP32,60", "resnet18,FP32,40", "resnet18,BF16,40"})
    void whatIsLearntHoldsForNewPictures(String name, Precision precision, int steps) {
        Generators.seed(2);
        try (Classifier model = Models.create(name, new ModelOptions(CLASSES, 3, 32))) {
            model.moveTo(Device.CPU);
            train(model, steps, precision, i -> quarters(100 + i, 16, 32));
            Pictures fresh = quarters(3, 64, 32);
            model.eval();
            double right = NoGrad.call(() -> Scope.call(() -> {
                Tensor logits = model.forward(new ModelInput(fresh.images()));
                return logits.argmax(new org.bytedeco.pytorch.LongOptional(1), false)
                        .eq(fresh.targets())
                        .sum()
                        .item_double();
            }));
            assertThat(right / 64).isGreaterThanOrEqualTo(0.9);
        }
    }

    /** Native objects are counted exactly; memory must be flat besides, as libtorch's own is not in that count. */
    @Test
    void fiveHundredStepsKeepNothing() throws Exception {
        Pictures batch = quarters(1, 16, 16);
        try (Classifier model = Models.create("simple_cnn", new ModelOptions(CLASSES, 3, 16))) {
            model.moveTo(Device.CPU);
            try (Optimizer optimizer = adamw(model, 1e-4)) {
                for (int i = 0; i < 100; i++) {
                    step(model, optimizer, batch, i % 2 == 0 ? Precision.BF16 : Precision.FP32);
                }
                long objects = Pointer.totalCount();
                long memory = residentMib();
                for (int i = 0; i < 500; i++) {
                    step(model, optimizer, batch, i % 2 == 0 ? Precision.BF16 : Precision.FP32);
                }
                assertThat(Pointer.totalCount()).isEqualTo(objects);
                assertThat(residentMib() - memory).isLessThan(Math.max(32, memory * 3 / 100));
            }
        }
    }

    /** What tests before this one left to the collector must not go away while objects are counted. */
    private static long countAfterCollection() throws InterruptedException {
        long before;
        long now = Pointer.totalCount();
        do {
            before = now;
            System.gc();
            Thread.sleep(200);
            now = Pointer.totalCount();
        } while (now < before);
        return now;
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple_cnn", "resnet18"})
    void closedNetworksAndOptimizersKeepNothing(String name) throws Exception {
        ModelOptions options = new ModelOptions(CLASSES, 3, 32);
        Pictures batch = quarters(1, 4, 32);
        long objects = 0;
        long memory = 0;
        for (int i = 0; i < 12; i++) {
            if (i == 4) {
                objects = countAfterCollection();
                memory = residentMib();
            }
            try (Classifier model = Models.create(name, options)) {
                model.moveTo(Device.CPU);
                train(model, 1, Precision.FP32, k -> batch);
                ModelSummary.of(model, options);
            }
        }
        assertThat(Pointer.totalCount()).isEqualTo(objects);
        assertThat(residentMib() - memory).isLessThan(64);
    }

    private static long residentMib() throws Exception {
        Path statm = Path.of("/proc/self/statm");
        if (!Files.exists(statm)) {
            return 0; // elsewhere than on Linux only objects are counted
        }
        System.gc();
        long pages = Long.parseLong(Files.readString(statm).split(" ", -1)[1]);
        return pages * 4 / 1024;
    }
}
