"""Moving in: a source is recognised, read and assembled aside, and put in place at the end."""

import csv
import re
from collections.abc import Callable, Iterable
from pathlib import Path

from portfolio.journal import change
from portfolio.moving import academicpages, al_folio, greene_lab, hugo_blox, lists
from portfolio.moving.assemble import Assembled, assemble
from portfolio.moving.found import Haul
from portfolio.moving.report import Report
from portfolio.moving.source import Source
from portfolio.records.bibtex.reader import parse_bibtex
from portfolio.records.demo import MARK
from portfolio.records.sources import decode
from portfolio.refusal import Refusal

_TEMPLATES: tuple[tuple[Callable[[Source], bool], Callable[[Source], Haul]], ...] = (
    (al_folio.is_one, al_folio.read),
    (academicpages.is_one, academicpages.read),
    (hugo_blox.is_one, hugo_blox.read),
    (greene_lab.is_one, greene_lab.read),
)
_SHOWN = 3
_NOTHING = re.compile(r"(?:\s|%[^@\n]*(?:\n|\Z))*")
"""What may stand in a .bib that has been emptied: remarks, but no entries behind percent signs."""


def move_in(root: Path, path: Path, *, force: bool = False) -> Report:
    """Bring the papers at ``path`` into the project at ``root``, and say what became of them.

    Raises Refusal, having changed nothing, if ``path`` holds no papers, or if a file is in the way
    and it is not to be replaced by ``force``.
    """
    haul = recognised(path)
    if not haul.papers:
        raise Refusal(path, "there are no papers in it", "look whether it is the right place")
    made = assemble(haul)
    in_the_way = sorted(_in_the_way(root, made))
    if in_the_way and not force:
        some = ", ".join(in_the_way[:_SHOWN]) + (" and more" if in_the_way[_SHOWN:] else "")
        raise Refusal(some, "already there", "keep it, or replace it with --force")
    texts = {target: text.encode() for target, text in made.texts.items()}
    change(root, {**made.copies, **texts})
    return made.report


def recognised(path: Path) -> Haul:
    """Read the papers at ``path``, whatever it is; raise Refusal if it is nothing known."""
    if path.is_dir():
        source = Source(path)
        for is_one, read in _TEMPLATES:
            if is_one(source):
                return read(source)
        what = "this is no al-folio, academicpages, Hugo Blox or Greene lab folder"
        raise Refusal(path, what, "name such a folder, a .bib or a table")
    if not path.is_file():
        raise Refusal(path, "there is no such file or folder", "correct its name")
    if path.suffix.lower() not in lists.SUFFIXES:
        wanted = ", ".join(sorted(lists.SUFFIXES))
        raise Refusal(path, "this is no list of papers", f"name one that ends in {wanted}")
    try:
        file = path.resolve()  # a link that is named may lead anywhere, and goes by its own ending
        return lists.read(Source(file.parent), file, suffix=path.suffix.lower())
    except ValueError as error:
        raise Refusal(path, f"it cannot be read ({error})", "mend it") from None


def _in_the_way(root: Path, made: Assembled) -> Iterable[str]:
    for target, text in made.texts.items():
        there = (root / target).read_bytes() if (root / target).exists() else b""
        if there != text.encode() and not _says_nothing(target, there):
            yield target
    for target, path in made.copies.items():
        if (root / target).exists() and (root / target).read_bytes() != path.read_bytes():
            yield target


def _says_nothing(name: str, data: bytes) -> bool:
    """Whether a .bib or a table was emptied, or holds what every new site starts with only."""
    text = decode(data, shown_as=name, problems=[])
    if not name.endswith(".bib"):
        rows = list(csv.reader(text.splitlines()))[1:]
        return all(not any(row) or MARK in " ".join(row) for row in rows)
    entries = parse_bibtex(text, shown_as=name)[0]
    for entry in entries:
        text = text.replace(entry.raw.strip(), "", 1)
    return all(MARK in entry.raw for entry in entries) and bool(_NOTHING.fullmatch(text))
