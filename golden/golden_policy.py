"""Golden values of gradient clipping and of the moving average of weights, from PyTorch and timm."""
import pathlib

import torch
from golden_engine import fill, numbers, write
from timm.utils import ModelEmaV3
from timm.utils.agc import adaptive_clip_grad

SHAPES = {"conv.weight": (6, 4, 3, 3), "fc.weight": (5, 8), "fc.bias": (5,)}


def clipped(kind, limit):
    parameters = {k: (0.2 * fill(k, s)).requires_grad_(True) for k, s in SHAPES.items()}
    for k, p in parameters.items():
        p.grad = fill(f"grad.{k}", p.shape) * (0.001 if k == "fc.weight" else 1)
    values = list(parameters.values())
    if kind == "norm":
        torch.nn.utils.clip_grad_norm_(values, limit)
    elif kind == "value":
        torch.nn.utils.clip_grad_value_(values, limit)
    else:
        adaptive_clip_grad(values, clip_factor=limit)
    return dict(kind=kind, limit=limit, gradients={k: numbers(p.grad) for k, p in parameters.items()})


def averaged(decay, warmup):
    """The average of weights that the filler moves, with running statistics and a counter among them."""
    model = torch.nn.BatchNorm2d(5).double()
    found = ModelEmaV3(model, decay=decay, use_warmup=warmup)
    decays, weights = [], []
    for update in range(1, 13):
        with torch.no_grad():
            model.weight.copy_(fill(f"weight{update}", (5,)))
            model.running_var.copy_(1 + 0.5 * fill(f"running_var{update}", (5,)))
            model.num_batches_tracked.fill_(update)
        decays.append(float(found.get_decay(update)))
        found.update(model, step=update)
        weights.append(numbers(found.module.weight) + numbers(found.module.running_var))
    return dict(decay=decay, warmup=warmup, decays=decays, weights=weights)


def generate(out: pathlib.Path) -> None:
    torch.set_num_threads(1)
    write(out, "clip", [clipped("norm", 1.0), clipped("norm", 1e6), clipped("value", 0.3), clipped("adaptive", 0.02)])
    write(out, "average", [averaged(0.9998, True), averaged(0.5, True), averaged(0.9, False)])
