"""What is published for the architectures: files, licences, accuracies, preprocessing, and sizes of the networks.

    python golden/weights_table.py            writes core/src/main/resources/io/sichter/published/weights.json
    python golden/weights_table.py --check    makes it again and compares; golden/generate.py --check does so too

Everything comes from the installed packages. torchvision names its files after the first 8 hex digits of their SHA-256;
timm's files on Hugging Face carry no checksum in the package, those of its GitHub releases do in their names. Only timm's
accuracies are not in its package: they are the lines of results/results-imagenet.csv in its repository.
"""
import argparse
import json
import pathlib
import re
import sys

import golden_engine
import golden_models
import timm
import torch
import torchvision
from torch import nn

FILE = pathlib.Path(__file__).resolve().parent.parent / "core/src/main/resources/io/sichter/published/weights.json"
# name and image size: top-1, top-5; commit aa4b5850c1543fa488abf260f18390eda46cf85d of 2026-08-08
TIMM_ACCURACY = {
    ("resnetv2_50.a1h_in1k", 288): (81.406, 95.712),
    ("tf_efficientnetv2_b0.in1k", 224): (78.386, 94.034),
    ("vit_tiny_patch16_224.augreg_in21k_ft_in1k", 224): (75.452, 92.858),
    ("vit_small_patch16_224.augreg_in21k_ft_in1k", 224): (81.402, 96.150),
    ("vit_small_patch16_224.augreg_in1k", 224): (78.842, 94.280),
}
IMAGENET = 1000
OWN_SIZES = {"alexnet_classic": 227}
HASHED = re.compile(r"-([0-9a-f]{8,})\.\w+$")


def of_torchvision(name):
    """Every set of weights of torchvision, the default first."""
    enum = torchvision.models.get_model_weights(name)
    members = sorted(enum.__members__.items(), key=lambda item: (item[1] is not enum.DEFAULT, item[0]))
    found = []
    for member, weights in members:
        if member == "DEFAULT" or len(weights.meta["categories"] or []) != IMAGENET:
            continue
        preset, accuracy = weights.transforms(), weights.meta["_metrics"]["ImageNet-1K"]
        if any(known["name"] == f"{name}.{weights.name.lower()}" for known in found):
            continue
        found.append(dict(
            name=f"{name}.{weights.name.lower()}",
            architecture=name,
            source=f"torchvision {torchvision.__version__.split('+')[0]}",
            url=weights.url,
            file=weights.url.rsplit("/", 1)[1],
            hub=None,
            sha256_prefix=HASHED.search(weights.url).group(1),
            megabytes=round(weights.meta["_file_size"] * 1.048576, 1),
            licence="BSD-3-Clause",
            recipe=weights.meta["recipe"].split("#")[0] if "issues" not in weights.meta["recipe"] else weights.meta["recipe"],
            top1=accuracy["acc@1"],
            top5=accuracy["acc@5"],
            image_size=preset.crop_size[0],
            resize=preset.resize_size[0],
            interpolation=preset.interpolation.value,
            mean=list(preset.mean),
            std=list(preset.std),
        ))
    return found


def of_timm(name, theirs):
    """Every set of weights of timm for ImageNet's 1,000 classes, the default first, at the size it is judged at."""
    default = timm.get_pretrained_cfg(theirs).tag
    tags = [full.split(".", 1)[1] for full in timm.list_pretrained(f"{theirs}.*")]
    found = []
    for tag in sorted(tags, key=lambda tag: (tag != default, tag)):
        cfg = timm.get_pretrained_cfg(f"{theirs}.{tag}")
        if cfg.num_classes != IMAGENET:
            continue
        released = HASHED.search(cfg.url or "")
        size = (cfg.test_input_size or cfg.input_size)[1]
        share = cfg.test_crop_pct or cfg.crop_pct
        top1, top5 = TIMM_ACCURACY[(f"{theirs}.{tag}", size)]
        hub = None if released else cfg.hf_hub_id
        url = cfg.url if released else f"https://huggingface.co/{hub}/resolve/main/model.safetensors"
        found.append(dict(
            name=f"{name}.{tag}",
            architecture=name,
            source=f"timm {timm.__version__}",
            url=url,
            file=url.rsplit("/", 1)[1] if released else f"{theirs}.{tag}.safetensors",
            hub=hub,
            sha256_prefix=released.group(1) if released else None,
            megabytes=None,
            licence={"apache-2.0": "Apache-2.0"}[cfg.license],
            recipe=f"https://huggingface.co/{cfg.hf_hub_id}",
            top1=top1,
            top5=top5,
            image_size=size,
            resize=int(size / share),
            interpolation=cfg.interpolation,
            mean=list(cfg.mean),
            std=list(cfg.std),
        ))
    return found


def build(name, size):
    if name == "simple_cnn":
        return golden_engine.build(name, IMAGENET, size)
    return golden_models.build(name, IMAGENET, size)


def counted(name, size):
    """Parameters, and multiply-adds over one picture: of convolutions, linear layers and the products of attention."""
    with torch.device("meta"):
        model = build(name, size).eval()
    macs = 0

    def hook(module, inputs, output):
        nonlocal macs
        if isinstance(module, nn.Conv2d):
            macs += output.numel() * module.weight[0].numel()
        elif isinstance(module, nn.Linear):
            macs += output.numel() * module.in_features
        else:
            tokens, channels = inputs[0].shape[-2:]
            macs += 2 * tokens * tokens * channels

    for module in model.modules():
        if isinstance(module, (nn.Conv2d, nn.Linear)) or type(module).__name__ == "Attention":
            module.register_forward_hook(hook)
    with torch.no_grad():
        model(torch.zeros(1, 3, size, size, device="meta"))
    return sum(p.numel() for p in model.parameters()), macs


def requires_same(name, macs, parameters):
    """torchvision publishes both numbers: ours must be the same."""
    meta = torchvision.models.get_model_weights(name).DEFAULT.meta
    if meta["num_params"] != parameters or abs(meta["_ops"] - macs / 1e9) > 0.005 * meta["_ops"] + 0.0005:
        raise SystemExit(f"{name}: counted {parameters} and {macs}, published {meta['num_params']}, {meta['_ops']}")


def table():
    weights, networks = [], {}
    names = ["simple_cnn", *golden_models.OWN, *golden_models.TORCHVISION, *golden_models.FASTAI, *golden_models.TIMM]
    for name in names:
        timms = golden_models.TIMM.get(name)
        own = of_timm(name, timms) if timms else of_torchvision(name) if name in golden_models.TORCHVISION else []
        weights += own
        size = own[0]["image_size"] if own else OWN_SIZES.get(name, 224)
        parameters, macs = counted(name, size)
        if name in golden_models.TORCHVISION:
            requires_same(name, macs, parameters)
        networks[name] = dict(image_size=size, parameters=parameters, macs=macs)
    return dict(networks=networks, weights=weights)


def text():
    return json.dumps(table(), indent=1) + "\n"


def check():
    """What generate.py prints."""
    same = FILE.read_text("utf-8") == text()
    return [f"weights_table {FILE.name}: as recorded" if same else f"differs weights_table {FILE.name}"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="compare with what is there instead of writing")
    if parser.parse_args().check:
        lines = check()
        print("\n".join(lines))
        return 1 if any(line.startswith("differs") for line in lines) else 0
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_text(text(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
