"""Moving in: a source is recognised, read and assembled aside, and put in place at the end."""

import csv
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path

from portfolio import texts
from portfolio.journal import change
from portfolio.moving import (
    academicpages,
    al_folio,
    by_hand,
    greene_lab,
    hugo_blox,
    lists,
    plain_sites,
    quarto,
    quarto_site,
)
from portfolio.moving.assemble import CV_PAGE, Assembled, assemble
from portfolio.moving.found import Haul
from portfolio.moving.report import Report
from portfolio.moving.settled import home_with, settings_with
from portfolio.moving.source import Source
from portfolio.moving.whole import accounted, else_listed, of_bibs, of_owner, of_resume, with_things
from portfolio.records.bibtex.reader import parse_bibtex
from portfolio.records.demo import MARK
from portfolio.records.root import SETTINGS
from portfolio.records.sources import decode
from portfolio.refusal import Refusal

_TEMPLATES: tuple[tuple[Callable[[Source], bool], Callable[[Source], Haul]], ...] = (
    (al_folio.is_one, al_folio.read),
    (academicpages.is_one, academicpages.read),
    (hugo_blox.is_one, hugo_blox.read),
    (greene_lab.is_one, greene_lab.read),
    (quarto_site.is_one, quarto.read),
    (plain_sites.is_jekyll, plain_sites.of_jekyll),
    (plain_sites.is_hugo, plain_sites.of_hugo),
    (by_hand.is_one, by_hand.read),
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
    if not haul.papers and not (haul.things.items or haul.things.posts or haul.things.news):
        what = "there are no papers in it"
        what = "it holds a template's samples alone" if haul.things.samples else what
        raise Refusal(path, what, "look whether it is the right place")
    made = assemble(haul)
    if (root / CV_PAGE).exists():  # one's own shows what came along too
        made = replace(made, texts={n: text for n, text in made.texts.items() if n != CV_PAGE})
    report = accounted(made.report, haul, made.copies.values()) if path.is_dir() else made.report
    in_the_way = sorted(_in_the_way(root, made))
    if in_the_way and not force:
        some = ", ".join(in_the_way[:_SHOWN]) + (" and more" if in_the_way[_SHOWN:] else "")
        raise Refusal(some, "already there", "keep it, or replace it with --force")
    written = {target: text.encode() for target, text in made.texts.items()}
    written |= {target: text.encode() for target, text in _settled(root, haul)}
    change(root, {**made.copies, **written})
    return report


def _settled(root: Path, haul: Haul) -> Iterable[tuple[str, str]]:
    """Yield settings and home page with what the source tells of the owner, where that is new."""
    ways = (
        (SETTINGS, partial(settings_with, owner=haul.things.owner, menu=haul.things.menu)),
        ("index.qmd", partial(home_with, bio=haul.things.bio)),
    )
    for name, changed in ways:
        if (root / name).is_file():
            text = texts.read(root / name).text
            if (told := changed(text)) != text:
                yield name, told


def recognised(path: Path) -> Haul:
    """Read the papers at ``path``, whatever it is; raise Refusal if it is nothing known."""
    if path.is_dir():
        return _in_folder(path)
    if not path.is_file():
        raise Refusal(path, "there is no such file or folder", "correct its name")
    file = path.resolve()  # a link that is named may lead anywhere, and goes by its own ending
    source, suffix = Source(file.parent), path.suffix.lower()
    if suffix in {".json", ".yml", ".yaml"} and (cv := of_resume(source, file)):
        return cv
    if suffix in by_hand.SUFFIXES:
        return by_hand.of_file(source, file)
    if suffix not in lists.SUFFIXES:
        wanted = ", ".join(sorted({*lists.SUFFIXES, *by_hand.SUFFIXES}))
        raise Refusal(path, "this is no list of papers", f"name one that ends in {wanted}")
    try:
        return lists.read(source, file, suffix=suffix)
    except ValueError as error:
        raise Refusal(path, f"it cannot be read ({error})", "mend it") from None


def _in_folder(path: Path) -> Haul:
    source = Source(path)
    for is_one, read in _TEMPLATES:
        if is_one(source):
            haul = read(source)
            return with_things(haul if any(of_owner(haul)) else else_listed(haul))
    if bibs := of_bibs(source):
        return with_things(bibs)
    what = "this is no site whose papers can be read, and no folder of .bib files"
    raise Refusal(path, what, "name such a folder, a page, a .bib or a table")


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
