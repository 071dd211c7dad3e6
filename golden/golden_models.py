"""Golden values of the architectures, from torchvision, timm and fastai."""
import pathlib

import numpy as np
import timm
import torch
import torch.nn.functional as F
import torchvision
from fastai.vision.models import xresnet
from golden_engine import SimpleCNN, fill, fill_state, numbers, write
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

CLASSES = 7
BATCH = 4
TIMM = {
    "resnet50v2": "resnetv2_50",
    "efficientnetv2_b0": "tf_efficientnetv2_b0",
    "vit_tiny_patch16_224": "vit_tiny_patch16_224",
    "vit_small_patch16_224": "vit_small_patch16_224",
}
TORCHVISION = [
    *("alexnet vgg11 vgg13 vgg16 vgg19 vgg11_bn vgg13_bn vgg16_bn vgg19_bn resnet18 resnet34 resnet50 resnet101".split()),
    *("squeezenet1_1 mobilenet_v2 mobilenet_v3_small mobilenet_v3_large".split()),
    *("efficientnet_b0 efficientnet_b1 efficientnet_b2 efficientnet_b3 efficientnet_v2_s convnext_tiny".split()),
]
FASTAI = ["xresnet18", "xresnet34", "xresnet50"]
OWN = ["alexnet_classic", "light_cnn", "light_cnn_separable"]
# picture sizes that leave at least 2x2 pixels to the last batch norm
SIZES = {
    "alexnet": 67, "alexnet_classic": 227, "vgg11_bn": 64, "resnet34": 40, "resnet101": 48, "resnet50v2": 48,
    "xresnet18": 40, "xresnet50": 48, "squeezenet1_1": 40, "mobilenet_v2": 48, "mobilenet_v3_small": 48,
    "mobilenet_v3_large": 48, "efficientnet_b0": 48, "efficientnet_b2": 48, "efficientnetv2_b0": 49,
    "efficientnet_v2_s": 48, "convnext_tiny": 64, "vit_tiny_patch16_224": 48, "light_cnn": 14,
    "light_cnn_separable": 14, "efficientnet_b1": 48, "efficientnet_b3": 48, "xresnet34": 40,
    "vit_small_patch16_224": 48,
}
# of these only the maps are compared: their classifier is that of vgg11_bn, and has most of their parameters
VGG = ["vgg11", "vgg13", "vgg16", "vgg19", "vgg13_bn", "vgg16_bn", "vgg19_bn"]
VGG_SIZE = 40
# with the filler as it is, this one is chaotic: a relative change of the picture by 1e-13 changes the scores by 1e-5
GAINS = {"efficientnet_v2_s": 0.75}
LARGE = 30_000_000  # parameters from which on gradients are not compared
INITIAL = [n for n in SIZES if n not in ("alexnet_classic", "vgg11_bn", "resnet101")]


class AlexNetClassic(nn.Module):
    """The network of the original paper in one column, as course notes write it."""

    def __init__(self, classes):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 96, 11, stride=4)
        self.maxpool = nn.MaxPool2d(3, 2)
        self.conv2 = nn.Conv2d(96, 256, 5, padding=2)
        self.conv3 = nn.Conv2d(256, 384, 3, padding=1)
        self.conv4 = nn.Conv2d(384, 384, 3, padding=1)
        self.conv5 = nn.Conv2d(384, 256, 3, padding=1)
        self.fc1 = nn.Linear(9216, 4096)
        self.fc2 = nn.Linear(4096, 4096)
        self.fc3 = nn.Linear(4096, classes)

    def forward(self, x):
        x = self.maxpool(F.relu(self.conv1(x)))
        x = self.maxpool(F.relu(self.conv2(x)))
        x = F.relu(self.conv4(F.relu(self.conv3(x))))
        x = self.maxpool(F.relu(self.conv5(x))).flatten(1)
        return self.fc3(F.relu(self.fc2(F.relu(self.fc1(x)))))


class Separable(nn.Module):
    """Keras's SeparableConv2D."""

    def __init__(self, inputs, outputs):
        super().__init__()
        self.depthwise = nn.Conv2d(inputs, inputs, 3, padding=1, groups=inputs, bias=False)
        self.pointwise = nn.Conv2d(inputs, outputs, 1)

    def forward(self, x):
        return self.pointwise(self.depthwise(x))


class LightCNN(nn.Module):
    """The Keras network of the astronomer's notes: convolution, ReLU, batch norm, pooling."""

    def __init__(self, classes, separable, channels=3, eps=1e-5, momentum=0.1):
        super().__init__()
        conv = Separable if separable else (lambda i, o: nn.Conv2d(i, o, 3, padding=1))
        norm = lambda n: nn.BatchNorm2d(n, eps=eps, momentum=momentum)
        self.conv1, self.bn1 = nn.Conv2d(channels, 24, 3, padding=1), norm(24)
        self.conv2, self.bn2 = conv(24, 48), norm(48)
        self.conv3, self.bn3 = conv(48, 96), norm(96)
        self.fc1 = nn.Linear(96, 128)
        self.fc2 = nn.Linear(128, classes)

    def forward(self, x):
        x = F.max_pool2d(self.bn1(F.relu(self.conv1(x))), 2)
        x = F.max_pool2d(self.bn2(F.relu(self.conv2(x))), 2)
        x = self.bn3(F.relu(self.conv3(x)))
        return self.fc2(F.relu(self.fc1(x.mean((2, 3)))))


