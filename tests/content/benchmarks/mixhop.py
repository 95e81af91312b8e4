"""What an epoch of MixHop costs beside one of a graph convolutional network of equal width.

Run it with ``python tests/content/benchmarks/mixhop.py [NODES ...]``; it prints a line a graph,
with the CPU time of an epoch (median of repeats that take turns), the memory that a training step
holds besides its data, and the ratios.
"""

import sys
import time

import jax
import jax.numpy as jnp
import numpy as np

from methods.mixhop.graphs import draw_graph
from methods.mixhop.network import draw_parameters, propagation
from methods.mixhop.training import Settings, Task, cross_entropy, train

FEATURES, CLASSES = 128, 10
STEPS, REPEATS = 20, 9
MODELS = {
    "GCN": ([{1: 60}], {1: 3}),
    "MixHop": ([{0: 20, 1: 20, 2: 20}], {0: 1, 1: 1, 2: 1}),
}


def task(n_nodes):
    """Return the classification of the nodes of a synthetic graph, from noise."""
    rng = np.random.default_rng(n_nodes)
    edges, labels = draw_graph(rng, n_nodes=n_nodes, homophily=0.5)
    third = rng.integers(3, size=n_nodes)
    return Task(
        A=propagation(edges, n_nodes),
        X=jnp.asarray(rng.standard_normal((n_nodes, FEATURES)), jnp.float32),
        Y=jnp.asarray(labels),
        fitted=jnp.asarray(third == 0, jnp.float32),
        watched=jnp.asarray(third == 1, jnp.float32),
    )


def compiled(model, data):
    """Return the training of a model, ready to run, and the bytes that it works in."""
    start = draw_parameters(jax.random.key(0), FEATURES, *MODELS[model], CLASSES)
    settings = Settings()
    ready = train.lower(start, data, settings, loss=cross_entropy, steps=STEPS).compile()
    return lambda: ready(start, data, settings), ready.memory_analysis().temp_size_in_bytes


def costs(n_nodes):
    """Return the seconds of an epoch and the bytes of each model."""
    data = task(n_nodes)
    ready = {model: compiled(model, data) for model in MODELS}
    seconds = {model: [] for model in MODELS}
    for _ in range(REPEATS):
        for model, (run, _) in ready.items():
            started = time.process_time()
            jax.block_until_ready(run())
            seconds[model].append((time.process_time() - started) / STEPS)
    return {model: (np.median(seconds[model]), ready[model][1]) for model in MODELS}


def main():
    """Print a line for each size."""
    for n_nodes in map(int, sys.argv[1:] or (1500, 5000, 20000)):
        found = costs(n_nodes)
        cells = ", ".join(
            f"{m} {1e3 * s:.2f} ms {b / 2**20:.1f} MiB" for m, (s, b) in found.items()
        )
        seconds, size = np.divide(found["MixHop"], found["GCN"])
        ratios = f"MixHop / GCN {seconds:.2f} in time, {size:.2f} in memory"
        print(f"{n_nodes} nodes: {cells}; {ratios}", flush=True)  # noqa: T201  for people to read


if __name__ == "__main__":
    main()
