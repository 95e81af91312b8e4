"""How long T-CorEx takes on 10^3, 10^4 and 10^5 variables in 20 periods, beside the paper's hour.

Run it with ``python tests/content/benchmarks/tcorex.py [FACTORS [VARIABLES ...]]``, 16 factors
unless told, on two cores. Each size is a process of its own, whose peak memory includes the data.
Gaps are held-out nats per variable above the truth. Settings are the defaults, those that a user
gets; the last lines compare them, which stop when the objective says so and begin with some of the
variables, with all steps of longer fits of all variables at once, of 16,384 variables.
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

from methods.tcorex import TCorex, growth
from methods.tcorex.synthetic import draw_samples, draw_sudden_change

PERIODS, SAMPLES, TEST_SAMPLES, FACTORS = 20, 16, 20, 16
HOUR = 3600
COMPARED = 16_384
UNHURRIED = {"steps": 40, "tol": 0.0}


def measure(variables, factors, seed, *, unhurried=False):
    """Fit one synthetic data set; return seconds, memory, and gaps to the truth."""
    if unhurried:
        growth.WORTH = np.inf
    rng = np.random.default_rng([seed, variables])
    truth = draw_sudden_change(rng, n_periods=PERIODS, n_variables=variables, n_groups=factors)
    train = draw_samples(rng, truth, SAMPLES, np.float32)
    model = TCorex(factors, tell=tell, **(UNHURRIED if unhurried else {}))
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
        "diagonal": float(np.mean(best + blind) / variables),
    }


def tell(line, file=sys.stderr):
    """Write a line; those on standard error show progress."""
    print(line, file=file, flush=True)


def apart(*arguments, **settings):
    """Return what ``measure`` does, from a process of its own."""
    command = [sys.executable, __file__, "--one", json.dumps([arguments, settings])]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


def main():
    """Print a line for each size, and for each of the settings compared."""
    factors = int(sys.argv[1]) if len(sys.argv) > 1 else FACTORS
    sizes = [int(size) for size in sys.argv[2:]] or [1_000, 10_000, 100_000]
    found = []
    for size in sizes:
        one = apart(size, factors, 1)
        found.append(one)
        say = f"{size:,} variables: {one['wall']:.1f} s, 1/{HOUR / one['wall']:.0f} of an hour; "
        say += f"{one['cpu']:.1f} CPU s at load {os.getloadavg()[0]:.1f}; {one['memory']:.2f} GiB; "
        say += f"{one['gap']:.4f} nats a variable above the truth, a diagonal {one['diagonal']:.4f}"
        tell(say, sys.stdout)
    for (p, few), (q, many) in pairwise(zip(sizes, found, strict=True)):
        power = np.log(many["cpu"] / few["cpu"]) / np.log(q / p)
        tell(f"from {p:,} to {q:,} variables time grows with the power {power:.2f}", sys.stdout)
    for seed in (1, 2, 3):
        usual, slow = (apart(COMPARED, factors, seed, unhurried=how) for how in (False, True))
        say = f"{COMPARED:,} variables, seed {seed}: {usual['gap']:.4f} nats in "
        say += f"{usual['cpu']:.1f} CPU s; "
        say += f"unhurried {slow['gap']:.4f} nats in {slow['cpu']:.1f} CPU s"
        tell(say, sys.stdout)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        with threadpool_limits(1):
            arguments, settings = json.loads(sys.argv[2])
            tell(json.dumps(measure(*arguments, **settings)), sys.stdout)
    else:
        main()
