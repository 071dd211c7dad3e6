"""Test-time augmentation: what fastai's Learner.tta itself makes of given predictions, and torchvision's crops of a
picture.

The learner's network says for each view what it is told to; everything around it is fastai's. The picture is drawn by the
test too: channel c of the pixel in row y and column x is (7 x + 13 y + 31 c) mod 256.
"""
import contextlib
import hashlib
import json
import pathlib

import numpy as np
import torch
import fastai.callback.progress  # gives the learner no_bar
import torchvision.transforms.functional as F
from fastai.data.core import DataLoaders
from fastai.data.load import DataLoader
from fastai.learner import Learner
from fastai.losses import CrossEntropyLossFlat

SAMPLES, CLASSES = 7, 4


class Pictures:
    """As many as there are predictions; fastai switches the augmentation of a data set on and off."""

    def __len__(self):
        return SAMPLES

    def __getitem__(self, i):
        return torch.zeros(1), i % CLASSES

    @contextlib.contextmanager
    def set_split_idx(self, split):
        yield self


class Told(torch.nn.Module):
    def __init__(self, logits):
        super().__init__()
        self.logits = list(logits)
        self.unused = torch.nn.Parameter(torch.zeros(1))  # the learner looks for its device

    def forward(self, x):
        return self.logits.pop(0)


def blends():
    generator = torch.Generator().manual_seed(11)
    cases = []
    for views, beta, maximum in [(4, 0.25, False), (1, 0.25, False), (3, 0.0, False), (4, 1.0, False), (4, 0.6, False),
                                 (4, 0.25, True), (2, 0.25, True)]:
        logits = torch.randn((views + 1, SAMPLES, CLASSES), generator=generator) * 2
        loader = DataLoader(Pictures(), bs=SAMPLES)
        learner = Learner(DataLoaders(loader, loader), Told(logits), loss_func=CrossEntropyLossFlat())
        with learner.no_bar(), learner.no_logging():
            result, _ = learner.tta(dl=loader, n=views, beta=beta, use_max=maximum)
        softmax = logits.softmax(2)
        cases.append({
            "beta": beta,
            "maximum": maximum,
            "augmented": softmax[:-1].tolist(),  # fastai looks at the augmented views first
            "centre": softmax[-1].tolist(),
            "result": result.tolist(),
        })
    return cases


def crops():
    cases = []
    for height, width, size in [(37, 53, 24), (40, 30, 30), (33, 28, 21)]:
        y, x, c = np.mgrid[0:height, 0:width, 0:3]
        picture = torch.from_numpy(((7 * x + 13 * y + 31 * c) % 256).astype(np.uint8)).permute(2, 0, 1)
        views = F.ten_crop(picture, [size, size])
        hashes = [hashlib.sha256(v.permute(1, 2, 0).contiguous().numpy().tobytes()).hexdigest() for v in views]
        cases.append({"height": height, "width": width, "size": size, "sha256": hashes})
    return cases


def generate(out: pathlib.Path):
    (out / "blends.json").write_text(json.dumps(blends(), indent=1) + "\n", encoding="utf-8")
    (out / "crops.json").write_text(json.dumps(crops(), indent=1) + "\n", encoding="utf-8")
