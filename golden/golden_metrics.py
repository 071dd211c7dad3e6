"""Figures of 50 random tables of probabilities, and of 20 with several labels, from scikit-learn; the calibration error
from its equation (Guo et al. 2017). Ties, classes without samples and classes that nothing was taken for are among them.

scikit-learn averages over the classes that it is given; here these are the classes that have samples. Of equal
probabilities its top-k takes the last class: it is given the classes in reverse, so that it takes the first, as an argmax
does.
"""
import json
import pathlib
import warnings

import numpy as np
import sklearn.metrics as m

BINS = 15
warnings.filterwarnings("ignore")


def table(rng, number):
    classes = [2, 2, 3, 4, 5, 7, 10][number % 7]
    samples = int(rng.integers(12, 40))
    logits = rng.normal(size=(samples, classes)) * [0.5, 2, 5][number % 3]
    truth = rng.integers(0, classes, samples)
    if number % 4 == 1 and classes > 2:
        truth[truth == classes // 2] = 0  # a class without samples
    if number % 5 == 2 and classes > 2:
        logits[:, 1] -= 50  # a class that nothing is taken for
    logits[np.arange(samples), truth] += 1
    if number % 3 == 0:
        logits = np.round(logits)  # ties
    p = np.exp(logits - logits.max(1, keepdims=True))
    return truth, (p / p.sum(1, keepdims=True)).astype(np.float32)


def over(values, weights=None):
    """Mean of what is defined."""
    values, weights = np.array(values), np.ones(len(values)) if weights is None else np.array(weights, float)
    known = ~np.isnan(values)
    return float((values[known] * weights[known]).sum() / weights[known].sum()) if known.any() else float("nan")


def calibration(truth, prediction, p):
    confidence = p[np.arange(len(p)), prediction]
    bins = np.clip(np.ceil(confidence * BINS).astype(int) - 1, 0, BINS - 1)
    right = truth == prediction
    return sum(abs(right[bins == b].mean() - confidence[bins == b].mean()) * (bins == b).mean()
               for b in range(BINS) if (bins == b).any())


def areas(column_truth, column):
    both = 0 < column_truth.sum() < len(column_truth)
    return (m.roc_auc_score(column_truth, column) if both else np.nan,
            m.average_precision_score(column_truth, column) if column_truth.any() else np.nan)


def single(truth, p32):
    p = p32.astype(np.float64)
    classes = p.shape[1]
    every = list(range(classes))
    prediction = p.argmax(1)
    there = sorted(set(truth.tolist()))
    support = np.bincount(truth, minlength=classes)
    figures = {"accuracy": m.accuracy_score(truth, prediction)}
    for k in (3, 5):
        if classes > k:
            figures[f"top_{k}"] = m.top_k_accuracy_score(classes - 1 - truth, p[:, ::-1], k=k, labels=every)
    figures["balanced_accuracy"] = m.balanced_accuracy_score(truth, prediction)
    for name, score in (("precision", m.precision_score), ("recall", m.recall_score), ("f1", m.f1_score)):
        figures[name + "_micro"] = score(truth, prediction, labels=every, average="micro", zero_division=0)
        for how in ("macro", "weighted"):
            figures[f"{name}_{how}"] = score(truth, prediction, labels=there, average=how, zero_division=0)
    figures["cohen_kappa"] = m.cohen_kappa_score(truth, prediction, labels=every)
    figures["mcc"] = m.matthews_corrcoef(truth, prediction)
    roc, pr = zip(*(areas((truth == k).astype(int), p[:, k]) for k in every))
    figures["roc_auc_macro"], figures["roc_auc_weighted"] = over(roc), over(roc, support)
    figures["pr_auc_macro"], figures["pr_auc_weighted"] = over(pr), over(pr, support)
    if classes > 2 and len(there) == classes:  # what scikit-learn says of all classes at once is the same
        for how in ("macro", "weighted"):
            whole = m.roc_auc_score(truth, p, multi_class="ovr", average=how)
            assert abs(whole - figures["roc_auc_" + how]) < 1e-12
    if classes == 2:
        figures["roc_auc"], figures["pr_auc"] = areas(truth, p[:, 1])
    figures["log_loss"] = m.log_loss(truth, p, labels=every)
    figures["brier"] = m.brier_score_loss(truth, p, labels=every)
    figures["ece"] = calibration(truth, prediction, p)
    return figures


def several(rng, number):
    labels = [2, 4, 6][number % 3]
    samples = int(rng.integers(12, 40))
    truth = (rng.random((samples, labels)) < 0.4).astype(int)
    p = 1 / (1 + np.exp(-(rng.normal(size=(samples, labels)) + 1.5 * truth - 0.7)))
    if number % 3 == 0:
        p = np.round(p, 1)  # ties
    if number % 4 == 1:
        truth[:, 1] = 0  # a label without samples
    truth[0] = 0  # a sample without labels
    truth[1] = 1
    if number % 4 == 1:
        truth[1, 1] = 0
    return truth, p.astype(np.float32)


def multi(truth, p32):
    p = p32.astype(np.float64)
    guess = (p >= 0.5).astype(int)
    there = [k for k in range(p.shape[1]) if truth[:, k].any()]
    support = truth.sum(0)
    clipped = np.clip(np.where(truth == 1, p, 1 - p), np.finfo(float).eps, 1 - np.finfo(float).eps)
    figures = {
        "subset_accuracy": m.accuracy_score(truth, guess),
        "hamming_loss": m.hamming_loss(truth, guess),
        "jaccard_samples": m.jaccard_score(truth, guess, average="samples", zero_division=0),
        "lrap": m.label_ranking_average_precision_score(truth, p),
        "log_loss": float(-np.log(clipped).mean()),
        "brier": float(((truth - p) ** 2).mean()),
    }
    for name, score in (("precision", m.precision_score), ("recall", m.recall_score), ("f1", m.f1_score)):
        figures[name + "_samples"] = score(truth, guess, average="samples", zero_division=0)
        figures[name + "_micro"] = score(truth, guess, average="micro", zero_division=0)
        for how in ("macro", "weighted"):
            figures[f"{name}_{how}"] = score(truth, guess, labels=there, average=how, zero_division=0)
    roc, pr = zip(*(areas(truth[:, k], p[:, k]) for k in range(p.shape[1])))
    figures["roc_auc_macro"], figures["roc_auc_weighted"] = over(roc), over(roc, support)
    figures["pr_auc_macro"], figures["pr_auc_weighted"] = over(pr), over(pr, support)
    return figures


def entry(truth, p, figures):
    return {
        "truth": truth.tolist(),
        "probabilities": [[float(v) for v in row] for row in p],
        "figures": {k: (None if np.isnan(v) else float(v)) for k, v in figures.items()},
    }


def generate(out: pathlib.Path):
    rng = np.random.default_rng(20260701)
    tables = []
    for number in range(50):
        truth, p = table(rng, number)
        tables.append(entry(truth, p, single(truth, p)))
    # whatever is defined for one class only
    alone = np.zeros(6, int)
    sure = np.array([[0.9, 0.1]] * 6, np.float32)
    tables.append(entry(alone, sure, single(alone, sure)))
    (out / "single_label.json").write_text(json.dumps(tables) + "\n", encoding="utf-8")
    sets = []
    for number in range(20):
        truth, p = several(rng, number)
        sets.append(entry(truth, p, multi(truth, p)))
    (out / "multi_label.json").write_text(json.dumps(sets) + "\n", encoding="utf-8")
