"""What Quarto leaves beside the sources of pages when it is stopped at work.

It writes pages, and notebooks for their cells, there before they go to where they belong.
"""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from portfolio.files import write
from portfolio.inputs import inputs
from portfolio.lock import FOLDER

_NOTE = "strays.json"
_OF_PAGES = re.compile(
    r"\.html|_files|\.quarto_ipynb(_\d+)?|\.out\.ipynb|\.embed_files|-preview\.html"
)
_OF_SITES = "site_libs"
_PAGES = {".qmd", ".md", ".ipynb"}


def note(root: Path) -> None:
    """Note what lies beside the sources before Quarto begins: it is somebody's."""
    clear(root)
    there = sorted(path.relative_to(root).as_posix() for path in _candidates(root))
    write(root / FOLDER / _NOTE, json.dumps(there))


def clear(root: Path) -> None:
    """Remove what lies there since it was noted, if it was, and forget the note."""
    path = root / FOLDER / _NOTE
    try:
        there = set(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return
    for stray in list(_candidates(root)):
        if stray.relative_to(root).as_posix() in there:
            continue
        if stray.is_dir() and not stray.is_symlink():
            shutil.rmtree(stray, ignore_errors=True)
        else:
            stray.unlink(missing_ok=True)
    path.unlink(missing_ok=True)


def _candidates(root: Path) -> Iterator[Path]:
    """Yield what lies beside the source of a page and is named as Quarto names what it makes."""
    stems: dict[Path, list[str]] = {root: []}
    for path in inputs(root):
        if path.suffix in _PAGES:
            stems.setdefault(path.parent, []).append(path.stem)
    for folder, names in stems.items():
        for entry in folder.iterdir():
            if any(_made_of(entry.name, stem) for stem in names):
                yield entry
    if (root / _OF_SITES).exists():
        yield root / _OF_SITES


def _made_of(name: str, stem: str) -> bool:
    return name.startswith(stem) and bool(_OF_PAGES.fullmatch(name, len(stem)))
