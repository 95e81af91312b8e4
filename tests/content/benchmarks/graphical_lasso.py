"""The graphical lasso over time beside T-CorEx, on the synthetic data of its notebook.

Run it with ``python tests/content/benchmarks/graphical_lasso.py`` where the package regain is
installed, which solves the lasso. It is given correlations of all samples, weighted by how near
their periods are; how much, and both penalties, are chosen as every method's settings are in the
notebook, by unseen samples of another data set. It prints the nats of unseen samples above those
of the truth, over the notebook's four seeds.
"""

import sys
import time
import warnings
from itertools import product

import numpy as np
from regain.covariance.time_graphical_lasso_ import time_graphical_lasso
from threadpoolctl import threadpool_limits

from methods.tcorex.synthetic import draw_samples, draw_sudden_change

SIZES, SEEDS, PERIODS = (8, 16, 32), (1, 2, 3, 4), 10
GRID = {"gamma": (0.2, 0.4, 0.6), "alpha": (0.05, 0.1, 0.2, 0.4), "beta": (0.1, 1.0, 5.0)}


def draw(s, seed, unseen):
    """Return the true covariances, samples to learn from, and unseen ones, as the notebook does."""
    rng = np.random.default_rng([s, seed])
    truth = draw_sudden_change(rng, n_periods=PERIODS, n_variables=128, n_groups=8)
    return truth, draw_samples(rng, truth, s), draw_samples(rng, truth, unseen)


def lasso(train, test, gamma, alpha, beta):
    """Return the mean negative log-likelihood of a period's unseen samples, in nats."""
    X, period = np.concatenate(train), np.repeat(range(PERIODS), [len(one) for one in train])
    seen = []
    for t in range(PERIODS):
        weights = gamma ** abs(period - t)
        weights /= weights.sum()
        mean = weights @ X
        scale = np.sqrt(weights @ (X - mean) ** 2)
        z = (X - mean) / scale
        seen.append((mean, scale, (weights * z.T) @ z))
    precisions = time_graphical_lasso(
        np.array([C for *_, C in seen]), alpha=alpha, beta=beta, tol=1e-2, rtol=1e-2, max_iter=60
    )[0]
    lost = []
    for (mean, scale, _), P, Y in zip(seen, precisions, test, strict=True):
        y = (Y - mean) / scale
        distance = np.sum(y * (y @ P), axis=1).mean()
        lost.append((distance - np.linalg.slogdet(P / (2 * np.pi))[1]) / 2 + np.log(scale).sum())
    return float(np.mean(lost))


def main():
    """Print a line for each number of samples a period."""
    for s in SIZES:
        started = time.process_time()
        _, train, validation = draw(s, 0, 16)
        tried = [dict(zip(GRID, values, strict=True)) for values in product(*GRID.values())]
        best = min(tried, key=lambda one: lasso(train, validation, **one))
        over = []
        for seed in SEEDS:
            truth, train, test = draw(s, seed, 500)
            known = zip(truth, test, strict=True)
            floor = -np.mean([each.log_likelihood(Y).mean() for each, Y in known])
            over.append(lasso(train, test, **best) - floor)
        said = ", ".join(f"{key} {value}" for key, value in best.items())
        sys.stdout.write(
            f"s = {s}: {np.mean(over):.1f} ({min(over):.1f}-{max(over):.1f}) nats above the truth, "
            f"with {said}; {time.process_time() - started:.0f} CPU s\n"
        )
        sys.stdout.flush()


if __name__ == "__main__":
    threadpool_limits(1)
    warnings.simplefilter("ignore")
    main()
