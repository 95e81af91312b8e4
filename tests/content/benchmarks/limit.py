"""How the settings of notebooks/limit.ipynb were chosen: by noisy validation labels alone.

Each method that has a number gets three values of it, and all three rates of Adam, on a seed that
the notebook does not use. Printed is what validation labels, of which 80 % are wrong, say at their
best epoch, and beside it, for curiosity, the right answers on clean test digits there. The rates
of DMI, with half of the labels wrong too, and of the convolutional networks were tried likewise.
Forward correction and DMI on convolutional networks end the output, on the notebook's seeds. As
in the notebook, JAX sees one processor: with more, sums are made in other parts.

    python tests/content/benchmarks/limit.py
"""

import os
import sys
from pathlib import Path
from typing import Any

os.environ["PJRT_NPROC"] = "1"

import jax.numpy as jnp
import numpy as np

sys.path.insert(0, str(Path(__file__).parents[3] / "scripts"))

from methods.limit import (
    Convolution,
    Determinant,
    Forward,
    FromLabels,
    Limit,
    corrupt,
    train,
    uniform_noise,
)
from methods.limit.digits import handwritten_digits

SEED, WRONG, CLASSES = 100, 0.8, 10
NOISE = uniform_noise(WRONG, CLASSES)
METHODS = {
    "cross-entropy": FromLabels(),
    "MAE": FromLabels(1.0),
    "forward": Forward(jnp.asarray(NOISE, jnp.float32)),
    **{f"GCE, k = {k}": FromLabels(k) for k in (0.5, 0.7, 0.9)},
    **{f"LIMIT, Gaussian, beta = {b}": Limit("gaussian", b) for b in (3.0, 10.0, 30.0)},
    **{f"LIMIT, Laplace, beta = {b}": Limit("laplace", b) for b in (3.0, 10.0, 30.0)},
}


CONVOLUTIONAL = (Convolution(4, 8), Convolution(4, 16), 64)
SHORT = ("cross-entropy", "MAE", "forward", "GCE, k = 0.7", "LIMIT, Laplace, beta = 10.0")
LOW = (1e-4, 3e-4, 1e-3)


def main() -> None:
    """Print a table for each kind of network, a row for each method and a column for each rate."""
    images, digit = handwritten_digits()
    inked = images[:, (images > 0).mean(axis=0) > 0.01]
    table(METHODS, inked, digit, (128, 128), (5e-4, 1e-3, 2e-3))
    short = {name: METHODS[name] for name in SHORT}
    table(short, images, digit, CONVOLUTIONAL, (1e-3, 2e-3, 4e-3))
    for X, hidden, wrong in (
        (inked, (128, 128), 0.5),
        (inked, (128, 128), WRONG),
        (images, CONVOLUTIONAL, WRONG),
    ):
        table({"DMI": Determinant()}, X, digit, hidden, LOW, wrong)
    print("\nconvolutional, on the notebook's seeds: test at the last and at the best epoch")  # noqa: T201
    for name, rates in (("forward", (2e-3,)), ("DMI", LOW)):
        for rate in rates:
            method = METHODS.get(name, Determinant())
            runs = [follow(method, images, digit, CONVOLUTIONAL, rate, seed) for seed in range(3)]
            last = [test[-1] for _, test in runs]
            best = [test[validation.argmax()] for validation, test in runs]
            said = (f"{np.mean(each):.3f} {min(each):.2f}-{max(each):.2f}" for each in (last, best))
            print(f"{name:14}{rate:<14}" + "  ".join(said), flush=True)  # noqa: T201


def table(  # noqa: PLR0913, PLR0917  an experiment has that many settings
    methods: Any, X: Any, digit: Any, hidden: Any, rates: tuple[float, ...], wrong: float = WRONG
) -> None:
    """Print what the runs of some methods with some rates come to."""
    print(f"{'validation / test':28}" + "".join(f"{rate:>18}" for rate in rates))  # noqa: T201
    for name, method in methods.items():
        print(f"{name:28}", end="")  # noqa: T201
        for rate in rates:
            validation, test = follow(method, X, digit, hidden, rate, SEED, wrong)
            best = validation.argmax()
            print(f"{f'{validation[best]:.3f} / {test[best]:.3f}':>18}", end="", flush=True)  # noqa: T201
        print()  # noqa: T201


def follow(  # noqa: PLR0913, PLR0917  an experiment has that many settings
    method: Any, X: Any, digit: Any, hidden: Any, rate: float, seed: int, wrong: float = WRONG
) -> Any:
    """Return a run's accuracies on noisy validation and on clean test labels, by round."""
    rng = np.random.default_rng(seed)
    rows = np.split(rng.permutation(len(X)), [3000, 3500])
    noisy = corrupt(rng, digit, uniform_noise(wrong, CLASSES))
    labels = (noisy, noisy, digit)
    training, validation, test = ((X[r], y[r]) for r, y in zip(rows, labels, strict=True))
    settings = {"n_classes": CLASSES, "hidden": hidden, "epochs": 30, "apart": 3}
    start = None
    if isinstance(method, Determinant):
        four = settings | {"epochs": 4, "apart": 4, "rate": 1e-3 if hidden[0] == 128 else 2e-3}
        start = train(FromLabels(), *training, np.random.default_rng(seed), **four).networks
    watch = {"validation": validation, "test": test}
    run = train(
        method,
        *training,
        np.random.default_rng(seed),
        **settings,
        rate=rate,
        watch=watch,
        start=start,
    )
    return run.accuracy.values()


if __name__ == "__main__":
    main()
