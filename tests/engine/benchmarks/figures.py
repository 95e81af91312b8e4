"""How long `check` takes to tell stale figures of 7 and of 100 notebooks, beside one job and two.

Usage: python tests/engine/benchmarks/figures.py
"""

import json
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import lab

from portfolio.figures.running import Pool
from portfolio.figures.staleness import stale

MODULES, FUNCTIONS = 60, 12
WORK = "import numpy as np\nx = np.random.default_rng(0).normal(size=(400, 400))\n"
WORK += "for _ in range(300):\n    y = np.linalg.svd(x[:200, :200])\nprint(round(y[1].sum(), 3))"


class Silent:
    """A screen that shows nothing."""

    began = stepped = ended = said = lambda *_: None


def module(number: int) -> str:
    """Return a module of some 150 lines."""
    functions = (
        f'def f{n}(x: float, y: float = 1.0) -> float:\n    """Return something."""\n'
        + "".join(f"    x = x * {n}.{k} + y / (1 + abs(x)) - {number}\n" for k in range(8))
        + "    return x\n"
        for n in range(FUNCTIONS)
    )
    return "\n\n".join(functions)


def project(root: Path, count: int) -> None:
    """Write a project of so many notebooks, each as it is after a run."""
    lab.make(root)
    lab.run(root, "a")
    ran = json.loads((root / "notebooks" / "a.ipynb").read_text())
    package = root / "scripts" / "helpers"
    for number in range(MODULES):
        (package / f"m{number}.py").write_text(module(number))
    for number in range(count):
        uses = range(number, number + 15)
        imports = "\n".join(f"from helpers.m{n % MODULES} import f{n % FUNCTIONS}" for n in uses)
        ran["cells"][1]["source"] = f"{imports}\n{ran['cells'][1]['source']}"[:3000]
        (root / "notebooks" / f"n{number}.ipynb").write_text(json.dumps(ran))


def main() -> None:
    """Print the times."""
    for count in (7, 100):
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            project(root, count)
            started = time.process_time()
            found = len(list(stale(root)))
            print(f"{count:4} notebooks: {time.process_time() - started:.2f} s, {found} stale")  # noqa: T201
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name in "abcd":
            lab.put(root, name, WORK)
        paths = sorted((root / "notebooks").glob("*.ipynb"))
        took = {}
        for jobs in (1, 2):
            started = time.monotonic()
            Pool(jobs).run(paths, root, Silent())
            took[jobs] = time.monotonic() - started
        print(f"four notebooks: {took[1]:.1f} s by one job, {took[2] / took[1]:.2f} of it by two")  # noqa: T201


if __name__ == "__main__":
    main()
