"""Running notebooks again in a fresh environment, and saying what moved."""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from portfolio.records.problems import ContentError
from portfolio.verbs.telling import tell

if TYPE_CHECKING:
    from portfolio.figures.verified import Verified


def verify(root: Path, paths: Sequence[Path], named: argparse.Namespace) -> int:
    """Run the notebooks again elsewhere, compare, and write what came of it into the project."""
    from portfolio.figures import verified
    from portfolio.figures.notebooks import language_of, see_notebook, unreadable
    from portfolio.figures.record import VERIFIED
    from portfolio.files import write
    from portfolio.journal import scratch
    from portfolio.starting import fresh

    unread = [said for path in paths if (said := unreadable(path, root))]
    if unread:
        raise ContentError(*unread)
    languages = {path: language_of(see_notebook(path)) for path in paths}
    for path, language in languages.items():
        if language:
            tell(f"{path.stem}: it is written in {language}, and only Python is run here")
    paths = [path for path in paths if not languages[path]]
    if not paths:
        tell("there is no notebook to verify")
        return 0
    with scratch(root) as folder:
        tell("making an environment of what the lock pins")
        python = fresh.build(root, folder / "environment")
        again = fresh.run_again(root, folder, python, list(_options(paths, named)))
        answers = [_answer(path, again / path.relative_to(root)) for path in paths]
    known = verified.read_verified(root)
    there = {path.stem for path in (root / "notebooks").glob("*.ipynb")}
    kept = {name: answer for name, answer in known.items() if name in there}
    now = kept | {answer.notebook: answer for answer in answers}
    write(root / VERIFIED, verified.table(now.values()))
    for answer in answers:
        tell(f"{answer.notebook}: {answer.result}{': ' * bool(answer.what)}{answer.what}")
    good = sum(answer.good for answer in answers)
    tell(f"{good} of {len(answers)} verified; {VERIFIED} says so")
    return 0 if good == len(answers) else 1


def _options(paths: Sequence[Path], named: argparse.Namespace) -> Iterator[str]:
    """Yield what the run elsewhere is told."""
    if named.jobs:
        yield from ("--jobs", str(named.jobs))
    if named.timeout:
        yield from ("--timeout", str(named.timeout))
    yield from (path.stem for path in paths)


def _answer(path: Path, again: Path) -> "Verified":
    """Return what came of a notebook's second run: it left no record there if it failed."""
    from datetime import UTC, datetime

    from portfolio.figures import verified
    from portfolio.figures.comparing import moves
    from portfolio.figures.notebooks import read_notebook
    from portfolio.figures.record import read_record

    notebook, other = read_notebook(path), read_notebook(again)
    today, of = datetime.now(UTC).date(), verified.identity(notebook)
    result, what = verified.SAME, ""
    if not read_record(other):
        result, what = verified.FAILED, "it did not run to its end"
    elif moved := moves(notebook, other):
        result, what = verified.MOVED, "; ".join(map(str, moved))
    return verified.Verified(path.stem, today, result, what, of)
