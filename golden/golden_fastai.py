"""fastai's aug_transforms: composed geometry and light with given draws on float pictures, and what it draws."""

from __future__ import annotations

import json
import pathlib

import numpy as np
import PIL.Image
import torch
from fastai.vision import augment as fa
from fastai.vision.core import TensorImage
from golden_augment import deciles
from golden_transforms import picture

DRAWS = 20_000
# symmetry, warp x and y, degrees, zoom, its middle, crop (top, left, height, width), size
GEOMETRY = [
    (0, 0.0, 0.0, 7.0, 1.0, (0.5, 0.5), None, None),
    (1, 0.0, 0.0, 0.0, 1.3, (0.2, 0.9), None, None),
    (0, 0.15, -0.1, 0.0, 1.0, (0.5, 0.5), None, None),
    (1, -0.2, 0.2, -10.0, 1.1, (1.0, 0.0), None, None),
    (1, 0.1, 0.05, 5.0, 0.8, (0.5, 0.5), None, (40, 40)),
    (0, -0.05, 0.12, -3.0, 1.05, (0.3, 0.6), (6, 3, 44, 44), (40, 40)),
    (5, 0.1, -0.2, 9.0, 1.1, (0.4, 0.7), (2, 9, 40, 40), (33, 33)),
    (7, 0.0, 0.0, 0.0, 1.0, (0.5, 0.5), None, None),
]
LIGHT = [(0.6, 1.0), (0.42, 0.8), (0.55, 1.25)]


def tensor(image: PIL.Image.Image) -> TensorImage:
    return TensorImage(torch.from_numpy(np.array(image)).permute(2, 0, 1)[None].float() / 255)


def save(result: torch.Tensor, path: pathlib.Path) -> None:
    pixels = (result[0].permute(1, 2, 0) * 255).round().clamp(0, 255).to(torch.uint8).numpy()
    PIL.Image.fromarray(np.ascontiguousarray(pixels)).save(path)


def geometry(x: TensorImage, symmetry, warp_x, warp_y, degrees, zoom, middle, crop, size) -> torch.Tensor:
    own = None if crop else size
    composed = fa.setup_aug_tfms(
        [
            fa.Dihedral(p=1.0, draw=symmetry, size=own),
            fa.Warp(p=1.0, draw_x=warp_x, draw_y=warp_y, size=own),
            fa.Rotate(p=1.0, draw=degrees, size=own),
            fa.Zoom(p=1.0, draw=zoom, draw_x=middle[0], draw_y=middle[1], size=own),
        ]
    )
    assert len(composed) == 1
    if not crop:
        return composed[0](x, split_idx=0)
    # fastai crops the warped picture with a second interpolation; here its coordinates are composed into the first
    composed[0].before_call(x, 0)
    height, width = x.shape[-2:]
    top, left, rows, columns = crop
    inner = torch.tensor(
        [
            [(columns - 1) / (width - 1), 0, (2 * left + columns - 1) / (width - 1) - 1],
            [0, (rows - 1) / (height - 1), (2 * top + rows - 1) / (height - 1) - 1],
            [0, 0, 1],
        ]
    )
    (warp,) = composed[0].coord_fs
    return x.affine_coord((composed[0].mat @ inner)[:, :2], warp, sz=size, mode="bilinear", align_corners=True)


def generate(out: pathlib.Path) -> None:
    """Writes input, outputs, cases.json and draws.json."""
    torch.set_num_threads(1)
    cases = []
    for name, (height, width, seed) in {"square": (50, 50, 31), "wide": (46, 60, 32)}.items():
        image = picture(height, width, 3, seed)
        image.save(out / f"{name}.png")
        for i, case in enumerate(GEOMETRY):
            output = f"{name}-geometry-{i}.png"
            save(geometry(tensor(image), *case), out / output)
            keys = ("symmetry", "warp_x", "warp_y", "degrees", "zoom", "middle", "crop", "size")
            cases.append({"input": f"{name}.png", "output": output, **dict(zip(keys, case))})
    for i, (brightness, contrast) in enumerate(LIGHT):
        light = fa.setup_aug_tfms([fa.Brightness(p=1.0, draw=brightness), fa.Contrast(p=1.0, draw=contrast)])
        output = f"light-{i}.png"
        save(light[0](tensor(PIL.Image.open(out / "wide.png")), split_idx=0), out / output)
        cases.append({"input": "wide.png", "output": output, "brightness": brightness, "contrast": contrast})
    (out / "cases.json").write_text(json.dumps(cases, indent=1) + "\n")
    (out / "draws.json").write_text(json.dumps(draws(), indent=1) + "\n")


def draws() -> dict:
    """Shares of what stays, and deciles of the rest, of 20,000 pictures."""
    torch.manual_seed(1)
    x = torch.zeros(DRAWS, 1, 2, 2)
    rotation = fa.rotate_mat(x, max_deg=10, p=0.75)
    zoom = fa.zoom_mat(x, min_zoom=1.0, max_zoom=1.1, p=0.75)
    warp = fa._WarpCoord(magnitude=0.2, p=0.75)
    warp.before_call(x)
    brightness, contrast = fa._BrightnessLogit(0.2, 0.75), fa._ContrastLogit(0.2, 0.75)
    brightness.before_call(x)
    contrast.before_call(x)
    symmetries = fa._draw_mask(x, lambda t: torch.randint(0, 8, (t.size(0),)), p=0.5)
    flips = fa.flip_mat(x, p=0.5)[:, 0, 0]

    def masked(values: torch.Tensor, neutral: float) -> dict:
        kept = values[(values - neutral).abs() > 1e-6].double().tolist()
        return {"share": len(kept) / DRAWS, "deciles": deciles(kept)}

    return {
        "degrees": masked(torch.atan2(rotation[:, 0, 1], rotation[:, 0, 0]) * 180 / torch.pi, 0.0),
        "zoom": masked(1 / zoom[:, 0, 0], 1.0),
        "warp_x": masked(warp.targ_pts[:, 3, 1].mul(-1).add(1), 0.0),
        "warp_y": masked(warp.targ_pts[:, 3, 0].mul(-1).add(1), 0.0),
        "brightness": masked(brightness.change, 0.5),
        "contrast": masked(contrast.change, 1.0),
        "symmetries": [float((symmetries == i).float().mean()) for i in range(8)],
        "flip": float((flips < 0).float().mean()),
        "crop": crops(),
    }


def crops() -> dict:
    """Boxes that RandomResizedCropGPU cuts out of 224 x 224 pixels."""
    import random

    random.seed(1)
    cutter = fa.RandomResizedCropGPU(128, min_scale=0.5, ratio=(1, 1))
    boxes = []
    for _ in range(DRAWS):
        cutter.before_call(torch.zeros(1, 1, 224, 224), 0)
        boxes.append((*cutter.tl, *cutter.cp_size))
    return {name: deciles([box[i] for box in boxes]) for i, name in enumerate(("top", "left", "height"))}
