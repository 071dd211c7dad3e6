"""Golden values of transfer learning: fastai's head, split and fine_tune, timm's layer-wise decay, a trajectory of PyTorch."""
import pathlib

import timm
import torch
import torchvision
from fastai.callback.core import Callback
from fastai.callback.schedule import fine_tune  # noqa: F401, patches Learner
from fastai.data.core import DataLoaders
from fastai.data.load import DataLoader
from fastai.learner import Learner
from fastai.vision.learner import create_body, create_head, model_meta
from fastai.vision.models import xresnet
from golden_engine import fill, fill_state, numbers, write
from timm.optim import param_groups_layer_decay
from torch import nn

DECAY, WEIGHT_DECAY = 0.75, 0.05
# our name, timm's, and how the parameters' names are ours: as they are, or in the same order
LAYERS = [
    ("vit_tiny_patch16_224", "vit_tiny_patch16_224", "same"),
    ("resnet18", "resnet18", "same"),
    ("resnet50", "resnet50", "same"),
    ("resnet50v2", "resnetv2_50", "same"),
    ("efficientnetv2_b0", "tf_efficientnetv2_b0", "same"),
    ("mobilenet_v2", "mobilenetv2_100", "order"),
    ("efficientnet_b0", "efficientnet_b0", "order"),
    ("convnext_tiny", "convnext_tiny", "convnext"),
]
CONVNEXT = {"gamma": "layer_scale", "conv_dw": "block.0", "norm": "block.2", "mlp.fc1": "block.3", "mlp.fc2": "block.5"}
SPLITS = ["resnet18", "resnet50", "alexnet", "vgg16_bn", "squeezenet1_1", "xresnet18", "xresnet50"]
EPOCHS, HEAD_EPOCHS, STEPS, BATCH, LR = 3, 2, 7, 4, 2e-3
SHAPES = {"conv1.weight": (6, 4, 3, 3), "layer3.bn1.weight": (6,), "layer3.0.weight": (5, 8), "fc.weight": (5, 8)}


def head():
    """fastai's head on maps, in both modes, without dropout in training."""
    model = create_head(16, 5).double()
    keys = [f"head.{k} {'x'.join(map(str, v.shape))}" for k, v in model.state_dict().items()]
    model.load_state_dict({k: fill_state(f"head.{k}", v.shape) for k, v in model.state_dict().items()})
    maps = fill("maps", (4, 16, 3, 2))
    with torch.no_grad():
        evaluated = model.eval()(maps)
        for module in model.modules():
            if isinstance(module, nn.Dropout):
                module.p = 0.0
        trained = model.train()(maps)
    kinds = [type(m).__name__ for m in model]
    return dict(keys=keys, kinds=kinds, dropout=[0.25, 0.5], eval=numbers(evaluated), train=numbers(trained),
                running_var=numbers(model[2].running_var))


def convnext(name):
    parts = name.split(".")
    if parts[0] == "stem":
        return f"features.0.{parts[1]}.{parts[2]}"
    if parts[0] == "head":
        return name.replace("head.norm", "classifier.0").replace("head.fc", "classifier.2")
    stage = int(parts[1])
    if parts[2] == "downsample":
        return f"features.{2 * stage}.{parts[3]}.{parts[4]}"
    rest = ".".join(parts[4:])
    for theirs, ours in CONVNEXT.items():
        if rest == theirs or rest.startswith(theirs + "."):
            rest = ours + rest[len(theirs):]
            break
    return f"features.{2 * stage + 1}.{parts[3]}.{rest}"


def layer_decay():
    found = {}
    for ours, theirs, how in LAYERS:
        model = timm.create_model(theirs)
        names = {id(p): n for n, p in model.named_parameters()}
        if how == "order":
            reference = torchvision.models.get_model(ours, weights=None)
            pairs = list(zip(model.named_parameters(), reference.named_parameters(), strict=True))
            assert all(a.shape == b.shape for (_, a), (_, b) in pairs), ours
            names = {id(a): n for (_, a), (n, _) in pairs}
        elif how == "convnext":
            names = {i: convnext(n) for i, n in names.items()}
            assert set(names.values()) == {n for n, _ in torchvision.models.convnext_tiny().named_parameters()}
        groups = param_groups_layer_decay(model, weight_decay=WEIGHT_DECAY, layer_decay=DECAY,
                                          no_weight_decay_list=getattr(model, "no_weight_decay", set)())
        layers = {}
        for group in groups:
            for p in group["params"]:
                # the ends of a residual block have one dimension less in timm, so that it does not decay them
                layers[names[id(p)]] = [group["lr_scale"], group["weight_decay"]]
        found[ours] = layers
    return found


