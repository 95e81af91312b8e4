"""The command line: ``python -m portfolio VERB``."""

import argparse
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from portfolio.records.problems import ContentError
from portfolio.records.site import find_root


def site(root: Path) -> int:
    """Render the site into _site."""
    from portfolio.renderers.build import build

    print(build(root, choice=_choice(), tell=_tell))
    return 0


def preview(root: Path) -> int:
    """Serve the site here, rendering after each save."""
    from portfolio.renderers import RenderError, build, preview

    quarto = build.choose(_choice(), _tell)
    if quarto:
        return subprocess.run(
            [quarto, "preview"], cwd=root, env=build.quarto_environment(), check=False
        ).returncode

    def render() -> None:
        try:
            _tell(str(build.build(root, choice="embedded", tell=lambda _: None)))
        except RenderError as error:
            _tell(str(error))

    render()
    preview.preview(root, render, port=int(os.environ.get("PORT", "0")), tell=_tell)
    return 0


def check(root: Path) -> int:
    """Name every problem of the content."""
    from portfolio.pages.check import problems

    found = [str(problem) for problem in problems(root)]
    print("\n".join(found) or "no problems")
    return 1 if found else 0


def figures(root: Path) -> int:
    """Run the notebooks whose code changed, and store their figures."""
    from portfolio.figures.runs import run_stale

    return run_stale(root, tell=_tell)


def finish(root: Path) -> int:
    """Complete a rendered site (renderers call this)."""
    from portfolio.pages.finish import finish
    from portfolio.pages.portfolio import load_portfolio

    finish(load_portfolio(root), Path(os.environ.get("QUARTO_PROJECT_OUTPUT_DIR", root / "_site")))
    return 0


VERBS: tuple[Callable[[Path], int], ...] = (site, preview, check, figures, finish)


def main(arguments: list[str] | None = None) -> int:
    """Run one verb; return its exit status."""
    parser = argparse.ArgumentParser(prog="portfolio", description=__doc__)
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    for verb in VERBS:
        verbs.add_parser(verb.__name__, help=verb.__doc__).set_defaults(verb=verb)
    named = parser.parse_args(arguments)
    from portfolio.renderers import RenderError

    try:
        return int(named.verb(find_root(Path.cwd())))
    except (ContentError, RenderError) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _choice() -> str:
    return os.environ.get("PORTFOLIO_RENDERER") or "auto"


def _tell(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
