"""Class activation maps and attention roll-out computed with PyTorch's hooks on the reference networks, in float64.

Maps are enlarged to the picture and scaled to 0..1; every fourth pixel of every fourth row is kept.
"""
import pathlib

import torch
import torch.nn.functional as F
from golden_engine import fill, fill_state, numbers, write
from golden_models import build

CLASSES = 7
# the reference's module whose output the last feature maps are
LAYERS = {"resnet18": ("layer4", 64), "mobilenet_v2": ("features", 64), "vgg11": ("features", 64),
          "squeezenet1_1": ("features", 64), "efficientnet_b0": ("features", 64)}


def ready(name, size):
    model = build(name, CLASSES, size).double().eval()
    with torch.no_grad():
        for key, value in model.state_dict().items():
            value.copy_(fill_state(key, tuple(value.shape)))
    return model


def maps(name, layer, size):
    model, kept = ready(name, size), []
    dict(model.named_modules())[layer].register_forward_hook(lambda m, i, o: kept.append(o))
    x = fill("input", (1, 3, size, size))
    scores = model(x)[0]
    for target in range(CLASSES):  # of many classes nothing in the picture speaks for them
        a = kept[0]
        g, = torch.autograd.grad(scores[target], a, retain_graph=True)
        a = a.detach()
        cam = F.relu((g.mean((2, 3), keepdim=True) * a).sum(1))
        if (cam > 0).float().mean() > 0.2:
            break
    below = 2 * g**2 + a.sum((2, 3), keepdim=True) * g**3
    alpha = torch.where(below.abs() > 1e-12, g**2 / torch.where(below.abs() > 1e-12, below, 1), 0)
    weights = (alpha * F.relu(g)).sum((2, 3), keepdim=True)
    found = {"gradcam": cam, "gradcam++": F.relu((weights * a).sum(1)), "layercam": F.relu((F.relu(g) * a).sum(1))}
    return {"size": size, "target": target,
            "maps": {key: numbers(scaled(value, size)) for key, value in found.items()}}


def scaled(value, size):
    large = F.interpolate(value[None], (size, size), mode="bilinear", align_corners=False)
    range_ = large.max() - large.min()
    large = (large - large.min()) / range_ if range_ > 0 else torch.zeros_like(large)
    return large[0, 0, ::4, ::4]


def rollout(size):
    model, attentions = ready("vit_tiny_patch16_224", size), []
    for block in model.blocks:
        block.attn.fused_attn = False
        block.attn.attn_drop.register_forward_hook(lambda m, i, o: attentions.append(i[0].mean(1)[0]))
    model(fill("input", (1, 3, size, size)))
    rolled = torch.eye(attentions[0].shape[0], dtype=torch.float64)
    for attention in attentions:
        half = 0.5 * (attention + torch.eye(attention.shape[0], dtype=torch.float64))
        rolled = half @ rolled
    side = size // 16
    return numbers(scaled(rolled[0, 1:].reshape(1, side, side), size))


def generate(out: pathlib.Path):
    torch.set_num_threads(1)
    values = {name: maps(name, layer, size) for name, (layer, size) in LAYERS.items()}
    values["vit_tiny_patch16_224"] = {"size": 64, "target": 0, "maps": {"attention": rollout(64)}}
    write(out, "maps", {"classes": CLASSES, "networks": values})
