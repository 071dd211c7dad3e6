"""Weights on their way between Sichter and Python, there and back.

    python golden/exchange.py check                   both ways, for the networks below; golden/generate.py --check does so too
    python golden/exchange.py import RUN_OR_BUNDLE    loads what Sichter wrote, strictly, into torchvision's or timm's network
    python golden/exchange.py export NAME FOLDER      writes NAME's fresh weights for `sichter train --weights`: as
                                                      safetensors (with a record of the normalisation), .pth and legacy .pth

check: Python writes fresh weights, Sichter begins a training with them and writes a bundle, Python loads that with
safetensors.torch.load_file and load_state_dict(strict=True), and both say of the same pictures what is on them.
"""
import json
import pathlib
import subprocess
import sys
import tempfile

import golden_engine
import golden_models
import torch
from PIL import Image
from safetensors.torch import load_file, save_file

ROOT = pathlib.Path(__file__).resolve().parent.parent
IMAGENET = {"mean": "[0.485, 0.456, 0.406]", "std": "[0.229, 0.224, 0.225]"}
# network, the kind of file that Python writes; one of each family of key names and each format
CASES = [
    ("resnet18", ".pth"),
    ("mobilenet_v2", ".safetensors"),
    ("squeezenet1_1", "-legacy.pth"),
    ("vit_tiny_patch16_224", ".safetensors"),
]
SIZE = 64
# probabilities of float32 beside those of Sichter; a pixel is the same for both, so only arithmetic is left
CLOSE = 1e-4


def described(text, key):
    """The value of a top-level or preprocessing key of model.yaml, which Sichter writes one per line."""
    for line in text.splitlines():
        if line.strip().startswith(f"{key}:"):
            return line.split(":", 1)[1].strip()
    raise SystemExit(f"model.yaml has no {key}")


def load(folder):
    """The network of a run or bundle in evaluation mode, its description and how many tensors there were."""
    bundle = folder / "bundle" if (folder / "bundle").is_dir() else folder
    text = (bundle / "model.yaml").read_text("utf-8")
    state = load_file(bundle / "model.safetensors")
    name, size = described(text, "architecture"), int(described(text, "image_size"))
    classifier = list(golden_models.build(name, 2, size).state_dict())[-1]
    model = golden_models.build(name, state[classifier].shape[0], size)
    model.load_state_dict(state, strict=True)
    return model.eval(), text, len(state)


def show(folder):
    model, text, tensors = load(folder)
    size = int(described(text, "image_size"))
    with torch.no_grad():
        scores = model(torch.zeros(1, 3, size, size))
    print(f"{described(text, 'architecture')}: {tensors} tensors, strict; "
          f"scores of a black picture {[round(s, 4) for s in scores[0].tolist()]}")


def save(name, folder, size=224):
    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(0)
    state = golden_models.build(name, 1000, size).state_dict()
    save_file({k: v.contiguous() for k, v in state.items()}, folder / f"{name}.safetensors", metadata=IMAGENET)
    torch.save(state, folder / f"{name}.pth")
    torch.save(state, folder / f"{name}-legacy.pth", _use_new_zipfile_serialization=False)


def draw(folder):
    """Three classes of eight pictures, each of the size that the network gets: nothing is resized."""
    for label in ("one", "three", "two"):
        (folder / label).mkdir(parents=True)
        for i in range(8):
            pixels = ((golden_engine.fill(f"{label}{i}", (SIZE, SIZE, 3)) + 1) * 127.5).to(torch.uint8)
            Image.fromarray(pixels.numpy()).save(folder / label / f"{i}.png")


def sichter(*arguments):
    done = subprocess.run([str(ROOT / "sichter"), *map(str, arguments)], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"sichter {' '.join(map(str, arguments))}: exit code {done.returncode}\n{done.stderr}")
    return json.loads(done.stdout)


def numbers(text, key):
    """A list of model.yaml: on the line itself, or a number a line below it."""
    lines = text.splitlines()
    at = next(i for i, line in enumerate(lines) if line.strip().startswith(f"{key}:"))
    same = lines[at].split(":", 1)[1].strip()
    if same:
        return [float(n) for n in same.strip("[]").split(",")]
    found = []
    for line in lines[at + 1:]:
        if not line.strip().startswith("- "):
            break
        found.append(float(line.strip()[2:]))
    return found


def probabilities(model, text, picture):
    mean, std = (torch.tensor(numbers(text, key)).view(3, 1, 1) for key in ("mean", "std"))
    raw = torch.frombuffer(bytearray(Image.open(picture).convert("RGB").tobytes()), dtype=torch.uint8)
    pixels = raw.view(SIZE, SIZE, 3).permute(2, 0, 1) / 255
    with torch.no_grad():
        return torch.softmax(model(((pixels - mean) / std)[None]), 1)[0]


def check():
    """One line a network; problems are lines that begin with "differs"."""
    lines = []
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        draw(folder / "pictures")
        pictures = sorted((folder / "pictures").rglob("*.png"))[::5]
        for name, kind in CASES:
            save(name, folder / "weights", SIZE)
            run = sichter("train", folder / "pictures", "--model", name, "--weights", folder / "weights" / f"{name}{kind}",
                          "--normalize", "imagenet", "--image-size", SIZE, "--epochs", 1, "--batch-size", 6, "--precision",
                          "fp32", "--optimizer", "sgd", "--lr", 0.01, "--runs-dir", folder / "runs", "--json")["run"]
            model, text, tensors = load(pathlib.Path(run))
            said = sichter("predict", run, *pictures, "--top", 3, "--json")["predictions"]
            classes = ["one", "three", "two"]
            apart = 0.0
            for picture, answer in zip(pictures, said):
                own = probabilities(model, text, picture)
                theirs = {p["class"]: p["probability"] for p in answer["top"]}
                apart = max(apart, *(abs(own[k].item() - theirs[c]) for k, c in enumerate(classes)))
            verdict = "" if apart <= CLOSE else "differs "
            lines.append(f"{verdict}exchange {name}{kind} -> Sichter -> model.safetensors -> Python: {tensors} tensors, "
                         f"strict; probabilities within {apart:.0e}")
    return lines


if __name__ == "__main__":
    if sys.argv[1:] == ["check"]:
        print("\n".join(check()))
    elif len(sys.argv) == 3 and sys.argv[1] == "import":
        show(pathlib.Path(sys.argv[2]))
    elif len(sys.argv) == 4 and sys.argv[1] == "export":
        save(sys.argv[2], pathlib.Path(sys.argv[3]))
    else:
        raise SystemExit(__doc__)
