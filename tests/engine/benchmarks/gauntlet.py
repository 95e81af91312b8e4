"""What each site of the gauntlet takes to render, in the processor's seconds, the dearest first.

Run it with ``python tests/engine/benchmarks/gauntlet.py [RENDERER [NAME ...]]``, embedded unless
told; it prints a line a site, then the sum.
"""

import resource
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "gauntlet"))

from description import Description, read_descriptions
from outcome import render


def seconds(site: Description, renderer: str) -> float:
    """Render a site; return what the processor spent on it, kernels and Pandoc included."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with tempfile.TemporaryDirectory() as folder:
        render(site, Path(folder), renderer)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Print a line for each site."""
    renderer, *names = sys.argv[1:] or ["embedded"]
    sites = [site for site in read_descriptions() if not names or site.name in names]
    spent = {site.name: seconds(site, renderer) for site in sites}
    for name, cost in sorted(spent.items(), key=lambda item: -item[1]):
        print(f"{cost:6.1f} s  {name}")  # noqa: T201  for people to read
    print(f"{sum(spent.values()):6.1f} s  {len(spent)} sites, {renderer}")  # noqa: T201


if __name__ == "__main__":
    main()
