"""Student's t: paired tests, intervals, Holm's correction, and the corrected interval of cross-validation.

scipy.stats gives tests and quantiles. The corrected resampled t interval (Nadeau and Bengio, "Inference for the
Generalization Error", 2003) is written out from its formula with scipy's quantile.
"""

from __future__ import annotations

import json
import pathlib

import numpy as np
from scipy import stats


def paired():
    rng = np.random.default_rng(7)
    cases = []
    for n in (2, 3, 5, 10, 30):
        differences = rng.normal(0.01, 0.02, n)
        test = stats.ttest_1samp(differences, 0)
        low, high = test.confidence_interval(0.95)
        cases.append({
            "differences": differences.tolist(),
            "p": float(test.pvalue),
            "half": float(high - low) / 2,
        })
    return cases


def holm():
    cases = []
    for p in ([0.01], [0.01, 0.04], [0.04, 0.001, 0.03], [0.5, 0.02, 0.02, 0.9], [1.0, 0.3]):
        order = np.argsort(p, kind="stable")
        adjusted = np.empty(len(p))
        adjusted[order] = np.minimum(1, np.maximum.accumulate((len(p) - np.arange(len(p))) * np.array(p)[order]))
        cases.append({"p": p, "adjusted": adjusted.tolist()})
    return cases


def corrected():
    rng = np.random.default_rng(8)
    cases = []
    for folds, repeats, samples in ((5, 1, 100), (10, 1, 253), (3, 4, 60)):
        scores = rng.normal(0.8, 0.03, folds * repeats)
        ratio = 1 / (folds - 1)
        error = np.sqrt((1 / len(scores) + ratio) * np.var(scores, ddof=1))
        cases.append({
            "scores": scores.tolist(),
            "ratio": ratio,
            "std": float(np.std(scores, ddof=1)),
            "half": float(stats.t.ppf(0.975, len(scores) - 1) * error),
        })
    return cases


def generate(out: pathlib.Path) -> None:
    values = {"paired": paired(), "holm": holm(), "corrected": corrected()}
    (out / "student.json").write_text(json.dumps(values, indent=1) + "\n", encoding="utf-8")
