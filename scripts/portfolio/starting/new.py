"""A new site: assembled aside, with papers moved in where they are, and put in place at the end."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

from portfolio import children, lock
from portfolio.files import write, writing
from portfolio.journal import change, recover, scratch
from portfolio.lock import held
from portfolio.moving.move_in import move_in
from portfolio.moving.report import Report
from portfolio.refusal import Refusal
from portfolio.shipped import version
from portfolio.starting import owned, pin, starter

STATE = lock.FOLDER
MAY_STAY = ("README.md", "LICENSE", "LICENSE.md", "LICENSE.txt", ".gitignore", ".git", STATE)
"""What may lie in the folder already, as where a repository was made on a host first."""

_EXAMPLES = ("publications/publications.bib", "publications/papers.csv", "publications/people.csv")
_GIT_SECONDS = 60


def new(
    folder: Path,
    blanks: starter.Blanks,
    source: Path | None = None,
    *,
    tell: Callable[[str], None] = lambda _: None,
) -> Report | None:
    """Make a site in ``folder``; with a ``source``, move its papers in and say what became of them.

    Raises Refusal, having changed nothing, if the folder is not free, the address is none, or the
    source cannot be moved in.
    """
    _refuse_bad(blanks)
    if not (folder / STATE).exists():  # else another run is or was at it
        _refuse_taken(folder)
    with _housed(folder), held(folder, "new", tell) as killed:
        if killed:
            list(recover(folder))
        _refuse_taken(folder)
        report = _fill(folder, blanks, source)
        shutil.rmtree(folder / STATE, ignore_errors=True)
    return report


def _fill(folder: Path, blanks: starter.Blanks, source: Path | None) -> Report | None:
    """Make the site aside, and put it into the folder; what lies there already stays."""
    with scratch(folder) as made:
        report = None
        files = starter.files(blanks)
        for path, data in files.items():
            write(made / path, data)
        if source:
            for example in _EXAMPLES:
                (made / example).unlink()
            report = move_in(made, source.resolve())
            shutil.rmtree(made / STATE, ignore_errors=True)
        ours = {p: files[p] for p in starter.of_the_engine() if not (folder / p).exists()}
        owned.of(version(), ours).save(made)
        paths = (path for path in sorted(made.rglob("*")) if path.is_file())
        named = {path.relative_to(made).as_posix(): path for path in paths}
        change(folder, {n: path for n, path in named.items() if not (folder / n).exists()})
    return report


@contextmanager
def _housed(folder: Path) -> Iterator[None]:
    """Make the folder; if what is done then fails, remove what was made of it."""
    made = [each for each in (folder, *folder.parents) if not each.exists()]
    state_is_new = not (folder / STATE).exists()
    try:
        with writing(folder):
            folder.mkdir(parents=True, exist_ok=True)
        yield
    except BaseException:
        if state_is_new:
            shutil.rmtree(folder / STATE, ignore_errors=True)
        with suppress(OSError):
            for each in made:
                each.rmdir()
        raise


def start_history(folder: Path, tell: Callable[[str], None]) -> None:
    """Make the site a git repository with one commit, as far as git is here and knows who commits.

    One that is there already, in the folder or around it, is left to its owner.
    """
    if _git(folder, "rev-parse", "--git-dir"):
        return
    if not _git(folder, "init", "--quiet", "--initial-branch=main"):
        tell("git is not here, so this is no repository yet: install git, then `git init -b main`")
        return
    _git(folder, "add", "--all")
    if not _git(folder, "commit", "--quiet", "--message", "Start a portfolio"):
        tell("git does not know who you are, so nothing is committed yet: `git commit -m Start`")


def _refuse_bad(blanks: starter.Blanks) -> None:
    if not blanks.owner.strip():
        raise Refusal("owner", "nobody is named", 'say whose site it is: --owner "Ada Byron"')
    parts = urlsplit(blanks.site)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        remedy = "write it as https://ada.github.io or https://example.org/people/ada"
        raise Refusal(f"site {blanks.site}", "this is no address on the web", remedy)


def _refuse_taken(folder: Path) -> None:
    in_the_way = sorted(path.name for path in _listed(folder) if path.name not in MAY_STAY)
    if in_the_way:
        what = f"there is something in it already ({', '.join(in_the_way[:3])})"
        raise Refusal(folder, what, "name a folder that is new or empty")


def _listed(folder: Path) -> list[Path]:
    if folder.exists() and not folder.is_dir():
        raise Refusal(folder, "this is a file", "name a folder that is new or empty")
    return list(folder.iterdir()) if folder.exists() else []


def _git(folder: Path, *arguments: str) -> bool:
    """Run git in the folder; return whether it was there and did what was asked."""
    command = ["git", *arguments]
    try:
        ran = children.run(
            command, cwd=folder, capture_output=True, timeout=_GIT_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return ran.returncode == 0


def engine_line(where: str | None) -> str:
    """Return the requirement on the engine: as somebody names it, else the engine that runs."""
    return (pin.named(where, Path.cwd()) if where else pin.of_this_engine()).requirement
