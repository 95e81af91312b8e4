"""The command line: ``portfolio VERB``."""

import argparse
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from portfolio.records.problems import ContentError
from portfolio.records.root import find_root
from portfolio.verbs import starting

Named = argparse.Namespace


def site(_: Named) -> int:
    """Render the site into _site."""
    from portfolio.environment import remember
    from portfolio.records.site import load_site
    from portfolio.renderers.build import build

    root = _root()
    load_site(root)  # what cannot be used is named before any page asks for it
    remember(root)
    print(build(root, choice=_choice(), tell=_tell))
    return 0


def preview(_: Named) -> int:
    """Serve the site here, rendering after each save."""
    from portfolio.environment import environment, remember
    from portfolio.renderers import RenderError, build, preview

    root = _root()
    remember(root)
    quarto = build.choose(_choice(), _tell)
    if quarto:
        return subprocess.run(
            [quarto, "preview"], cwd=root, env=environment(root), check=False
        ).returncode

    def render() -> None:
        try:
            _tell(str(build.build(root, choice="embedded", tell=lambda _: None)))
        except RenderError as error:
            _tell(str(error))

    render()
    preview.preview(root, render, port=int(os.environ.get("PORT", "0")), tell=_tell)
    return 0


def check(named: Named) -> int:
    """Name every problem of the content."""
    from portfolio.pages.check import problems
    from portfolio.records.reports import FORMATS

    found = problems(_root())
    if report := FORMATS[named.format](found):
        print(report)
    return 1 if found else 0


def figures(_: Named) -> int:
    """Run the notebooks whose code changed, and store their figures."""
    from portfolio.figures.runs import run_stale

    return run_stale(_root(), tell=_tell)


def finish(_: Named) -> int:
    """Complete a rendered site (renderers call this)."""
    from portfolio.pages.finish import finish
    from portfolio.pages.portfolio import load_portfolio

    root = _root()
    finish(load_portfolio(root), Path(os.environ.get("QUARTO_PROJECT_OUTPUT_DIR", root / "_site")))
    return 0


def export(named: Named) -> int:
    """Write all papers to standard output, in a format of your choice."""
    from portfolio.moving.export import exported, gathered
    from portfolio.records.bibliography import load_bibliography

    papers = gathered(named.bib, named.csv) if named.bib else load_bibliography(_root())
    for problem in papers.problems:
        _tell(str(problem))
    text = exported(papers, named.format, normalised=named.normalised)
    try:
        sys.stdout.buffer.write(text.encode())
        sys.stdout.flush()
    except BrokenPipeError:  # the reader has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def add(named: Named) -> int:
    """Look up a paper and add its entry."""
    from portfolio.moving.add import add
    from portfolio.moving.web import Web

    web = Web(
        doi=named.doi_service or Web.doi,
        arxiv=named.arxiv_service or Web.arxiv,
        patience=named.patience or Web.patience,
    )
    found = add(_root(), named.source, web=web, folder=Path.cwd(), anyway=named.anyway)
    print("\n".join(found.entries), end="")
    for line in found.known:
        _tell(line)
    return 0


def import_(named: Named) -> int:
    """Move in from another template's folder, a .bib or a table."""
    from portfolio.moving.move_in import move_in

    print(move_in(_root(), named.source, force=named.force))
    return 0


def _no_options(_: argparse.ArgumentParser) -> None:
    """Leave the verb without options."""


def _check_options(parser: argparse.ArgumentParser) -> None:
    help_ = "text for people, json for programs, github for its checks (text unless told)"
    parser.add_argument("--format", choices=("text", "json", "github"), default="text", help=help_)


def _export_options(parser: argparse.ArgumentParser) -> None:
    forms = ("bib", "ris", "csl-json", "csv")
    parser.add_argument("--format", choices=forms, required=True, help="the format to write")
    parser.add_argument(
        "--bib", nargs="+", type=Path, metavar="FILE", help="read these instead of the project's"
    )
    parser.add_argument("--csv", type=Path, metavar="FILE", help="the table beside --bib")
    parser.add_argument(
        "--normalised",
        action="store_true",
        help="write BibTeX in one manner with all fields, rather than exactly as it was written",
    )


def _add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "source", metavar="PAPER", help="a DOI, an arXiv identifier, an address, or a file"
    )
    parser.add_argument("--anyway", action="store_true", help="add it even if it is there already")
    parser.add_argument(
        "--doi-service",
        metavar="URL",
        default=os.environ.get("PORTFOLIO_DOI_SERVICE"),
        help="where DOIs are resolved (or set PORTFOLIO_DOI_SERVICE)",
    )
    parser.add_argument(
        "--arxiv-service",
        metavar="URL",
        default=os.environ.get("PORTFOLIO_ARXIV_SERVICE"),
        help="where arXiv answers queries (or set PORTFOLIO_ARXIV_SERVICE)",
    )
    parser.add_argument(
        "--patience",
        metavar="SECONDS",
        type=float,
        help="how long an answer may take (20 unless told)",
    )


def _import_options(parser: argparse.ArgumentParser) -> None:
    known = "an al-folio, academicpages, Hugo Blox or Greene lab folder, a .bib, .csv or .tsv"
    parser.add_argument("source", metavar="SOURCE", type=Path, help=known)
    parser.add_argument("--force", action="store_true", help="replace files that are in the way")


VERBS: tuple[tuple[Callable[[Named], int], Callable[[argparse.ArgumentParser], None]], ...] = (
    (site, _no_options),
    (preview, _no_options),
    (check, _check_options),
    (figures, _no_options),
    (finish, _no_options),
    (export, _export_options),
    (import_, _import_options),
    (add, _add_options),
    (starting.new, starting.new_options),
    (starting.upgrade, starting.upgrade_options),
    (starting.lock, _no_options),
)


def main(arguments: list[str] | None = None) -> int:
    """Run one verb; return its exit status."""
    parser = argparse.ArgumentParser(prog="portfolio", description=__doc__)
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    for verb, add_options in VERBS:
        name = verb.__name__.rstrip("_")
        options = verbs.add_parser(name, help=verb.__doc__, description=verb.__doc__)
        options.set_defaults(verb=verb)
        add_options(options)
    named = parser.parse_args(arguments)
    from portfolio.moving.refusal import Refusal
    from portfolio.renderers import RenderError

    try:
        return int(named.verb(named))
    except (ContentError, Refusal, RenderError) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _root() -> Path:
    return find_root(Path.cwd())


def _choice() -> str:
    return os.environ.get("PORTFOLIO_RENDERER") or "auto"


def _tell(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
