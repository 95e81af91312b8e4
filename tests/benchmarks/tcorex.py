"""How long T-CorEx takes on 10^3, 10^4 and 10^5 variables in 20 periods, beside the paper's hour.

Run it with ``python tests/benchmarks/tcorex.py [FACTORS [VARIABLES ...]]``, 16 factors unless told,
on two cores. Each size is a process of its own, whose peak memory includes the data. Gaps are
held-out nats per variable above the truth. The last lines compare the settings, which save
time, with unhurried ones on 2,048 variables.
"""

import json
import os
import resource
import subprocess
import sys
import time
from itertools import pairwise

import numpy as np
from threadpoolctl import threadpool_limits

from portfolio.methods.tcorex import TCorex
from portfolio.methods.tcorex.synthetic import draw_samples, draw_sudden_change

PERIODS, SAMPLES, TEST_SAMPLES, FACTORS, CORES = 20, 16, 20, 16, 2
HOUR = 3600
PENALTIES = {"l1": 3.0, "gamma": 0.5}
QUICK = {"steps": 8, "reach": 3}
UNHURRIED = {"steps": 40, "reach": None}


def measure(variables, factors, seed, settings):
    """Fit one synthetic data set; return seconds, memory, and gaps to the truth."""
    rng = np.random.default_rng([seed, variables])
    truth = draw_sudden_change(rng, n_periods=PERIODS, n_variables=variables, n_groups=factors)
    train = draw_samples(rng, truth, SAMPLES, np.float32)
    model = TCorex(factors, n_threads=CORES, tell=tell, **PENALTIES, **settings)
    wall, cpu = time.perf_counter(), time.process_time()
    model.fit(train)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    test = draw_samples(rng, truth, TEST_SAMPLES, np.float32)
    pairs = zip(truth, test, strict=True)
    best = np.array([one.log_likelihood(Y).mean() for one, Y in pairs])
    blind = [
        np.mean(Y**2 / s**2 + np.log(2 * np.pi * s**2), axis=0).sum() / 2
        for Y, s in zip(test, model.scales_, strict=True)
    ]
    return {
        "wall": wall,
        "cpu": cpu,
        "memory": memory,
        "gap": float(np.mean(best - model.score_periods(test)) / variables),
        "gap of a diagonal": float(np.mean(best + blind) / variables),
    }


def tell(line):
    """Show progress on standard error."""
    print(line, file=sys.stderr, flush=True)  # noqa: T201  for people to read


def apart(*arguments):
    """Return what ``measure`` does, from a process of its own."""
    command = [sys.executable, __file__, "--one", json.dumps(arguments)]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


def main():
    """Print a line for each size, and for each of the settings compared."""
    factors = int(sys.argv[1]) if len(sys.argv) > 1 else FACTORS
    sizes = [int(size) for size in sys.argv[2:]] or [1_000, 10_000, 100_000]
    load = os.getloadavg()[0]
    print(f"{PERIODS} periods, {SAMPLES} samples each, {factors} factors, load {load:.1f}")
    print("variables   wall s    CPU s  memory GiB  nats above truth  (diagonal)  of an hour")
    found = []
    for size in sizes:
        one = apart(size, factors, 1, QUICK)
        found.append(one)
        print(
            f"{size:9,} {one['wall']:8.1f} {one['cpu']:8.1f} {one['memory']:11.2f}"
            f" {one['gap']:17.4f} {one['gap of a diagonal']:11.4f}  1/{HOUR / one['wall']:.0f}",
            flush=True,
        )
    for (p, one), (q, more) in pairwise(zip(sizes, found, strict=True)):
        exponent = np.log(more["cpu"] / one["cpu"]) / np.log(q / p)
        print(f"CPU time grows with the power {exponent:.2f} from {p:,} to {q:,} variables")
    for seed in (1, 2, 3):
        quick, slow = (apart(2048, factors, seed, how) for how in (QUICK, UNHURRIED))
        print(
            f"2,048 variables, seed {seed}: quick {quick['gap']:.4f} nats in {quick['cpu']:.1f} CPU s,"
            f" unhurried {slow['gap']:.4f} in {slow['cpu']:.1f}",
            flush=True,
        )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        with threadpool_limits(1):
            print(json.dumps(measure(*json.loads(sys.argv[2])[:3], json.loads(sys.argv[2])[3])))
    else:
        main()
