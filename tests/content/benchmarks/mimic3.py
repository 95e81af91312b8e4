"""What the pipeline of mimic3 takes: features beside a loop of pandas, and cohorts of two sizes.

Run it with ``python tests/content/benchmarks/mimic3.py [STAYS]``; it prints one line for each
stage, in processor's seconds. The most memory is that of a process for each size of cohort.
"""

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from methods.mimic3 import cohort, discretizer, episodes, features, tasks

sys.path.append(str(Path(__file__).parents[1] / "methods"))
from mimic3_cases import slow_features

SLOW = 20  # stays that the loop is timed on


def timed(name, do):
    """Return what ``do`` returns, and print the processor's seconds that it takes."""
    start = time.process_time()
    result = do()
    print(f"  {name:<28} {time.process_time() - start:7.2f} s")  # noqa: T201  for people to read
    return result


def run(subjects):
    """Write a cohort, extract it, and go through its parts to samples, features and grids."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "source"), Path(folder, "target")
        timed("cohort written", lambda: cohort.write(source, subjects=subjects, seed=0))
        report = timed("episodes extracted", lambda: episodes.extract(source, target))
        rows = sum(n for (table, _), n in report.rows.items() if table.endswith("EVENTS"))
        stays = report.rows["episodes", "kept"]
        timed("mortality: features, grids", lambda: [mortality(part) for part in parts(target)])
        timed("hourly samples and labels", lambda: [hourly(part) for part in parts(target)])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"  {stays:,} stays, {rows:,} rows of events, {peak:.0f} MiB at most")  # noqa: T201  the same


def parts(target):
    """Return the parts of the episodes, one in memory at a time."""
    return episodes.iterate(target)


def mortality(stays):
    """Return the features and grids of the first 48 hours."""
    samples = tasks.mortality(stays)
    grids, _ = discretizer.discretise_all(stays, samples.stay, samples.hour)
    return features.extract(stays, samples.stay, samples.hour).mean(), grids.mean()


def hourly(stays):
    """Return how many samples the hourly tasks have."""
    return len(tasks.decompensation(stays)) + len(tasks.length_of_stay(stays))


def compare():
    """Time features of whole stays beside the loop of the tests."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "source"), Path(folder, "target")
        cohort.write(source, subjects=300, seed=1)
        episodes.extract(source, target)
        stays = episodes.load(target)
    start = time.process_time()
    fast = features.extract(stays)
    ours = (time.process_time() - start) / len(stays)
    start = time.process_time()
    slow = [slow_features(stay, np.inf) for stay in stays[:SLOW]]
    loop = (time.process_time() - start) / SLOW
    np.testing.assert_allclose(fast[:SLOW], slow, rtol=1e-9, atol=1e-9)
    print(  # noqa: T201  the same
        f"features of a stay: ours {ours * 1e3:.2f} ms, loop {loop * 1e3:.2f} ms, "
        f"ratio {loop / ours:.0f}"
    )


def main():
    """Compare features, then run a tenth of the cohort and all of it."""
    if sys.argv[1:2] == ["--one"]:
        run(int(sys.argv[2]))
        return
    compare()
    stays = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    for subjects in (stays // 10, stays):
        print(f"{subjects:,} subjects", flush=True)  # noqa: T201  the same
        subprocess.run([sys.executable, __file__, "--one", str(subjects)], check=True)


if __name__ == "__main__":
    main()
