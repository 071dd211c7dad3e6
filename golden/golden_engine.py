"""Golden values of networks, losses, optimizers and schedules, from PyTorch and torchvision."""
import json
import pathlib

import numpy as np
import torch
import torch.nn.functional as F
import torchvision
from torch import nn

PERIOD = 2**22 - 3
GAMMA = 0x9E3779B97F4A7C15
CLASSES = 10
RESNETS = ["resnet18", "resnet34", "resnet50"]


def fill(name, shape):
    """Deterministic numbers in [-1, 1) for a name: SplitMix64 over the name's FNV-1a hash and the element's index."""
    state = 0xCBF29CE484222325
    for byte in name.encode("utf-8"):
        state = ((state ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    count = int(np.prod(shape, dtype=np.int64))
    period = min(count, PERIOD)
    with np.errstate(over="ignore"):
        z = np.uint64(state) + np.arange(1, period + 1, dtype=np.uint64) * np.uint64(GAMMA)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z = z ^ (z >> np.uint64(31))
    values = np.resize((z >> np.uint64(11)).astype(np.float64) * 2.0**-52 - 1.0, count)
    return torch.from_numpy(values.reshape(shape))


def fill_state(name, shape):
    """A value for each kind of parameter and buffer that keeps activations within reason."""
    u = fill(name, shape)
    if name.endswith("num_batches_tracked"):
        return torch.zeros(shape, dtype=torch.int64)
    if name.endswith("running_var"):
        return 1 + 0.5 * u
    if name.endswith(("running_mean", "bias")):
        return 0.1 * u
    if len(shape) == 1:
        return 1 + 0.25 * u
    return u * (6.0 / (u.numel() // shape[0])) ** 0.5


class SimpleCNN(nn.Module):
    """The network of introductions to PyTorch on Caltech-101, its first linear layer sized by the picture."""

    def __init__(self, classes, size):
        super().__init__()
        self.inputs = 64 * (size // 4) ** 2
        self.conv1 = nn.Conv2d(3, 32, kernel_size=3, stride=1, padding=1)
        self.pool = nn.MaxPool2d(kernel_size=2, stride=2)
        self.conv2 = nn.Conv2d(32, 64, kernel_size=3, stride=1, padding=1)
        self.fc1 = nn.Linear(self.inputs, 512)
        self.fc2 = nn.Linear(512, classes)

    def forward(self, x):
        x = self.pool(F.relu(self.conv1(x)))
        x = self.pool(F.relu(self.conv2(x)))
        x = x.view(-1, self.inputs)
        x = F.relu(self.fc1(x))
        return self.fc2(x)


def build(name, classes, size):
    if name == "simple_cnn":
        return SimpleCNN(classes, size)
    return torchvision.models.get_model(name, weights=None, num_classes=classes)


def numbers(tensor):
    return tensor.detach().to(torch.float64).flatten().tolist()


def write(out, name, value):
    (out / f"{name}.json").write_text(json.dumps(value, separators=(",", ":")) + "\n", encoding="utf-8")


def forward(name, size, batch):
    """Logits in evaluation; logits, loss, gradients' sums of squares and moved statistics in training."""
    model = build(name, CLASSES, size).double()
    model.load_state_dict({k: fill_state(k, tuple(v.shape)) for k, v in model.state_dict().items()})
    x = fill("input", (batch, 3, size, size))
    y = torch.arange(batch) % CLASSES
    evaluated = model.eval()(x)
    model.train()
    trained = model(x)
    loss = F.cross_entropy(trained, y)
    loss.backward()
    return dict(
        size=size,
        batch=batch,
        classes=CLASSES,
        eval=numbers(evaluated),
        train=numbers(trained),
        loss=loss.item(),
        gradients={k: p.grad.square().sum().item() for k, p in model.named_parameters()},
        buffers={k: b.double().sum().item() for k, b in model.named_buffers()},
    )


def keys():
    with torch.device("meta"):
        models = {"simple_cnn": build("simple_cnn", 101, 224)} | {n: build(n, 1000, 224) for n in RESNETS}
    return {n: [[k, list(v.shape)] for k, v in m.state_dict().items()] for n, m in models.items()}


def initial(name, size):
    """Mean, standard deviation and first value of each parameter as PyTorch draws it from seed 7."""
    torch.manual_seed(7)
    model = build(name, CLASSES, size)
    return {
        k: [p.double().mean().item(), p.double().std().item(), p.double().flatten()[0].item()]
        for k, p in model.named_parameters()
    }


def summary(name, size):
    """Rows as torchsummary makes them: a hook on every module but containers and the network itself."""
    model = build(name, CLASSES, size).eval()
    rows = []

    def hook(module, inputs, output):
        own = sum(p.numel() for p in module.parameters(recurse=False))
        rows.append([f"{type(module).__name__}-{len(rows) + 1}", [-1, *output.shape[1:]], own])

    for module in model.modules():
        if module is not model and not isinstance(module, nn.Sequential):
            module.register_forward_hook(hook)
    model(torch.zeros(1, 3, size, size))
    return dict(size=size, classes=CLASSES, rows=rows)


def trajectory(make):
    """Parameters after ten steps with gradients from the filler and a rate that changes.

    In float64, from numbers that float32 holds: square roots in float32 are MKL's here, which rounds one in five of them
    wrongly, each kind of processor others, so that the last digits would depend on the machine.
    """
    shapes = {"conv.weight": (6, 4, 3, 3), "fc.bias": (5,)}
    parameters = {k: fill(k, s).float().double().requires_grad_(True) for k, s in shapes.items()}
    optimizer = make(parameters.values())
    for step in range(10):
        for group in optimizer.param_groups:
            group["lr"] = 0.1 / (step + 1)
        for k, p in parameters.items():
            p.grad = fill(f"grad{step}.{k}", p.shape).float().double()
        optimizer.step()
    return {k: numbers(p) for k, p in parameters.items()}


def optimizers():
    cases = [
        ("sgd", dict()),
        ("sgd", dict(momentum=0.9)),
        ("sgd", dict(momentum=0.9, weight_decay=0.01)),
        ("sgd", dict(momentum=0.9, weight_decay=0.01, nesterov=True)),
        ("adam", dict(weight_decay=0.0)),
        ("adam", dict(weight_decay=0.1, betas=[0.8, 0.99], eps=1e-6)),
        ("adamw", dict(weight_decay=0.01)),
        ("adamw", dict(weight_decay=0.3, betas=[0.8, 0.99])),
    ]
    kinds = dict(sgd=torch.optim.SGD, adam=torch.optim.Adam, adamw=torch.optim.AdamW)
    return [
        dict(name=name, options=options, parameters=trajectory(lambda p: kinds[name](p, lr=0.1, foreach=False, **options)))
        for name, options in cases
    ]


def rates(make, total):
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.05, momentum=0.9)
    schedule, values = make(optimizer), []
    for step in range(total):
        values.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        if step + 1 < total:
            schedule.step()
    return values


def schedules():
    found = []
    for total, lowest in ((1, 0.0), (2, 0.0), (37, 0.0), (100, 1e-4)):
        make = lambda o: torch.optim.lr_scheduler.CosineAnnealingLR(o, T_max=total, eta_min=lowest)
        found.append(dict(name="cosine", total=total, min_lr=lowest, lr=rates(make, total)))
    for total, start, first, last in ((100, 0.25, 25.0, 1e4), (37, 0.3, 10.0, 100.0), (9, 0.5, 25.0, 1e4)):
        make = lambda o: torch.optim.lr_scheduler.OneCycleLR(
            o, 0.05, total_steps=total, pct_start=start, div_factor=first, final_div_factor=last)
        found.append(dict(name="one_cycle", total=total, pct_start=start, div_factor=first, final_div_factor=last,
                          lr=rates(make, total)))
    return dict(peak=0.05, cases=found)


def generate(out: pathlib.Path) -> None:
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    for name, size in (("simple_cnn", 30), ("resnet18", 40), ("resnet50", 40)):
        write(out, f"forward_{name}", forward(name, size, 3))
    write(out, "state_dict", keys())
    write(out, "initial", {"simple_cnn": initial("simple_cnn", 32), "resnet18": initial("resnet18", 32)})
    write(out, "summary", {"resnet18": summary("resnet18", 65), "resnet50": summary("resnet50", 65)})
    write(out, "optimizers", optimizers())
    write(out, "schedules", schedules())
    write(out, "filler", {"input": numbers(fill("input", (8,))), "layer1.0.conv1.weight": numbers(fill("layer1.0.conv1.weight", (8,)))})
