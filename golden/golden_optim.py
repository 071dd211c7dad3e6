"""Golden values of optimizers after ten steps, from PyTorch and timm."""
import pathlib

import timm.optim
import torch
import torch.optim._muon as reference_muon
from golden_engine import fill, numbers, write

SHAPES = {"conv.weight": (6, 4, 3, 3), "fc.weight": (5, 8), "norm.weight": (6,), "fc.bias": (5,)}


class Float32Torch:
    """torch, but where Muon asks for bfloat16 it gets float32."""

    bfloat16 = torch.float32

    def __getattr__(self, name):
        return getattr(torch, name)


class Muon:
    """PyTorch's Muon for the matrices, AdamW for the rest; a convolution's weight counts as a matrix."""

    def __init__(self, groups, lr, betas=(0.9, 0.999), **options):
        self.views, self.originals, others = [], [], []
        for group in groups:
            for p in group["params"]:
                if p.ndim < 2:
                    others.append(dict(params=[p], weight_decay=group["weight_decay"]))
                else:
                    self.originals.append(p)
                    self.views.append(dict(params=[p.detach().reshape(p.shape[0], -1).requires_grad_(True)],
                                           weight_decay=group["weight_decay"]))
        self.muon = torch.optim.Muon(self.views, lr=lr, adjust_lr_fn="match_rms_adamw", **options)
        self.adamw = torch.optim.AdamW(others, lr=lr, betas=betas, foreach=False)
        self.param_groups = self.muon.param_groups + self.adamw.param_groups

    def step(self):
        for view, original in zip(self.views, self.originals):
            view["params"][0].grad = original.grad.reshape(original.shape[0], -1)
        self.muon.step()
        self.adamw.step()
        with torch.no_grad():
            for view, original in zip(self.views, self.originals):
                original.copy_(view["params"][0].reshape(original.shape))


def trajectory(make, decay, spared, multiplied):
    parameters = {k: fill(k, s).float().requires_grad_(True) for k, s in SHAPES.items()}
    groups = [dict(params=[p], weight_decay=0.0 if k in spared else decay) for k, p in parameters.items()]
    optimizer = make(groups)
    factors = {id(p): multiplied.get(k.split(".")[0], 1.0) for k, p in parameters.items()}
    for step in range(10):
        for group in optimizer.param_groups:
            group["lr"] = 0.1 / (step + 1) * factors.get(id(group["params"][0]), 1.0)
        for k, p in parameters.items():
            p.grad = fill(f"grad{step}.{k}", p.shape).float()
        optimizer.step()
    return {k: numbers(p) for k, p in parameters.items()}


def cases():
    o, t = torch.optim, timm.optim
    single = dict(foreach=False)
    everything, spared = (), ("norm.weight", "fc.bias")
    table = [
        ("rmsprop", dict(momentum=0.0, alpha=0.99, eps=1e-8), 0.0, everything, {},
         lambda g: o.RMSprop(g, lr=0.1, alpha=0.99, eps=1e-8, **single)),
        ("rmsprop", dict(momentum=0.9, alpha=0.9, eps=1e-3), 0.01, everything, {},
         lambda g: o.RMSprop(g, lr=0.1, alpha=0.9, eps=1e-3, momentum=0.9, **single)),
        ("rmsprop_tf", dict(momentum=0.9, alpha=0.9, eps=1e-3), 0.01, everything, {},
         lambda g: t.RMSpropTF(g, lr=0.1, alpha=0.9, eps=1e-3, momentum=0.9, **single)),
        ("rmsprop_tf", dict(momentum=0.0, alpha=0.99, eps=1e-8), 0.0, everything, {},
         lambda g: t.RMSpropTF(g, lr=0.1, alpha=0.99, eps=1e-8, **single)),
        ("radam", dict(betas=[0.9, 0.999], eps=1e-8), 0.0, everything, {}, lambda g: o.RAdam(g, lr=0.1, **single)),
        ("radam", dict(betas=[0.8, 0.9], eps=1e-6), 0.05, spared, {},
         lambda g: o.RAdam(g, lr=0.1, betas=(0.8, 0.9), eps=1e-6, **single)),
        ("lamb", dict(betas=[0.9, 0.999], eps=1e-6), 0.01, everything, {},
         lambda g: t.Lamb(g, lr=0.1, **single)),
        ("lamb", dict(betas=[0.8, 0.99], eps=1e-6), 0.1, spared, {},
         lambda g: t.Lamb(g, lr=0.1, betas=(0.8, 0.99), **single)),
        ("lion", dict(betas=[0.9, 0.99]), 0.1, everything, {}, lambda g: t.Lion(g, lr=0.1, foreach=False)),
        ("lion", dict(betas=[0.95, 0.98]), 0.0, everything, {},
         lambda g: t.Lion(g, lr=0.1, betas=(0.95, 0.98), foreach=False)),
        ("muon", dict(momentum=0.95, betas=[0.9, 0.999], eps=1e-8), 0.1, everything, {},
         lambda g: Muon(g, lr=0.1, momentum=0.95)),
        ("muon", dict(momentum=0.8, betas=[0.9, 0.999], eps=1e-8), 0.1, spared, {},
         lambda g: Muon(g, lr=0.1, momentum=0.8)),
        ("sgd", dict(momentum=0.9), 0.01, spared, {"fc": 10.0, "conv": 0.1},
         lambda g: o.SGD(g, lr=0.1, momentum=0.9, **single)),
        ("adamw", dict(), 0.3, spared, {"fc": 10.0}, lambda g: o.AdamW(g, lr=0.1, **single)),
        ("adam", dict(), 0.3, ("fc.bias",), {}, lambda g: o.Adam(g, lr=0.1, **single)),
    ]
    found = []
    for name, options, decay, unspoilt, multiplied, make in table:
        kinds = [] if not unspoilt else ["bias"] if len(unspoilt) == 1 else ["norm", "bias"]
        found.append(dict(name=name, weight_decay=decay, no_decay=kinds,
                          groups=[{k: {"lr": v}} for k, v in multiplied.items()], **options,
                          parameters=trajectory(make, decay, unspoilt, multiplied)))
    return found


def generate(out: pathlib.Path) -> None:
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    reference_muon.torch = Float32Torch()
    write(out, "optimizers", cases())
