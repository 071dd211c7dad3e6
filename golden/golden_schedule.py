"""Golden values of learning-rate schedules, from PyTorch and fastai."""
import pathlib

import torch
from fastai.callback.schedule import SchedCos, SchedExp, combine_scheds, steep, valley
from golden_engine import fill, write
from torch.optim import lr_scheduler as S

PEAK = 0.05


def optimizer():
    return torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=PEAK, momentum=0.9)


def follow(schedule, optimizer, steps, stride=1):
    """Rate and momentum of every step; the schedule is moved after every stride steps."""
    rates, momentums = [], []
    for step in range(steps):
        rates.append(float(optimizer.param_groups[0]["lr"]))
        momentums.append(float(optimizer.param_groups[0]["momentum"]))
        optimizer.step()
        if (step + 1) % stride == 0 and step + 1 < steps:
            schedule.step()
    return rates, momentums


def epochwise(name, total, epoch, options, make):
    o = optimizer()
    return dict(name=name, total=total, epoch=epoch, **options, lr=follow(make(o), o, total, epoch)[0])


def stepwise(name, total, epoch, options, make, momentum=False):
    o = optimizer()
    rates, momentums = follow(make(o), o, total)
    return dict(name=name, total=total, epoch=epoch, **options, lr=rates) | (
        dict(momentum=momentums) if momentum else {})


def warm(o, steps, start, make):
    first = S.LinearLR(o, start_factor=start, total_iters=steps)
    return S.SequentialLR(o, [first, make(o)], milestones=[steps])


def fastai(total, pct, div, last, moms):
    """fit_one_cycle's two curves; its combine_scheds itself computes in float32, which is too coarse to compare with."""
    def combined(rise, fall):
        return [float(rise(i / total / pct) if i / total < pct else fall((i / total - pct) / (1 - pct)))
                for i in range(total)]

    whole = combine_scheds([pct, 1 - pct], [SchedCos(PEAK / div, PEAK), SchedCos(PEAK, PEAK / last)])
    rates = combined(SchedCos(PEAK / div, PEAK), SchedCos(PEAK, PEAK / last))
    assert all(abs(float(whole(i / total)) - rate) < 1e-7 for i, rate in enumerate(rates))
    return dict(name="one_cycle", shape="fastai", total=total, epoch=5, pct_start=pct, div_factor=div,
                final_div_factor=last, momentums=moms, lr=rates,
                momentum=combined(SchedCos(moms[0], moms[1]), SchedCos(moms[1], moms[2])))


def cases():
    found = [
        epochwise("step", 60, 7, dict(step_epochs=2, gamma=0.3), lambda o: S.StepLR(o, 2, gamma=0.3)),
        epochwise("multi_step", 60, 7, dict(milestones=[1, 3, 7], gamma=0.2),
                  lambda o: S.MultiStepLR(o, [1, 3, 7], gamma=0.2)),
        epochwise("exponential", 60, 7, dict(decay=0.8), lambda o: S.ExponentialLR(o, 0.8)),
        stepwise("polynomial", 43, 7, dict(power=1.0), lambda o: S.PolynomialLR(o, total_iters=43, power=1.0)),
        stepwise("polynomial", 43, 7, dict(power=2.5), lambda o: S.PolynomialLR(o, total_iters=43, power=2.5)),
        stepwise("cosine", 43, 7, dict(min_lr=1e-3), lambda o: S.CosineAnnealingLR(o, T_max=43, eta_min=1e-3)),
        stepwise("cosine_restarts", 60, 7, dict(restart_epochs=1, restart_factor=1, min_lr=1e-4),
                 lambda o: S.CosineAnnealingWarmRestarts(o, 7, 1, eta_min=1e-4)),
        stepwise("cosine_restarts", 90, 5, dict(restart_epochs=2, restart_factor=2),
                 lambda o: S.CosineAnnealingWarmRestarts(o, 10, 2)),
        stepwise("one_cycle", 50, 5, dict(pct_start=0.3, div_factor=20.0, final_div_factor=1e3,
                                          momentums=[0.95, 0.85, 0.95]),
                 lambda o: S.OneCycleLR(o, PEAK, total_steps=50, pct_start=0.3, div_factor=20.0, final_div_factor=1e3,
                                        base_momentum=0.85, max_momentum=0.95), momentum=True),
        stepwise("cosine", 50, 5, dict(warmup_epochs=2.0, warmup_start=0.1),
                 lambda o: warm(o, 10, 0.1, lambda p: S.CosineAnnealingLR(p, T_max=40))),
        stepwise("polynomial", 50, 5, dict(warmup_epochs=0.6, warmup_start=0.01, power=1.0),
                 lambda o: warm(o, 3, 0.01, lambda p: S.PolynomialLR(p, total_iters=47, power=1.0))),
        fastai(50, 0.25, 25.0, 1e5, [0.95, 0.85, 0.95]),
        fastai(13, 0.4, 10.0, 100.0, [0.9, 0.8, 0.85]),
    ]
    return dict(peak=PEAK, cases=found)


def plateaus():
    """Factors before each epoch, and the values of the metric after it."""
    found = []
    for higher, patience, cooldown, delta, lowest in (
            (False, 2, 0, 0.0, 0.0), (True, 0, 0, 0.01, 0.0), (False, 1, 3, 0.02, 0.0), (False, 0, 0, 0.0, 0.02)):
        values = (1 - 0.6 * torch.linspace(0, 1, 40) ** 0.3 + 0.1 * fill(f"plateau{patience}{cooldown}", (40,))).tolist()
        o = optimizer()
        schedule = S.ReduceLROnPlateau(o, "max" if higher else "min", factor=0.4, patience=patience, threshold=delta,
                                       threshold_mode="abs", cooldown=cooldown, min_lr=lowest * PEAK, eps=0)
        factors = []
        for value in values:
            factors.append(o.param_groups[0]["lr"] / PEAK)
            schedule.step(value)
        found.append(dict(higher=higher, patience=patience, cooldown=cooldown, min_delta=delta, lowest=lowest,
                          gamma=0.4, values=values, factors=factors))
    return found


def lr_find():
    """fastai's rates, smoothed losses and suggestions for a loss that falls, lies flat and explodes."""
    found = []
    for name, steps, first, last in (("a", 100, 1e-7, 10.0), ("b", 60, 1e-5, 1.0), ("c", 200, 1e-6, 100.0)):
        rate = SchedExp(first, last)
        rates = [float(rate(i / steps)) for i in range(steps)]
        x = torch.linspace(0, 1, steps, dtype=torch.float64)
        raw = 2.5 - 1.6 * torch.sigmoid(12 * (x - 0.55)) + 30 * (x - 0.85).clamp(min=0) ** 2 + 0.05 * fill(name, (steps,))
        smooth, value = [], torch.tensor(0.0, dtype=torch.float64)
        for count, loss in enumerate(raw, 1):
            value = torch.lerp(loss, value, 0.98)
            smooth.append((value / (1 - 0.98**count)).item())
        lrs, losses = torch.tensor(rates)[steps // 10:-5], torch.tensor(smooth)[steps // 10:-5]
        found.append(dict(steps=steps, first=first, last=last, losses=raw.tolist(), rates=rates, smooth=smooth,
                          valley=valley(lrs, losses, steps)[0], steep=steep(lrs, losses, steps)[0]))
    return found


def generate(out: pathlib.Path) -> None:
    torch.set_num_threads(1)
    write(out, "schedules", cases())
    write(out, "plateaus", plateaus())
    write(out, "lr_find", lr_find())
