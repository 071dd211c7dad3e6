"""Expected pictures of the transforms: torchvision.transforms.v2 on PIL images, and Pillow itself for 16 bit and float.

Inputs are drawn here; every output is lossless. cases.json names the files and the parameters.
"""

from __future__ import annotations

import json
import pathlib

import numpy as np
import PIL.Image
import torch
from torchvision.transforms import InterpolationMode
from torchvision.transforms.v2 import RandomResizedCrop
from torchvision.transforms.v2 import functional as F


def picture(height: int, width: int, channels: int, seed: int) -> PIL.Image.Image:
    """Gradients, a disc, stripes one pixel wide and some noise."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float64)
    noise = np.random.RandomState(seed)
    planes = []
    for c in range(channels):
        plane = 255 * (x * (c + 1) / (3 * width) + y * (3 - c) / (4 * height)) / 1.5
        disc = (x - width * 0.6) ** 2 + (y - height * (0.3 + 0.1 * c)) ** 2 < (min(height, width) / 4) ** 2
        plane[disc] = 250 - 60 * c
        plane[(x % 7 == c) & (y > height * 0.7)] = 255 if c == 1 else 0
        plane += noise.randint(-6, 7, size=plane.shape)
        planes.append(np.clip(plane, 0, 255).astype(np.uint8))
    if channels == 1:
        return PIL.Image.fromarray(planes[0])
    return PIL.Image.fromarray(np.stack(planes, axis=2))


INPUTS = {
    "landscape": (97, 141, 3, 1),
    "portrait": (131, 83, 3, 2),
    "grey": (75, 101, 1, 3),
    "square": (64, 64, 3, 4),
    "tiny": (5, 3, 3, 5),
    "pixel": (1, 1, 3, 6),
    "line": (2, 150, 3, 7),
}

RESIZES = [
    *((name, size) for name in ("landscape", "portrait", "grey", "square") for size in (32, [48, 48], [17, 200], 120)),
    ("landscape", [97, 60]),
    ("landscape", [40, 141]),
    ("square", 64),
    ("tiny", 24),
    ("tiny", [2, 2]),
    ("tiny", [31, 7]),
    ("pixel", [9, 9]),
    ("line", 3),
    ("line", [32, 32]),
]
CENTER_CROPS = [
    (name, size)
    for name in ("landscape", "portrait", "grey", "tiny")
    for size in ([64, 64], [50, 51], [128, 90], [90, 128], [150, 151])
]
RESIZED_CROPS = [
    ("landscape", [10, 21, 60, 75], [48, 48]),
    ("landscape", [0, 0, 97, 141], [64, 64]),
    ("landscape", [90, 130, 7, 11], [40, 40]),
    ("portrait", [33, 1, 97, 81], [56, 56]),
    ("grey", [5, 9, 64, 90], [33, 47]),
    ("tiny", [1, 1, 3, 2], [16, 16]),
    ("tiny", [4, 2, 1, 1], [8, 8]),
]
ROTATIONS = [
    (name, angle, interpolation, fill)
    for name in ("landscape", "square", "grey")
    for angle, interpolation, fill in (
        (10.0, "nearest", [0]),
        (-33.3, "nearest", [200]),
        (90.0, "nearest", [0]),
        (180.0, "nearest", [0]),
        (-90.0, "nearest", [7]),
        (45.0, "nearest", [0]),
        (0.0, "nearest", [9]),
        (10.0, "bilinear", [0]),
        (-33.3, "bilinear", [200]),
        (90.0, "bilinear", [0]),
        (180.0, "bilinear", [0]),
        (179.5, "bilinear", [31]),
        (-0.25, "bilinear", [77]),
    )
] + [
    ("landscape", 25.0, "nearest", [255, 128, 3]),
    ("landscape", 25.0, "bilinear", [255, 128, 3]),
    ("tiny", 20.0, "nearest", [40]),
    ("tiny", 20.0, "bilinear", [40]),
]


def generate(out: pathlib.Path) -> None:
    """Writes inputs, outputs and cases.json."""
    inputs = {name: picture(*arguments) for name, arguments in INPUTS.items()}
    for name, image in inputs.items():
        image.save(out / f"{name}.png")
    cases = []

    def add(operation: str, name: str, expected: PIL.Image.Image, **parameters: object) -> None:
        output = f"{operation}-{sum(c['operation'] == operation for c in cases):02d}.png"
        expected.save(out / output)
        cases.append({"operation": operation, "input": f"{name}.png", "output": output, **parameters})

    for name, size in RESIZES:
        add("resize", name, F.resize(inputs[name], size, antialias=True), size=size)
    for name, size in RESIZES[::2]:
        cubic = F.resize(inputs[name], size, interpolation=InterpolationMode.BICUBIC, antialias=True)
        add("resize_bicubic", name, cubic, size=size)
    for name, size in CENTER_CROPS:
        add("center_crop", name, F.center_crop(inputs[name], size), size=size)
    for name, box, size in RESIZED_CROPS:
        add("resized_crop", name, F.resized_crop(inputs[name], *box, size, antialias=True), box=box, size=size)
    for name in ("landscape", "grey", "tiny"):
        add("horizontal_flip", name, F.horizontal_flip(inputs[name]))
    for name, angle, interpolation, fill in ROTATIONS:
        mode = InterpolationMode.NEAREST if interpolation == "nearest" else InterpolationMode.BILINEAR
        rotated = F.rotate(inputs[name], angle, interpolation=mode, fill=fill)
        add("rotate", name, rotated, angle=angle, interpolation=interpolation, fill=fill)
    deep(out, cases)
    (out / "random_resized_crop.json").write_text(json.dumps(crop_statistics(), indent=1) + "\n")
    (out / "cases.json").write_text(json.dumps(cases, indent=1) + "\n")


def deep(out: pathlib.Path, cases: list[dict]) -> None:
    """16-bit and float pictures, resized by Pillow."""
    grey = np.asarray(picture(41, 57, 1, 8)).astype(np.float64)
    counts = PIL.Image.fromarray((grey * 257).astype(np.uint16))
    counts.save(out / "counts.png")
    values = PIL.Image.fromarray((grey / 37 - 2).astype(np.float32))
    for size in ([20, 20], [41, 30], [90, 57], [70, 99]):
        resized = counts.resize((size[1], size[0]), PIL.Image.Resampling.BILINEAR)
        output = f"resize16-{size[0]}x{size[1]}.png"
        resized.save(out / output)
        cases.append({"operation": "resize16", "input": "counts.png", "output": output, "size": size})
    small = values.crop((0, 0, 19, 13))
    cases.append(
        {
            "operation": "resize_float",
            "input": np.asarray(small).astype(float).tolist(),
            "output": np.asarray(small.resize((8, 21), PIL.Image.Resampling.BILINEAR)).astype(float).tolist(),
            "size": [21, 8],
        }
    )


def crop_statistics() -> list[dict]:
    """Deciles of what torchvision's RandomResizedCrop draws."""
    draws = 20_000
    result = []
    for height, width, scale, ratio in (
        (375, 500, (0.08, 1.0), (3 / 4, 4 / 3)),
        (224, 224, (0.35, 1.0), (3 / 4, 4 / 3)),
        (60, 400, (0.5, 0.9), (0.5, 1.1)),
    ):
        torch.manual_seed(1)
        crop = RandomResizedCrop(8, scale=scale, ratio=ratio)
        image = PIL.Image.new("L", (width, height))
        boxes = [crop.make_params([image]) for _ in range(draws)]
        quantities = {
            "area": [b["height"] * b["width"] / (height * width) for b in boxes],
            "log_ratio": [float(np.log(b["width"] / b["height"])) for b in boxes],
            "top": [b["top"] / height for b in boxes],
            "left": [b["left"] / width for b in boxes],
        }
        deciles = {k: np.quantile(v, np.arange(1, 10) / 10).round(6).tolist() for k, v in quantities.items()}
        result.append(
            {"height": height, "width": width, "scale": scale, "ratio": ratio, "draws": draws, "deciles": deciles}
        )
    return result