def build(name, classes, size):
    """The reference's network, nothing dropped."""
    if name == "alexnet_classic":
        return AlexNetClassic(classes)
    if name.startswith("light_cnn"):
        return LightCNN(classes, name.endswith("separable"))
    if name in FASTAI:
        return getattr(xresnet, name)(n_out=classes)
    if name in TIMM:
        sized = {"img_size": size} if name.startswith("vit") else {}
        return timm.create_model(TIMM[name], pretrained=False, num_classes=classes, **sized)
    dropped = {"stochastic_depth_prob": 0.0} if name.startswith(("efficientnet", "convnext")) else {}
    model = torchvision.models.get_model(name, weights=None, num_classes=classes, **dropped)
    for module in model.modules():
        if isinstance(module, nn.Dropout):
            module.p = 0.0
    return model


def forward(name, size):
    """As golden_engine's: logits in both modes, loss, gradients' sums of squares, moved statistics."""
    model = build(name, CLASSES, size).double()
    gain = GAINS.get(name, 1.0)
    state = {k: fill_state(k, tuple(v.shape)) for k, v in model.state_dict().items()}
    model.load_state_dict({k: v * gain if v.dim() > 1 else v for k, v in state.items()})
    x = fill("input", (BATCH, 3, size, size))
    y = torch.arange(BATCH) % CLASSES
    with torch.no_grad():
        evaluated = model.eval()(x)
    model.train()
    large = sum(p.numel() for p in model.parameters()) > LARGE
    with torch.set_grad_enabled(not large):
        trained = model(x)
        loss = F.cross_entropy(trained, y)
    if not large:
        loss.backward()
    return dict(
        size=size,
        gain=gain,
        batch=BATCH,
        classes=CLASSES,
        eval=numbers(evaluated),
        train=numbers(trained),
        loss=loss.item(),
        gradients={} if large else {k: p.grad.square().sum().item() for k, p in model.named_parameters()},
        buffers={k: b.double().sum().item() for k, b in model.named_buffers()},
    )


def vgg_maps(name):
    """Seven sums, weighted by the filler, over the maps of each picture, in evaluation and training."""
    with torch.device("meta"):
        features = build(name, CLASSES, VGG_SIZE).features
    features = features.to_empty(device="cpu").double()
    features.load_state_dict(
        {k: fill_state(f"features.{k}", tuple(v.shape)) for k, v in features.state_dict().items()})
    x = fill("input", (BATCH, 3, VGG_SIZE, VGG_SIZE))
    found = {}
    with torch.no_grad():
        for mode in ("eval", "train"):
            maps = features.train(mode == "train")(x).flatten(1)
            found[mode] = numbers(maps @ fill("probe", (maps.shape[1], CLASSES)))
    return found


def multiply_adds(name):
    """Half of the floating-point operations that PyTorch counts for one picture of 224 (or 227) px and 1,000 classes."""
    size = 227 if name == "alexnet_classic" else 224
    with torch.device("meta"):
        model = SimpleCNN(1000, size) if name == "simple_cnn" else build(name, 1000, size)
        for module in model.modules():
            if hasattr(module, "fused_attn"):
                module.fused_attn = False  # as two products of matrices, which are counted everywhere
        with FlopCounterMode(display=False) as counter:
            model.eval()(torch.empty(1, 3, size, size))
    return counter.get_total_flops() // 2


def keys(name):
    """Names and shapes with 1,000 classes at 224 px, as compact text."""
    with torch.device("meta"):
        model = build(name, 1000, 224)
    return [f"{k} {'x'.join(map(str, v.shape))}" for k, v in model.state_dict().items()]


def initial(name, size):
    """Mean, deviation and first value of a dozen parameters as the reference draws them from seed 7."""
    torch.manual_seed(7)
    named = list(build(name, CLASSES, size).named_parameters())
    chosen = sorted({*np.linspace(0, len(named) - 1, 12).astype(int).tolist(), len(named) - 2})
    return {
        k: [p.double().mean().item(), p.double().std().item() if p.numel() > 1 else 0.0, p.double().flatten()[0].item()]
        for k, p in (named[i] for i in chosen)
    }


def keras_norm():
    """Output and moved statistics of one training pass with Keras's constants."""
    model = LightCNN(CLASSES, False, eps=1e-3, momentum=0.01).double()
    model.load_state_dict({k: fill_state(k, tuple(v.shape)) for k, v in model.state_dict().items()})
    trained = model.train()(fill("input", (BATCH, 3, 14, 14)))
    return dict(train=numbers(trained), buffers={k: b.double().sum().item() for k, b in model.named_buffers()})


def generate(out: pathlib.Path) -> None:
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    for name, size in SIZES.items():
        write(out, f"forward_{name}", forward(name, size))
    write(out, "keys", {n: keys(n) for n in [*TORCHVISION, *TIMM, *FASTAI, *OWN]})
    write(out, "initial", {n: dict(size=SIZES[n], parameters=initial(n, SIZES[n])) for n in INITIAL})
    write(out, "keras_norm", keras_norm())
    write(out, "vgg_maps", {n: vgg_maps(n) for n in VGG})
    write(out, "macs", {n: multiply_adds(n) for n in ["simple_cnn", *TORCHVISION, *TIMM, *FASTAI, *OWN]})
