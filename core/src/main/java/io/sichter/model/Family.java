package io.sichter.model;

/** A family of architectures and the paper it comes from. */
public enum Family {
    /** Two convolutions and two linear layers, as introductions to PyTorch have it. */
    SIMPLE_CNN(
            "Simple CNN",
            "LeCun et al.",
            "Gradient-Based Learning Applied to Document Recognition",
            1998,
            "https://doi.org/10.1109/5.726791"),
    /** A list of layers of one's own; the paper is that of the first networks of convolutions. */
    OWN(
            "Own layers",
            "LeCun et al.",
            "Gradient-Based Learning Applied to Document Recognition",
            1998,
            "https://doi.org/10.1109/5.726791"),
    /** Three convolutions and global average pooling. */
    LIGHT_CNN("Light CNN", "Lin et al.", "Network In Network", 2014, "https://arxiv.org/abs/1312.4400"),
    /** In torchvision's form. */
    ALEXNET(
            "AlexNet",
            "Krizhevsky",
            "One weird trick for parallelizing convolutional neural networks",
            2014,
            "https://arxiv.org/abs/1404.5997"),
    /** As first published, in one column. */
    ALEXNET_CLASSIC(
            "AlexNet",
            "Krizhevsky et al.",
            "ImageNet Classification with Deep Convolutional Neural Networks",
            2012,
            "https://papers.nips.cc/paper/4824-imagenet-classification-with-deep-convolutional-neural-networks"),
    /** Stacks of 3x3 convolutions. */
    VGG(
            "VGG",
            "Simonyan and Zisserman",
            "Very Deep Convolutional Networks for Large-Scale Image Recognition",
            2015,
            "https://arxiv.org/abs/1409.1556"),
    /** Shortcuts around two or three convolutions. */
    RESNET(
            "ResNet",
            "He et al.",
            "Deep Residual Learning for Image Recognition",
            2016,
            "https://arxiv.org/abs/1512.03385"),
    /** Normalisation and activation before the convolution. */
    RESNET_V2(
            "ResNet v2",
            "He et al.",
            "Identity Mappings in Deep Residual Networks",
            2016,
            "https://arxiv.org/abs/1603.05027"),
    /** ResNet with the small changes that fastai uses. */
    XRESNET(
            "XResNet",
            "He et al.",
            "Bag of Tricks for Image Classification with Convolutional Neural Networks",
            2019,
            "https://arxiv.org/abs/1812.01187"),
    /** 1x1 convolutions that squeeze, 1x1 and 3x3 that expand. */
    SQUEEZENET(
            "SqueezeNet",
            "Iandola et al.",
            "SqueezeNet: AlexNet-level accuracy with 50x fewer parameters",
            2016,
            "https://arxiv.org/abs/1602.07360"),
    /** Inverted residuals. */
    MOBILENET_V2(
            "MobileNet v2",
            "Sandler et al.",
            "MobileNetV2: Inverted Residuals and Linear Bottlenecks",
            2018,
            "https://arxiv.org/abs/1801.04381"),
    /** Inverted residuals with squeeze and excitation, found by search. */
    MOBILENET_V3(
            "MobileNet v3", "Howard et al.", "Searching for MobileNetV3", 2019, "https://arxiv.org/abs/1905.02244"),
    /** Depth, width and picture grow together. */
    EFFICIENTNET(
            "EfficientNet",
            "Tan and Le",
            "EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks",
            2019,
            "https://arxiv.org/abs/1905.11946"),
    /** Fused blocks at the beginning, trained on growing pictures. */
    EFFICIENTNET_V2(
            "EfficientNet v2",
            "Tan and Le",
            "EfficientNetV2: Smaller Models and Faster Training",
            2021,
            "https://arxiv.org/abs/2104.00298"),
    /** A convolutional network designed like a transformer. */
    CONVNEXT("ConvNeXt", "Liu et al.", "A ConvNet for the 2020s", 2022, "https://arxiv.org/abs/2201.03545"),
    /** A transformer over patches. */
    VIT(
            "Vision Transformer",
            "Dosovitskiy et al.",
            "An Image is Worth 16x16 Words: Transformers for Image Recognition at Scale",
            2021,
            "https://arxiv.org/abs/2010.11929");

    private final String title;
    private final String authors;
    private final String paper;
    private final int year;
    private final String address;

    /**
     * Where a family was published.
     *
     * @param authors the first of them, or both
     * @param title of the paper
     * @param year of publication
     * @param address where it can be read
     */
    public record Paper(String authors, String title, int year, String address) {}

    Family(String title, String authors, String paper, int year, String address) {
        this.title = title;
        this.authors = authors;
        this.paper = paper;
        this.year = year;
        this.address = address;
    }

    /** Its name for people. */
    public String title() {
        return title;
    }

    /** Its paper. */
    public Paper paper() {
        return new Paper(authors, paper, year, address);
    }
}
