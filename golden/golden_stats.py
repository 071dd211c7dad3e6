"""Statistics of pictures with NumPy and torchvision, class weights with scikit-learn, weighted cross-entropy with torch."""
import json

import numpy
import torch
from PIL import Image
from sklearn.utils.class_weight import compute_class_weight
from torchvision import transforms

SIZE = 32


def pictures(out):
    """Some small pictures: coloured, dark, constant, grey, one pixel."""
    random = numpy.random.RandomState(5)
    made = []
    for i, (height, width) in enumerate([(40, 56), (33, 32), (64, 35), (48, 48), (37, 41)]):
        low, high = [(0, 256), (0, 40), (90, 91), (0, 256), (200, 256)][i]
        coarse = random.randint(low, high, (height // 8 + 1, width // 8 + 1, 3)).astype(numpy.uint8)
        coarse[..., 2] //= 2
        picture = Image.fromarray(coarse).resize((width, height), Image.BICUBIC)
        if i == 3:
            picture = picture.convert("L")
        name = f"{i}.png"
        picture.save(out / name)
        made.append((name, picture.convert("RGB")))
    return made


def describe(arrays):
    pixels = numpy.concatenate([a.reshape(-1, 3) for a in arrays]).astype(numpy.float64) / 255
    tensors = [torch.from_numpy(a.reshape(-1, 3).astype(numpy.float64) / 255) for a in arrays]
    return {
        "pixels": len(pixels),
        "mean": pixels.mean(0).tolist(),
        "std": pixels.std(0).tolist(),
        # as the loop in many course notes: data.mean(2).sum(0), data.std(2).sum(0), divided by the pictures
        "mean_per_picture": (sum(t.mean(0) for t in tensors) / len(tensors)).tolist(),
        "std_per_picture": (sum(t.std(0) for t in tensors) / len(tensors)).tolist(),
    }


def weights():
    cases = []
    for counts in [[50, 500], [3, 1, 7, 100], [5, 5]]:
        labels = numpy.repeat(numpy.arange(len(counts)), counts)
        balanced = compute_class_weight("balanced", classes=numpy.arange(len(counts)), y=labels)
        n = numpy.array(counts, dtype=numpy.float64)
        effective = {}
        for beta in [0.0, 0.9, 0.999]:
            raw = (1 - beta) / (1 - beta ** n)
            effective[str(beta)] = (raw * n.sum() / (raw * n).sum()).tolist()
        cases.append({"counts": counts, "balanced": balanced.tolist(), "effective_number": effective})
    return cases


def loss():
    random = torch.Generator().manual_seed(3)
    logits = torch.randn(7, 4, generator=random, dtype=torch.float64) * 3
    logits.requires_grad_(True)
    targets = torch.tensor([0, 3, 3, 1, 2, 3, 0])
    weight = torch.tensor([0.2, 5.0, 1.5, 0.7], dtype=torch.float64)
    value = torch.nn.functional.cross_entropy(logits, targets, weight=weight)
    value.backward()
    return {
        "logits": logits.detach().tolist(),
        "targets": targets.tolist(),
        "weights": weight.tolist(),
        "loss": value.item(),
        "gradient": logits.grad.tolist(),
    }


def generate(out):
    torch.set_num_threads(1)
    made = pictures(out)
    resize = transforms.Compose([transforms.Resize(SIZE), transforms.CenterCrop(SIZE)])
    golden = {
        "size": SIZE,
        "pictures": [name for name, _ in made],
        "stored": describe([numpy.asarray(p) for _, p in made]),
        "resized": describe([numpy.asarray(resize(p)) for _, p in made]),
        "class_weights": weights(),
        "cross_entropy": loss(),
    }
    (out / "stats.json").write_text(json.dumps(golden, indent=1) + "\n", encoding="utf-8")
