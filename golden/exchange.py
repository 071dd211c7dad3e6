"""Weights on their way between Sichter and Python.

    python golden/exchange.py import RUN_OR_BUNDLE    loads what Sichter wrote, strictly, into torchvision's or timm's network
    python golden/exchange.py export NAME FOLDER      writes NAME's fresh weights for `sichter train --weights`: as
                                                      safetensors (with a record of the normalisation), .pth and legacy .pth
"""
import pathlib
import sys

import golden_models
import torch
from safetensors.torch import load_file, save_file

IMAGENET = {"mean": "[0.485, 0.456, 0.406]", "std": "[0.229, 0.224, 0.225]"}


def described(text, key):
    """The value of a top-level or preprocessing key of model.yaml, which Sichter writes one per line."""
    for line in text.splitlines():
        if line.strip().startswith(f"{key}:"):
            return line.split(":", 1)[1].strip()
    raise SystemExit(f"model.yaml has no {key}")


def load(folder):
    bundle = folder / "bundle" if (folder / "bundle").is_dir() else folder
    text = (bundle / "model.yaml").read_text("utf-8")
    state = load_file(bundle / "model.safetensors")
    name, size = described(text, "architecture"), int(described(text, "image_size"))
    classifier = list(golden_models.build(name, 2, size).state_dict())[-1]
    model = golden_models.build(name, state[classifier].shape[0], size)
    model.load_state_dict(state, strict=True)
    with torch.no_grad():
        scores = model.eval()(torch.zeros(1, 3, size, size))
    print(f"{name}: {len(state)} tensors, strict; scores of a black picture {[round(s, 4) for s in scores[0].tolist()]}")


def save(name, folder):
    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(0)
    state = golden_models.build(name, 1000, 224).state_dict()
    save_file({k: v.contiguous() for k, v in state.items()}, folder / f"{name}.safetensors", metadata=IMAGENET)
    torch.save(state, folder / f"{name}.pth")
    torch.save(state, folder / f"{name}-legacy.pth", _use_new_zipfile_serialization=False)


if __name__ == "__main__":
    if len(sys.argv) == 3 and sys.argv[1] == "import":
        load(pathlib.Path(sys.argv[2]))
    elif len(sys.argv) == 4 and sys.argv[1] == "export":
        save(sys.argv[2], pathlib.Path(sys.argv[3]))
    else:
        raise SystemExit(__doc__)
