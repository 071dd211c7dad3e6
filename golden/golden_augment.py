"""Expected pictures of the augmentations, and what torchvision and fastai draw.

Pictures: torchvision.transforms.v2.functional on PIL images, with given parameters; noise aside, which has no PIL kernel.
Draws: deciles and shares of 20,000 calls of make_params. Inputs are drawn here; every output is lossless.
"""

from __future__ import annotations

import json
import pathlib

import numpy as np
import PIL.Image
import torch
from golden_transforms import picture
from torchvision.transforms import InterpolationMode, v2
from torchvision.transforms.v2 import functional as F

MODES = {"nearest": InterpolationMode.NEAREST, "bilinear": InterpolationMode.BILINEAR}
INPUTS = {"colour": (41, 57, 3, 11), "grey": (43, 37, 1, 12), "dull": (32, 33, 3, 13)}

AFFINES = [
    # angle, translate, scale, shear, interpolation, fill
    (7.0, [3, -2], 1.0, [0.0, 0.0], "nearest", [0]),
    (-25.0, [0, 0], 0.8, [0.0, 0.0], "nearest", [9]),
    (0.0, [5, 4], 1.0, [0.0, 0.0], "nearest", [0]),
    (0.0, [0, 0], 1.3, [0.0, 0.0], "nearest", [0]),
    (0.0, [0, 0], 1.0, [12.0, -7.0], "nearest", [0]),
    (7.0, [3, -2], 1.0, [0.0, 0.0], "bilinear", [0]),
    (-25.0, [-6, 1], 0.8, [3.0, 0.0], "bilinear", [200]),
    (33.0, [0, 0], 1.7, [-15.0, 10.0], "bilinear", [0]),
]
PERSPECTIVES = [
    # inward moves of the corners in percent of width and height
    ((2, 3), (4, 1), (1, 5), (3, 2)),
    ((12, 3), (7, 14), (1, 10), (13, 6)),
    ((45, 5), (20, 40), (2, 30), (35, 48)),
]
FACTORS = (0.4, 0.93, 1.6)
PADDINGS = [
    (3, "constant", [0]),
    ([2, 5], "constant", [77]),
    ([1, 0, 4, 7], "edge", [0]),
    (6, "reflect", [0]),
    ([0, 3, 9, 2], "symmetric", [0]),
]


class Recorder:
    """Writes pictures and remembers what made them."""

    def __init__(self, out: pathlib.Path) -> None:
        self.out, self.cases = out, []

    def add(self, operation: str, name: str, expected: PIL.Image.Image, **parameters: object) -> None:
        output = f"{operation}-{sum(c['operation'] == operation for c in self.cases):02d}.png"
        expected.save(self.out / output)
        self.cases.append({"operation": operation, "input": f"{name}.png", "output": output, **parameters})


