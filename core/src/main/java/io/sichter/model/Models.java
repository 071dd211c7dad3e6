package io.sichter.model;

import static io.sichter.model.Architecture.Option.DROPOUT;
import static io.sichter.model.Architecture.Option.DROP_PATH;
import static io.sichter.model.Architecture.Option.KERAS_NORM;
import static io.sichter.model.Architecture.Option.LAYERS;
import static io.sichter.model.Architecture.Option.SMALL_STEM;

import io.sichter.config.ModelConfig;
import io.sichter.model.ModelOptions.Head;
import io.sichter.model.ModelOptions.Stem;
import io.sichter.model.PretrainedWeights.FirstLayer;
import io.sichter.nn.Skeleton;
import io.sichter.registry.Registry;
import io.sichter.storage.WeightsFile;
import io.sichter.tensor.Device;
import io.sichter.tensor.Precision;
import io.sichter.tensor.Scope;
import java.util.List;
import java.util.Set;

/** The architectures by name. */
public final class Models {
    /** Up to so many pixels {@code auto} takes the first layers for small pictures. */
    private static final int SMALL_PICTURE = 64;

    /** Those of ImageNet. */
    private static final int CLASSES = 1000;

    private static final int COLOURS = 3;

    private static final Registry<Architecture> REGISTRY = register();

    /** No architecture of its own: what it is, the options say. */
    private static final Architecture OWN_LAYERS = Architecture.dense(Family.OWN, LayerNetwork::new, LAYERS);

    private Models() {}

    private static Registry<Architecture> register() {
        Registry<Architecture> registry = new Registry<>("model");
        registry.register("simple_cnn", Architecture.dense(Family.SIMPLE_CNN, SimpleCnn::new))
                .register("light_cnn", Architecture.dense(Family.LIGHT_CNN, LightCnn::new, DROPOUT, KERAS_NORM))
                .register(
                        "light_cnn_separable",
                        Architecture.depthwise(Family.LIGHT_CNN, LightCnn::new, DROPOUT, KERAS_NORM))
                .register("alexnet", Architecture.dense(Family.ALEXNET, AlexNet::new, DROPOUT))
                .register("alexnet_classic", Architecture.dense(Family.ALEXNET_CLASSIC, AlexNetClassic::new));
        for (int layers : new int[] {11, 13, 16, 19}) {
            registry.register("vgg" + layers, Architecture.dense(Family.VGG, Vgg::new, DROPOUT))
                    .register("vgg" + layers + "_bn", Architecture.dense(Family.VGG, Vgg::new, DROPOUT));
        }
        for (int layers : new int[] {18, 34, 50, 101}) {
            registry.register("resnet" + layers, Architecture.dense(Family.RESNET, ResNet::new, SMALL_STEM));
        }
        registry.register("resnet50v2", Architecture.dense(Family.RESNET_V2, ResNetV2::new, DROPOUT, DROP_PATH));
        for (int layers : new int[] {18, 34, 50}) {
            registry.register(
                    "xresnet" + layers, Architecture.dense(Family.XRESNET, XResNet::new, DROPOUT, SMALL_STEM));
        }
        registry.register("squeezenet1_1", Architecture.dense(Family.SQUEEZENET, SqueezeNet::new, DROPOUT))
                .register(
                        "mobilenet_v2",
                        Architecture.depthwise(Family.MOBILENET_V2, MobileNetV2::new, DROPOUT, SMALL_STEM))
                .register(
                        "mobilenet_v3_small",
                        Architecture.depthwise(Family.MOBILENET_V3, MobileNetV3::new, DROPOUT, SMALL_STEM))
                .register(
                        "mobilenet_v3_large",
                        Architecture.depthwise(Family.MOBILENET_V3, MobileNetV3::new, DROPOUT, SMALL_STEM));
        for (String name : List.of("b0", "b1", "b2", "b3", "v2_s")) {
            Family family = name.startsWith("v2") ? Family.EFFICIENTNET_V2 : Family.EFFICIENTNET;
            registry.register(
                    "efficientnet_" + name,
                    Architecture.depthwise(family, EfficientNet::new, DROPOUT, DROP_PATH, SMALL_STEM));
        }
        return registry.register(
                        "efficientnetv2_b0",
                        Architecture.depthwise(
                                Family.EFFICIENTNET_V2, EfficientNetV2::new, DROPOUT, DROP_PATH, SMALL_STEM))
                .register("convnext_tiny", Architecture.dense(Family.CONVNEXT, ConvNeXt::new, DROP_PATH))
                .register(
                        "vit_tiny_patch16_224",
                        Architecture.dense(Family.VIT, VisionTransformer::new, DROPOUT, DROP_PATH))
                .register(
                        "vit_small_patch16_224",
                        Architecture.dense(Family.VIT, VisionTransformer::new, DROPOUT, DROP_PATH));
    }

    private static Architecture architecture(String name) {
        return name.equals(ModelConfig.OWN_LAYERS) ? OWN_LAYERS : REGISTRY.get(name);
    }

    /** Names of all architectures. */
    public static List<String> names() {
        return REGISTRY.names();
    }

    /**
     * The family of an architecture, with its paper.
     *
     * @throws io.sichter.error.UsageException if there is no such name
     */
    public static Family family(String name) {
        return REGISTRY.get(name).family();
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
        return Scope.call(() -> {
            Classifier published = Scope.release(architecture.factory().create(name, options));
            return options.head() == Head.LINEAR
                    ? published
                    : Scope.release(new ConcatPoolClassifier(published, options));
        });
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
     * Checks that weights fit an architecture, whatever their number of classes.
     *
     * @param imageSize side of the pictures they are for, on which the positions of a transformer depend
     * @throws io.sichter.error.UsageException if there is no such name
     * @throws io.sichter.error.StorageException naming every tensor that is missing, not known, or of another shape
     */
    public static void requireFit(String name, WeightsFile file, int imageSize) {
        try (Classifier model = Skeleton.call(() -> create(name, new ModelOptions(CLASSES, COLOURS, imageSize)))) {
            new PretrainedWeights(file).loadInto(model, new PretrainedWeights.Head.Replaced(), FirstLayer.EXACT);
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
     * The precision of evaluation and prediction, see {@link Architecture#inferencePrecision}.
     *
     * @throws io.sichter.error.UsageException if there is no such name or precision
     */
    public static Precision inferencePrecision(String name, String requested, Device device) {
        return architecture(name).inferencePrecision(requested, device);
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
