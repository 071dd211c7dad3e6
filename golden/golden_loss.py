"""Golden values and gradients of losses, from PyTorch, timm and, where neither has the loss, its equation."""
import pathlib

import torch
import torch.nn.functional as F
from golden_engine import fill, numbers, write
from timm.loss import AsymmetricLossMultiLabel
from timm.loss import BinaryCrossEntropy as TimmBce

N, K = 6, 7
HARD = torch.tensor([0, 6, 3, 3, 1, 5])
WEIGHTS = [0.5, 1.0, 2.0, 0.25, 1.5, 1.0, 3.0]


def shares():
    """Rows that sum to one, as mixing gives them."""
    values = fill("shares", (N, K)).abs() ** 3
    return values / values.sum(1, keepdim=True)


def several():
    """Some classes there, some not."""
    return (fill("several", (N, K)) > 0.3).double()


def one_hot(targets):
    return F.one_hot(targets, K).double() if targets.ndim == 1 else targets


def focal(x, t, gamma, alpha=None):
    p = x.softmax(1)
    each = -((1 - p) ** gamma) * p.log() * one_hot(t)
    if alpha:
        each = each * torch.tensor(alpha, dtype=x.dtype)
    return each.sum(1).mean()


def gce(x, t, q):
    return ((1 - x.softmax(1) ** q) / q * one_hot(t)).sum(1).mean()


def timm_bce(x, t, smoothing):
    return TimmBce(smoothing=smoothing)(x, t)


class Asl(AsymmetricLossMultiLabel):
    """timm's, which asks for float(): here that is float64."""

    def forward(self, x, y):
        kept, torch.Tensor.float = torch.Tensor.float, torch.Tensor.double
        try:
            return super().forward(x, y)
        finally:
            torch.Tensor.float = kept


def cases():
    w = torch.tensor(WEIGHTS, dtype=torch.float64)
    ce = F.cross_entropy
    table = [
        ("cross_entropy", {}, [], HARD, lambda x, t: ce(x, t)),
        ("cross_entropy", {}, WEIGHTS, HARD, lambda x, t: ce(x, t, w)),
        ("cross_entropy", dict(label_smoothing=0.1), [], HARD, lambda x, t: ce(x, t, label_smoothing=0.1)),
        ("cross_entropy", dict(label_smoothing=0.2), WEIGHTS, HARD, lambda x, t: ce(x, t, w, label_smoothing=0.2)),
        ("cross_entropy", {}, [], shares(), lambda x, t: ce(x, t)),
        ("cross_entropy", dict(label_smoothing=0.1), WEIGHTS, shares(), lambda x, t: ce(x, t, w, label_smoothing=0.1)),
        ("focal", dict(gamma=2.0), [], HARD, lambda x, t: focal(x, t, 2.0)),
        ("focal", dict(gamma=0.5, alpha=WEIGHTS), [], HARD, lambda x, t: focal(x, t, 0.5, WEIGHTS)),
        ("focal", dict(gamma=0.0), [], HARD, lambda x, t: ce(x, t)),
        ("focal", dict(gamma=1.5), [], shares(), lambda x, t: focal(x, t, 1.5)),
        ("gce", dict(q=0.7), [], HARD, lambda x, t: gce(x, t, 0.7)),
        ("gce", dict(q=1.0), [], HARD, lambda x, t: 0.5 * F.l1_loss(x.softmax(1), one_hot(t), reduction="sum") / N),
        ("gce", dict(q=0.3), [], shares(), lambda x, t: gce(x, t, 0.3)),
        ("bce", {}, [], several(), lambda x, t: F.binary_cross_entropy_with_logits(x, t)),
        ("bce", {}, WEIGHTS, several(), lambda x, t: F.binary_cross_entropy_with_logits(x, t, w)),
        ("bce", dict(label_smoothing=0.1), [], HARD, lambda x, t: timm_bce(x, t, 0.1)),
        ("bce", {}, [], HARD, lambda x, t: timm_bce(x, t, 0.0)),
        ("asymmetric", {}, [], several(), lambda x, t: Asl()(x, t)),
        ("asymmetric", dict(gamma_pos=0.0, gamma_neg=2.0, clip=0.0), [], several(),
         lambda x, t: Asl(gamma_neg=2, gamma_pos=0, clip=0)(x, t)),
        ("asymmetric", {}, [], HARD, lambda x, t: Asl()(x, one_hot(t))),
    ]
    found = []
    for name, options, weights, targets, loss in table:
        logits = (3 * fill("logits", (N, K))).requires_grad_(True)
        value = loss(logits, targets)
        value.backward()
        found.append(dict(name=name, options=options, weights=weights, loss=value.item(),
                          targets=targets.tolist() if targets.ndim == 1 else numbers(targets),
                          gradient=numbers(logits.grad)))
    return found


def generate(out: pathlib.Path) -> None:
    torch.set_num_threads(1)
    write(out, "losses", cases())