def generate(out: pathlib.Path) -> None:
    """Writes inputs, outputs, cases.json and draws.json."""
    torch.set_num_threads(1)
    inputs = {name: picture(*arguments) for name, arguments in INPUTS.items()}
    inputs["dull"] = PIL.Image.fromarray((np.asarray(inputs["dull"]) // 3 + 60).astype(np.uint8))
    for name, image in inputs.items():
        image.save(out / f"{name}.png")
    recorder = Recorder(out)
    for name in ("colour", "grey"):
        geometry(recorder, name, inputs[name])
    for name in inputs:
        colours(recorder, name, inputs[name])
    (out / "cases.json").write_text(json.dumps(recorder.cases, indent=1) + "\n")
    (out / "draws.json").write_text(json.dumps(draws(), indent=1) + "\n")


def corners(width: int, height: int, moves: tuple) -> list[list[int]]:
    """The moved corners in pixels, clockwise from the upper left one."""
    (a, b), (c, d), (e, f), (g, h) = moves
    x = lambda percent: width * percent // 100
    y = lambda percent: height * percent // 100
    right, bottom = width - 1, height - 1
    return [[x(a), y(b)], [right - x(c), y(d)], [right - x(e), bottom - y(f)], [x(g), bottom - y(h)]]


def geometry(recorder: Recorder, name: str, image: PIL.Image.Image) -> None:
    recorder.add("vertical_flip", name, F.vertical_flip(image))
    for angle, translate, scale, shear, mode, fill in AFFINES:
        moved = F.affine(image, angle, translate, scale, shear, interpolation=MODES[mode], fill=fill)
        recorder.add(
            "affine", name, moved, angle=angle, translate=translate, scale=scale, shear=shear, mode=mode, fill=fill
        )
    width, height = image.size
    start = [[0, 0], [width - 1, 0], [width - 1, height - 1], [0, height - 1]]
    for moves in PERSPECTIVES:
        end = corners(width, height, moves)
        for mode, fill in (("bilinear", [0]), ("nearest", [120])):
            moved = F.perspective(image, start, end, interpolation=MODES[mode], fill=fill)
            recorder.add("perspective", name, moved, corners=end, mode=mode, fill=fill)
    for padding, mode, fill in PADDINGS:
        padded = F.pad(image, padding, fill=fill, padding_mode=mode)
        recorder.add("pad", name, padded, padding=padding, mode=mode, fill=fill)
    erased = F.erase(image, 7, 5, 11, 19, torch.tensor([33.0]), inplace=False)
    recorder.add("erase", name, erased, box=[7, 5, 11, 19], value=33)


def colours(recorder: Recorder, name: str, image: PIL.Image.Image) -> None:
    for factor in FACTORS:
        for operation in ("brightness", "contrast", "saturation", "sharpness"):
            changed = getattr(F, f"adjust_{operation}")(image, factor)
            recorder.add(operation, name, changed, factor=factor)
    for factor in (-0.37, 0.08, 0.5):
        recorder.add("hue", name, F.adjust_hue(image, factor), factor=factor)
    for sigma, kernel in ((0.3, [3, 3]), (1.1, [5, 7]), (2.0, [9, 5])):
        recorder.add("blur", name, F.gaussian_blur(image, kernel, [sigma, sigma]), sigma=sigma, kernel=kernel)
    for bits in (1, 3, 6):
        recorder.add("posterize", name, F.posterize(image, bits), bits=bits)
    for threshold in (40.0, 128.0, 200.5):
        recorder.add("solarize", name, F.solarize(image, threshold), threshold=threshold)
    recorder.add("grayscale", name, F.rgb_to_grayscale(image, 3 if image.mode == "RGB" else 1))
    recorder.add("autocontrast", name, F.autocontrast(image))
    recorder.add("equalize", name, F.equalize(image))
    recorder.add("invert", name, F.invert(image))


def deciles(values: list[float]) -> list[float]:
    return np.quantile(np.asarray(values, dtype=np.float64), np.arange(1, 10) / 10).round(6).tolist()


def draws() -> dict:
    """Deciles of what torchvision draws for a picture of 200 x 300 pixels, 20,000 times each."""
    image = PIL.Image.new("RGB", (300, 200))
    count = 20_000

    def collect(transform: v2.Transform) -> list[dict]:
        torch.manual_seed(1)
        return [transform.make_params([image]) for _ in range(count)]

    affine = collect(v2.RandomAffine(20, translate=(0.1, 0.25), scale=(0.7, 1.4), shear=[-5, 10, -2, 8]))
    jitter = collect(v2.ColorJitter(0.2, (0.5, 3), 1.5, 0.1))
    erasing = collect(v2.RandomErasing())
    crop = collect(v2.RandomCrop((180, 320), padding=[5, 0, 7, 1], pad_if_needed=True))
    blur = collect(v2.GaussianBlur(3, (0.2, 1.7)))
    points = perspective_points(count)
    return {
        "affine": {
            "angle": deciles([p["angle"] for p in affine]),
            "translate_x": deciles([p["translate"][0] for p in affine]),
            "translate_y": deciles([p["translate"][1] for p in affine]),
            "scale": deciles([p["scale"] for p in affine]),
            "shear_x": deciles([p["shear"][0] for p in affine]),
            "shear_y": deciles([p["shear"][1] for p in affine]),
        },
        "color_jitter": {
            "brightness": deciles([p["brightness_factor"] for p in jitter]),
            "contrast": deciles([p["contrast_factor"] for p in jitter]),
            "saturation": deciles([p["saturation_factor"] for p in jitter]),
            "hue": deciles([p["hue_factor"] for p in jitter]),
            "brightness_first": sum(int(p["fn_idx"][0]) == 0 for p in jitter) / count,
        },
        "random_erasing": {
            "top": deciles([p["i"] for p in erasing]),
            "left": deciles([p["j"] for p in erasing]),
            "height": deciles([p["h"] for p in erasing]),
            "width": deciles([p["w"] for p in erasing]),
        },
        "random_crop": {
            "padding": crop[0]["padding"],
            "top": deciles([p["top"] for p in crop]),
            "left": deciles([p["left"] for p in crop]),
        },
        "gaussian_blur": {"sigma": deciles([p["sigma"][0] for p in blur])},
        "perspective": {
            f"{axis}{corner}": deciles([p[corner][k] for p in points]) for corner in range(4) for k, axis in enumerate("xy")
        },
    }


def perspective_points(count: int) -> list[list[list[int]]]:
    """The corners that RandomPerspective draws, which it keeps for itself: read where it hands them on."""
    from torchvision.transforms.v2 import _geometry

    caught = []
    original = _geometry._get_perspective_coeffs
    _geometry._get_perspective_coeffs = lambda start, end: caught.append(end)
    try:
        transform = v2.RandomPerspective(0.3, p=1)
        torch.manual_seed(1)
        for _ in range(count):
            transform.make_params([PIL.Image.new("RGB", (300, 200))])
    finally:
        _geometry._get_perspective_coeffs = original
    return caught
