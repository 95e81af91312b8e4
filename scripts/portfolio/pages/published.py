"""What must not be published, taken out of a rendered site again, whichever renderer put it there.

Quarto copies what pages and settings name: links as links, hidden files, files behind a link.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from portfolio.content import FOLDER, NOT_THERE, printable, why_not_published
from portfolio.files import write
from portfolio.records.problems import Problem

_REMEDY = "put the file itself into the project, or remove what names it"


def withdraw(root: Path, output: Path) -> list[Problem]:
    """Remove from ``output`` what may not be published of the project; return what it was.

    A link to content of the project becomes the file that it leads to.
    """
    problems = []
    for path in list(_files(output)):
        inside = path.relative_to(output)
        source = root / inside
        why = why_not_published(source, root) if os.path.lexists(source) else NOT_THERE
        if path.is_symlink() and not why:
            path.unlink()
            write(path, source.read_bytes())
        elif path.is_symlink() or why not in {"", FOLDER, NOT_THERE}:
            path.unlink()
            _remove_empty(path.parent, output)
            what = f"it would be published: {why}"
            problems.append(Problem(printable(inside.as_posix()), 1, "site", what, _REMEDY))
    return problems


def _remove_empty(folder: Path, output: Path) -> None:
    while folder != output and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def _files(output: Path) -> Iterator[Path]:
    """Yield files and links; a repository that the site is kept in is no part of it."""
    for place, folders, names in os.walk(output):
        if Path(place) == output and (output / ".git" / "objects").is_dir():
            folders.remove(".git")
        links = (name for name in folders if Path(place, name).is_symlink())
        kept = (name for name in names if Path(place) != output or name != ".git")
        yield from (Path(place, name) for name in (*links, *kept))
