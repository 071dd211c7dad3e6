"""Automatic policies: torchvision's operations at three strengths on PIL images, its grids of strength, its tables."""

from __future__ import annotations

import json
import pathlib
import re

import numpy as np
import PIL.Image
import torch
from golden_augment import Recorder
from golden_transforms import picture
from torchvision.transforms import InterpolationMode, v2

SIZE = (41, 57)
SPACES = {
    "rand_augment": (v2.RandAugment._AUGMENTATION_SPACE, 31),
    "trivial_augment_wide": (v2.TrivialAugmentWide._AUGMENTATION_SPACE, 31),
    "aug_mix": (v2.AugMix._AUGMENTATION_SPACE, 10),
    "auto_augment": (v2.AutoAugment._AUGMENTATION_SPACE, 10),
}
NEAREST, BILINEAR = InterpolationMode.NEAREST, InterpolationMode.BILINEAR


def snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def grid(magnitudes: torch.Tensor | None, bins: int) -> list[float]:
    return [0.0] * bins if magnitudes is None else [float(m) for m in magnitudes]


def generate(out: pathlib.Path) -> None:
    """Writes input, outputs, cases.json and tables.json."""
    torch.set_num_threads(1)
    image = picture(*SIZE, 3, 21)
    image.save(out / "colour.png")
    recorder = Recorder(out)
    apply = v2.RandAugment()._apply_image_or_video_transform
    for name, (function, signed) in v2.AutoAugment._AUGMENTATION_SPACE.items():
        magnitudes = grid(function(10, *SIZE), 10)
        for bin, sign, mode in ((2, 1, NEAREST), (5, -1, BILINEAR), (9, 1, NEAREST)):
            magnitude = magnitudes[bin] * (sign if signed else 1)
            changed = apply(image, name, magnitude, mode, {})
            recorder.add(snake(name), "colour", changed, magnitude=magnitude, mode=mode.value)
    mix(recorder, image, apply)
    tables = {
        "grids": {
            space: {snake(name): grid(function(bins, *SIZE), bins) for name, (function, _) in operations.items()}
            for space, (operations, bins) in SPACES.items()
        },
        "policies": {
            policy.name.lower(): [
                [[snake(name), p, bin or 0] for name, p, bin in pair] for pair in v2.AutoAugment(policy)._policies
            ]
            for policy in v2.AutoAugmentPolicy
        },
    }
    (out / "cases.json").write_text(json.dumps(recorder.cases, indent=1) + "\n")
    (out / "tables.json").write_text(json.dumps(tables, indent=1) + "\n")


def mix(recorder: Recorder, image: PIL.Image.Image, apply) -> None:
    """AugMix's sum with given weights and chains; the operations are those on PIL images."""
    chains = [[("Rotate", 20.0), ("Equalize", 0.0)], [("ShearX", -0.2)], [("Solarize", 0.6), ("Color", 0.5)]]
    for original, weights in ((0.5, [0.2, 0.2, 0.1]), (0.05, [0.05, 0.6, 0.3]), (0.9, [0.0, 0.06, 0.04])):
        total = original * torch.from_numpy(np.array(image))
        for weight, chain in zip(weights, chains):
            version = image
            for name, magnitude in chain:
                version = apply(version, name, magnitude, BILINEAR, {})
            total.add_(weight * torch.from_numpy(np.array(version)))
        mixed = PIL.Image.fromarray(total.to(torch.uint8).numpy())
        named = [[[snake(name), magnitude] for name, magnitude in chain] for chain in chains]
        recorder.add("aug_mix", "colour", mixed, original=original, weights=weights, chains=named)
