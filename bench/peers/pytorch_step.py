"""PyTorch's side of a training step on data in memory, answering the protocol of StepServer: `run N` in, JSON out.

--mode default (fp32, NCHW, as people start it), channels_last (fp32) or bf16 (autocast, channels_last); the last two
with fused optimizers: that is PyTorch at its best in eager mode. compiled: bf16 with torch.compile, which needs a C++ compiler.
"""
import argparse
import json
import sys
import time

import torch
import torch.nn.functional as F
import torchvision


class SimpleCNN(torch.nn.Module):
    """Two convolutions and two linear layers: `simple_cnn`."""

    def __init__(self, size, classes):
        super().__init__()
        self.conv1 = torch.nn.Conv2d(3, 32, 3, padding=1)
        self.conv2 = torch.nn.Conv2d(32, 64, 3, padding=1)
        self.fc1 = torch.nn.Linear(64 * (size // 4) ** 2, 512)
        self.fc2 = torch.nn.Linear(512, classes)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        return self.fc2(F.relu(self.fc1(x.flatten(1))))


TIMM = {"resnet50v2": "resnetv2_50", "efficientnetv2_b0": "tf_efficientnetv2_b0"}


def build(a):
    if a.model == "simple_cnn":
        return SimpleCNN(a.image_size, a.classes)
    if a.model in TIMM or a.model.startswith("vit_"):
        import timm

        sized = {"img_size": a.image_size} if a.model.startswith("vit_") else {}
        return timm.create_model(TIMM.get(a.model, a.model), num_classes=a.classes, **sized)
    return torchvision.models.get_model(a.model, weights=None, num_classes=a.classes)


def optimizer(a, params, fused):
    if a.optimizer == "sgd":
        return torch.optim.SGD(params, lr=1e-3, momentum=0.9, fused=fused)
    return {"adam": torch.optim.Adam, "adamw": torch.optim.AdamW}[a.optimizer](params, lr=1e-4, fused=fused)


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--model", default="resnet18")
    p.add_argument("--image-size", type=int, default=128)
    p.add_argument("--batch-size", type=int, default=32)
    p.add_argument("--classes", type=int, default=1000)
    p.add_argument("--optimizer", default="sgd", choices=["sgd", "adam", "adamw"])
    p.add_argument("--mode", default="bf16", choices=["default", "channels_last", "bf16", "compiled"])
    p.add_argument("--inference", action="store_true")
    a = p.parse_args()
    torch.manual_seed(0)
    layout = torch.contiguous_format if a.mode == "default" else torch.channels_last
    model = build(a).to(memory_format=layout).train(not a.inference)
    x = torch.rand(a.batch_size, 3, a.image_size, a.image_size).to(memory_format=layout)
    y = torch.randint(0, a.classes, (a.batch_size,))
    opt = optimizer(a, model.parameters(), a.mode != "default")
    bf16 = a.mode in ("bf16", "compiled")
    model = torch.compile(model) if a.mode == "compiled" else model

    @torch.inference_mode()
    def evaluate():
        with torch.autocast("cpu", torch.bfloat16, enabled=bf16):
            return model(x).flatten()[0].item()

    def train():
        opt.zero_grad(set_to_none=True)
        with torch.autocast("cpu", torch.bfloat16, enabled=bf16):
            loss = F.cross_entropy(model(x), y)
        loss.backward()
        opt.step()
        return loss.item()

    step = evaluate if a.inference else train
    print(json.dumps({"ready": f"pytorch {torch.__version__} {a.mode}, {torch.get_num_threads()} threads"}), flush=True)
    for line in sys.stdin:
        steps = int(line.split()[-1])
        loss = float("nan")
        start = time.perf_counter()
        for _ in range(steps):
            loss = step()
        seconds = time.perf_counter() - start
        print(json.dumps({"images": steps * a.batch_size, "seconds": round(seconds, 6), "loss": loss}), flush=True)


main()
