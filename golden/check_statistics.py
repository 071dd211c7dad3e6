"""Compares `sichter stats` on real pictures with NumPy: mean and std of each channel, pooled and per picture.

    python golden/check_statistics.py DATA [--sichter ./sichter] [--image-size N]

DATA is a folder with train/<class>/*; sichter counts the training split alone, and so does this script, streamed in one
pass with sums in float64. Pillow decodes here and OpenCV there: single pixels of a JPEG may differ by one grey level.
With --image-size both shorten the shorter side to N and cut the middle out (torchvision's Resize and CenterCrop). Prints
the largest difference and fails if it is above 1e-4 (resized: 5e-4).
"""
import argparse
import json
import math
import pathlib
import subprocess
import sys

import numpy
from PIL import Image, ImageOps


def training_folder(data):
    for folder in sorted(data.iterdir()):
        if folder.is_dir() and folder.name.lower() in ("train", "training"):
            return folder
    raise SystemExit(f"{data} has no folder train/")


def pictures(data, size):
    for file in sorted(training_folder(data).rglob("*")):
        if file.is_file():
            with Image.open(file) as stored:
                picture = ImageOps.exif_transpose(stored).convert("RGB")
            if size:
                from torchvision import transforms

                picture = transforms.Compose([transforms.Resize(size), transforms.CenterCrop(size)])(picture)
            yield numpy.asarray(picture).reshape(-1, 3).astype(numpy.float64) / 255


def reference(data, size):
    count = pixels = 0
    total, squares, means, deviations = (numpy.zeros(3) for _ in range(4))
    for picture in pictures(data, size):
        count += 1
        pixels += len(picture)
        total += picture.sum(0)
        squares += (picture * picture).sum(0)
        means += picture.mean(0)
        deviations += picture.std(0, ddof=1)
    mean = total / pixels
    return {
        "pictures": count,
        "pixels": pixels,
        "mean": mean,
        "std": numpy.sqrt(squares / pixels - mean * mean),
        "mean_per_picture": means / count,
        "std_per_picture": deviations / count,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("--sichter", default="./sichter")
    parser.add_argument("--image-size", type=int, default=0)
    arguments = parser.parse_args()
    command = [arguments.sichter, "stats", str(arguments.data), "--json"]
    if arguments.image_size:
        command += ["--image-size", str(arguments.image_size)]
    found = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)["statistics"]
    expected = reference(arguments.data, arguments.image_size)
    for name in ("pictures", "pixels"):
        if found[name] != expected[name]:
            raise SystemExit(f"{name}: {found[name]}, NumPy has {expected[name]}")
    limit = 5e-4 if arguments.image_size else 1e-4
    worst = 0.0
    for name in ("mean", "std", "mean_per_picture", "std_per_picture"):
        difference = numpy.abs(numpy.array(found[name]) - expected[name]).max()
        worst = max(worst, difference)
        print(f"{name:17} {' '.join(f'{v:.6f}' for v in expected[name])}   off by at most {difference:.1e}")
    print(f"{expected['pictures']} pictures, {expected['pixels']} pixels: {worst:.1e}, at most {limit:.0e} wanted")
    return 0 if math.isfinite(worst) and worst <= limit else 1


if __name__ == "__main__":
    sys.exit(main())
