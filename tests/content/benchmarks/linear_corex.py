"""How long linear CorEx takes to fit, beside the authors' package ``linearcorex`` (0.53).

Run it with ``python tests/content/benchmarks/linear_corex.py [VARIABLES ...]``; it prints one line
for each setting: the processor's seconds on one thread and the wall clock's, the held-out negative
log-likelihood in nats per variable, and how many times faster ours is; then the exponent of our
time in the number of variables. Each number is the mean of two draws.
"""

import contextlib
import io
import sys
import time

import numpy as np
from threadpoolctl import threadpool_limits

from methods.linear_corex import (
    LinearCorex,
    draw_loadings,
    log_likelihood,
    sample_variables,
)

try:
    with contextlib.redirect_stdout(io.StringIO()):  # it prints that it found no GPU library
        from linearcorex.linearcorex import Corex
except ImportError:
    sys.exit("linearcorex is missing: pip install -e '.[benchmarks]'")

SIZES = (128, 512, 2048, 8192, 32768)
SEEDS = (0, 1)
TEST_SAMPLES = 500
AT_LEAST = 1.0  # seconds that the fits of one draw add up to; the fastest counts


def strong(p, seed, n_groups=8, n_samples=128):
    """Return train and test samples of strict groups, with signal up to five times the noise."""
    rng = np.random.default_rng([p, seed])
    loadings, _ = draw_loadings(rng, n_variables=p, n_groups=n_groups, extra_parents=0)
    snr = rng.uniform(0, 5, p)
    X = sample_variables(rng, loadings, n_samples=n_samples + TEST_SAMPLES, snr=snr)
    return X[:n_samples], X[n_samples:]


def weak(p, seed, n_groups=64, n_samples=300):
    """Return train and test samples of many faint groups, some variables hearing two or more."""
    rng = np.random.default_rng([p, seed])
    loadings, _ = draw_loadings(rng, n_variables=p, n_groups=n_groups, extra_parents=0.1)
    X = sample_variables(rng, loadings, n_samples=n_samples + TEST_SAMPLES, snr=0.1)
    return X[:n_samples], X[n_samples:]


def ours(X, n_hidden, seed):
    """Return our model's mean, scale and loadings."""
    model = LinearCorex(n_hidden, random_state=seed).fit(X)
    return model.mean_, model.scale_, model.loadings_


def theirs(X, n_hidden, seed):
    """Return the same of the package's model."""
    with contextlib.redirect_stdout(io.StringIO()):
        model = Corex(n_hidden=n_hidden, seed=seed).fit(X)
    mean, scale = model.theta
    return mean, scale, model.moments["rhoinvrho"] / (1 + model.moments["Si"])


def measure(fit, train, test, n_hidden, seed):
    """Return the processor's and the wall clock's seconds of a fit, and its loss on the test."""
    times = []
    while sum(cpu for cpu, _ in times) < AT_LEAST:
        cpu, wall = time.process_time(), time.perf_counter()
        mean, scale, loadings = fit(train, n_hidden, seed)
        times.append((time.process_time() - cpu, time.perf_counter() - wall))
    likelihood = log_likelihood((test - mean) / scale, loadings.astype(float)).mean()
    return *np.min(times, axis=0), (np.log(scale).sum() - likelihood) / test.shape[1]


def compare(name, draw, p, n_hidden):
    """Print a line for one setting; return our seconds."""
    draws = [(*draw(p, seed), n_hidden, seed) for seed in SEEDS]
    mine, other = (
        np.mean([measure(fit, *each) for each in draws], axis=0) for fit in (ours, theirs)
    )
    line = (
        f"{name}, {p} variables, {n_hidden} factors: ours {row(*mine)}; linearcorex {row(*other)}"
    )
    print(f"{line}; {other[0] / mine[0]:.1f} times", flush=True)  # noqa: T201  for people to read
    return mine[0]


def row(cpu, wall, loss):
    """Return the three numbers as text."""
    return f"{cpu:.3f} s (wall {wall:.3f}), loss {loss:.4f}"


def main():
    """Time the sizes given, and one setting with many weak groups."""
    sizes = [int(size) for size in sys.argv[1:]] or SIZES
    with threadpool_limits(1):
        seconds = [compare("strong", strong, p, 8) for p in sizes]
        if len(sizes) > 1:
            exponent = np.polyfit(np.log(sizes), np.log(seconds), 1)[0]
            print(f"our time grows as p to the power {exponent:.2f}")  # noqa: T201  the same
        compare("weak", weak, 1024, 64)


if __name__ == "__main__":
    main()
