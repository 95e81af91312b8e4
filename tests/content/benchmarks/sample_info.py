"""What a tangent kernel in blocks takes: memory and time, for more Jacobians than fit.

Run it with ``python tests/content/benchmarks/sample_info.py [SAMPLES]``; it prints the size of
all Jacobians together, the most memory that the process held, and the processor's seconds.
"""

import resource
import sys
import time

import jax
import numpy as np

from methods.sample_info.networks import draw_perceptron

WIDTHS, BLOCK = (784, 257, 129, 1), 128


def main(samples: int = 5000) -> None:
    """Print what the kernel of so many samples takes."""
    network = draw_perceptron(jax.random.key(0), WIDTHS)
    n_weights = len(network.weights())
    X = np.random.default_rng(0).random((samples, WIDTHS[0]))
    start = time.process_time()
    kernel = network.kernel(X, block=BLOCK)
    took = time.process_time() - start
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    whole = samples * n_weights * kernel.itemsize / 2**30
    print(f"{samples} samples x {n_weights} weights: {whole:.2f} GiB of Jacobians")  # noqa: T201
    print(f"  {most:.2f} GiB at most, {took:.0f} s of processor time")  # noqa: T201


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
