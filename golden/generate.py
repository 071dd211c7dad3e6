"""Makes the golden values that the tests compare with, by running the reference implementations themselves.

    python golden/generate.py            writes core/src/test/resources/golden/<area>/
    python golden/generate.py --check    makes everything again elsewhere and compares; also the table of published
                                         weights (weights_table.py) and the exchange of weights with Sichter (exchange.py)

Each area is a module golden_<area>.py beside this file with a function generate(out: pathlib.Path). The values are
never edited by hand. versions.json says what made them.
"""
import argparse
import importlib
import json
import pathlib
import platform
import sys
import tempfile
from importlib import metadata

HERE = pathlib.Path(__file__).resolve().parent
RESOURCES = HERE.parent / "core/src/test/resources/golden"
PACKAGES = ["torch", "torchvision", "timm", "fastai", "numpy", "pillow", "scikit-learn", "safetensors"]
TOLERANCE = 1e-12
ALSO_CHECKED = ["weights_table", "exchange"]


def areas():
    return sorted(p.stem.removeprefix("golden_") for p in HERE.glob("golden_*.py"))


def versions():
    found = {"python": platform.python_version()}
    for package in PACKAGES:
        try:
            found[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            pass
    return found


def generate(into, names):
    for name in names:
        out = into / name
        out.mkdir(parents=True, exist_ok=True)
        importlib.import_module(f"golden_{name}").generate(out)
    text = json.dumps(versions(), indent=2, sort_keys=True) + "\n"
    (into / "versions.json").write_text(text, encoding="utf-8")


def numbers_of(value):
    """The magnitude that rounding in a list of numbers is measured by: its largest."""
    flat, stack = [0.0], [value]
    while stack:
        item = stack.pop()
        if isinstance(item, list):
            stack.extend(item)
        elif isinstance(item, (int, float)) and not isinstance(item, bool):
            flat.append(abs(item))
    return max(flat)


def same(a, b, scale=0.0):
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(same(a[k], b[k]) for k in a)
    if isinstance(a, list) and isinstance(b, list):
        scale = max(scale, numbers_of(a))
        return len(a) == len(b) and all(same(x, y, scale) for x, y in zip(a, b))
    if isinstance(a, float) and isinstance(b, float):
        return a == b or abs(a - b) <= TOLERANCE * max(abs(a), abs(b), scale)
    return type(a) is type(b) and a == b


def same_state(a, b):
    """PyTorch's legacy format calls storages by where they lay in memory: only what it says can be compared."""
    import torch

    one, other = (torch.load(path, weights_only=True) for path in (a, b))
    return list(one) == list(other) and all(
        one[k].dtype == other[k].dtype and one[k].stride() == other[k].stride() and torch.equal(one[k], other[k]) for k in one)


def same_file(a, b):
    if a.read_bytes() == b.read_bytes():
        return True
    if a.name.endswith("-legacy.pth"):
        return same_state(a, b)
    return a.suffix == ".json" and same(json.loads(a.read_text("utf-8")), json.loads(b.read_text("utf-8")))


def check(names):
    """Problems found, one line each."""
    problems = []
    with tempfile.TemporaryDirectory() as folder:
        fresh = pathlib.Path(folder)
        generate(fresh, names)
        recorded = json.loads((RESOURCES / "versions.json").read_text("utf-8"))
        if recorded != versions():
            problems.append(f"made with {recorded}, checked with {versions()}")
        for name in names:
            made = {p.relative_to(fresh) for p in (fresh / name).rglob("*") if p.is_file()}
            kept = {p.relative_to(RESOURCES) for p in (RESOURCES / name).rglob("*") if p.is_file()}
            problems += [f"missing {p}" for p in sorted(made - kept)]
            problems += [f"made by nothing {p}" for p in sorted(kept - made)]
            problems += [f"differs {p}" for p in sorted(made & kept) if not same_file(fresh / p, RESOURCES / p)]
    return problems


def main():
    sys.path.insert(0, str(HERE))
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="compare with what is there instead of writing")
    parser.add_argument("areas", nargs="*", help="only these areas; all without")
    arguments = parser.parse_args()
    known = areas() + (ALSO_CHECKED if arguments.check else [])
    unknown = set(arguments.areas) - set(known)
    if unknown:
        parser.error(f"no such area: {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    chosen = arguments.areas or known
    names = [name for name in chosen if name not in ALSO_CHECKED]
    if not arguments.check:
        generate(RESOURCES, names)
        return 0
    problems = check(names) if names else []
    if names:
        print("\n".join(problems) if problems else f"{', '.join(names)}: as recorded", flush=True)
    for also in ALSO_CHECKED:
        if also in chosen:
            lines = importlib.import_module(also).check()
            print("\n".join(lines), flush=True)
            problems += [line for line in lines if line.startswith("differs")]
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
