"""How long a site of 1,000 papers takes to render, beside one of seven, with each renderer.

Run it with ``python tests/engine/benchmarks/site.py [PAPERS] [RENDERER ...]``; it prints a line
a site and the ratio. Every paper has a page; none of them has a source of its own.
"""

import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "site"))

from checkout import copy_project, make_anothers, render

from portfolio.renderers.quarto import find_quarto

OWNER = """owner:
  name: Ada Byron
  site: https://byron.example
  repository: https://code.example/byron/site
"""
HOME = "---\ntitle: Ada Byron\n---\n"
FEW = 7


def bibliography(count):
    """Return ``count`` entries over forty years."""
    return "\n".join(
        f"@article{{key{n}, title = {{On the {n}th structure of things and {{Their}} parts}},"
        f" author = {{Byron, Ada and M{{\\'e}}nabr{{\\'e}}a, Luigi and Doe, Jane}}, journal ="
        f" {{Journal of Things}}, year = {1980 + n % 40}, volume = {n}, eprint = {{2001.{n:05}}},"
        " archivePrefix = {arXiv}}"
        for n in range(count)
    )


def seconds(renderer, count):
    """Render a site of ``count`` papers; return how long it took."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "site"
        copy_project(root)
        make_anothers(root, OWNER, bibliography(count), HOME)
        started = time.perf_counter()
        render(root, renderer)
        return time.perf_counter() - started


def main():
    """Print a line for each renderer."""
    many = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    renderers = sys.argv[2:] or ["embedded", *(["quarto"] if find_quarto() else [])]
    for renderer in renderers:
        few, long = seconds(renderer, FEW), seconds(renderer, many)
        line = f"{renderer}: {FEW} papers {few:.1f} s, {many} papers {long:.1f} s"
        print(f"{line}, ratio {long / few:.2f}", flush=True)  # noqa: T201  for people to read


if __name__ == "__main__":
    main()
