package io.sichter.model;

import static io.sichter.model.Architecture.Option.DROPOUT;
import static io.sichter.model.Architecture.Option.DROP_PATH;
import static io.sichter.model.Architecture.Option.KERAS_NORM;
import static io.sichter.model.Architecture.Option.LAYERS;
import static io.sichter.model.Architecture.Option.SMALL_STEM;

import io.sichter.config.ModelConfig;
import io.sichter.model.ModelOptions.Stem;
import io.sichter.nn.Skeleton;
import io.sichter.registry.Registry;
import io.sichter.tensor.Device;
import io.sichter.tensor.Precision;
import io.sichter.tensor.Scope;
import java.util.List;
import java.util.Set;

/** The architectures by name. */
public final class Models {
    /** Up to so many pixels {@code auto} takes the first layers for small pictures. */
    private static final int SMALL_PICTURE = 64;

    private static final Registry<Architecture> REGISTRY = register();

    /** No architecture of its own: what it is, the options say. */
    private static final Architecture OWN_LAYERS = Architecture.dense(LayerNetwork::new, LAYERS);

    private Models() {}

    private static Registry<Architecture> register() {
        Registry<Architecture> registry = new Registry<>("model");
        registry.register("simple_cnn", Architecture.dense(SimpleCnn::new))
                .register("light_cnn", Architecture.dense(LightCnn::new, DROPOUT, KERAS_NORM))
                .register("light_cnn_separable", Architecture.depthwise(LightCnn::new, DROPOUT, KERAS_NORM))
                .register("alexnet", Architecture.dense(AlexNet::new, DROPOUT))
                .register("alexnet_classic", Architecture.dense(AlexNetClassic::new));
        for (int layers : new int[] {11, 13, 16, 19}) {
            registry.register("vgg" + layers, Architecture.dense(Vgg::new, DROPOUT))
                    .register("vgg" + layers + "_bn", Architecture.dense(Vgg::new, DROPOUT));
        }
        for (int layers : new int[] {18, 34, 50, 101}) {
            registry.register("resnet" + layers, Architecture.dense(ResNet::new, SMALL_STEM));
        }
        registry.register("resnet50v2", Architecture.dense(ResNetV2::new, DROPOUT, DROP_PATH));
        for (int layers : new int[] {18, 34, 50}) {
            registry.register("xresnet" + layers, Architecture.dense(XResNet::new, DROPOUT, SMALL_STEM));
        }
        registry.register("squeezenet1_1", Architecture.dense(SqueezeNet::new, DROPOUT))
                .register("mobilenet_v2", Architecture.depthwise(MobileNetV2::new, DROPOUT, SMALL_STEM))
                .register("mobilenet_v3_small", Architecture.depthwise(MobileNetV3::new, DROPOUT, SMALL_STEM))
                .register("mobilenet_v3_large", Architecture.depthwise(MobileNetV3::new, DROPOUT, SMALL_STEM));
        for (String name : List.of("b0", "b1", "b2", "b3", "v2_s")) {
            registry.register(
                    "efficientnet_" + name, Architecture.depthwise(EfficientNet::new, DROPOUT, DROP_PATH, SMALL_STEM));
        }
        return registry.register(
                        "efficientnetv2_b0",
                        Architecture.depthwise(EfficientNetV2::new, DROPOUT, DROP_PATH, SMALL_STEM))
                .register("convnext_tiny", Architecture.dense(ConvNeXt::new, DROP_PATH))
                .register("vit_tiny_patch16_224", Architecture.dense(VisionTransformer::new, DROPOUT, DROP_PATH))
                .register("vit_small_patch16_224", Architecture.dense(VisionTransformer::new, DROPOUT, DROP_PATH));
    }

    private static Architecture architecture(String name) {
        return name.equals(ModelConfig.OWN_LAYERS) ? OWN_LAYERS : REGISTRY.get(name);
    }

    /** Names of all architectures. */
    public static List<String> names() {
        return REGISTRY.names();
    }

    /**
     * The options that have an effect on an architecture.
     *
     * @throws io.sichter.error.UsageException if there is no such name
     */
    public static Set<Architecture.Option> takes(String name) {
        return architecture(name).takes();
    }

    /**
     * Builds a network with fresh weights drawn from libtorch's generator (see {@code Generators.seed}), on the
     * processor, in training mode.
     *
     * @return the network, owned by the caller, who closes it
     * @throws io.sichter.error.UsageException if there is no such name, the pictures are too small for the network, or an
     *     option has no effect on it
     */
    public static Classifier create(String name, ModelOptions options) {
        Architecture architecture = architecture(name);
        architecture.requireEffect(name, options);
        return Scope.call(() -> Scope.release(architecture.factory().create(name, options)));
    }

    /**
     * Layers, shapes, parameters and megabytes of an architecture, without drawing or storing its weights.
     *
     * @throws io.sichter.error.UsageException if there is no such name, or the pictures are too small for the network
     */
    public static ModelSummary summary(String name, ModelOptions options) {
        try (Classifier model = Skeleton.call(() -> create(name, options))) {
            return ModelSummary.of(model, options);
        }
    }

    /**
     * What an architecture computes from one picture, step by step, without drawing its weights.
     *
     * @throws io.sichter.error.UsageException if there is no such name, or the pictures are too small for the network
     */
    public static NetworkGraph graph(String name, ModelOptions options) {
        try (Classifier model = Skeleton.call(() -> create(name, options))) {
            return GraphBuilder.of(GraphTracer.run(model, options)).graph(name);
        }
    }

    /**
     * The precision that a configuration asks for, see {@link Architecture#precision}.
     *
     * @throws io.sichter.error.UsageException if there is no such name or precision
     */
    public static Precision precision(String name, String requested, Device device) {
        return architecture(name).precision(requested, device);
    }

    /**
     * The first layers that {@code auto} stands for where weights are drawn: for pictures of up to 64 pixels those that
     * do not shrink them, if the family has such.
     *
     * @throws io.sichter.error.UsageException if there is no such name
     */
    public static Stem stem(String name, int imageSize) {
        boolean small = imageSize <= SMALL_PICTURE && architecture(name).takes().contains(SMALL_STEM);
        return small ? Stem.SMALL : Stem.IMAGENET;
    }
}