def splits():
    """The last parameter of the first of fastai's groups, for the families that it splits in three."""
    found = {}
    for name in SPLITS:
        arch = getattr(xresnet, name) if name.startswith("x") else getattr(torchvision.models, name)
        model = arch()
        meta = model_meta[arch]
        whole = nn.Sequential(create_body(model, cut=meta["cut"]), nn.Identity())
        names = {id(p): n for n, p in model.named_parameters()}
        found[name] = [[names[id(p)] for p in group] for group in meta["split"](whole)[:2]]
    return found


class Rates(Callback):
    """Writes down what every step is made with."""

    def __init__(self):
        super().__init__()
        self.steps = []

    def after_pred(self):
        if not self.training:
            return
        self.steps.append(dict(lr=[h["lr"] for h in self.opt.hypers], momentum=self.opt.hypers[-1]["mom"],
                               frozen=self.opt.frozen_idx,
                               learns=[all(p.requires_grad for p in group) for group in self.opt.param_lists]))


def rates():
    torch.manual_seed(0)
    data = [(torch.randn(4), torch.randn(1)) for _ in range(STEPS * BATCH)]
    dls = DataLoaders(DataLoader(data, bs=BATCH), DataLoader(data, bs=BATCH))
    model = nn.Sequential(nn.Linear(4, 4), nn.Linear(4, 4), nn.Linear(4, 1))
    recorder = Rates()
    learn = Learner(dls, model, loss_func=nn.MSELoss(), splitter=lambda m: [list(l.parameters()) for l in m], cbs=[recorder])
    with learn.no_bar(), learn.no_logging():
        learn.fine_tune(EPOCHS, base_lr=LR, freeze_epochs=HEAD_EPOCHS)
    return recorder.steps


def trajectory(steps):
    """PyTorch's AdamW with these rates: the head and the norm alone, then a new optimizer and everything."""
    parameters = {k: fill(k, s).float().requires_grad_(True) for k, s in SHAPES.items()}
    third = {"conv1.weight": 0, "layer3.bn1.weight": 1, "layer3.0.weight": 1, "fc.weight": 2}
    optimizer, found = None, []
    for number, step in enumerate(steps):
        if number in (0, HEAD_EPOCHS * STEPS):
            optimizer = torch.optim.AdamW([dict(params=[p], weight_decay=0.0 if p.ndim < 2 else 0.01, name=k)
                                           for k, p in parameters.items()], foreach=False)
        for group in optimizer.param_groups:
            learns = step["learns"][third[group["name"]]] or group["name"].endswith("bn1.weight")
            group["lr"], group["betas"] = step["lr"][third[group["name"]]], (step["momentum"], 0.999)
            p = parameters[group["name"]]
            p.grad = fill(f"grad{number}.{group['name']}", p.shape).float() if learns else None
        optimizer.step()
        if number in (0, HEAD_EPOCHS * STEPS - 1, HEAD_EPOCHS * STEPS, len(steps) - 1):
            found.append(dict(step=number, parameters={k: numbers(p) for k, p in parameters.items()}))
    return found


def generate(out: pathlib.Path) -> None:
    torch.set_num_threads(1)
    write(out, "head", head())
    write(out, "layer_decay", dict(decay=DECAY, weight_decay=WEIGHT_DECAY, models=layer_decay()))
    write(out, "splits", splits())
    steps = rates()
    write(out, "fine_tune", dict(epochs=EPOCHS, head_epochs=HEAD_EPOCHS, steps=STEPS, batch=BATCH, lr=LR, rates=steps))
    write(out, "trajectory", trajectory(steps))
