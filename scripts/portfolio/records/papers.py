"""Papers made of entries, and of what the rows of a table say beside them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from portfolio.content import is_content
from portfolio.records.bibtex.reader import Entry
from portfolio.records.faults import faults
from portfolio.records.fields import ADDRESSES, is_latex, with_canonical_names
from portfolio.records.formats.escape import with_tags
from portfolio.records.identifiers import own_file
from portfolio.records.inheritance import NO_WORKS, Family
from portfolio.records.latex.convert import to_text
from portfolio.records.latex.entities import decoded
from portfolio.records.latex.marked import has_tags
from portfolio.records.paper import LONGEST_SLUG, Paper, as_before, slug_of
from portfolio.records.people.names import Name, Names, fold, read_names
from portfolio.records.problems import Problem
from portfolio.records.tables.reader import Row
from portfolio.records.values import BOOKS

_DEVICES = {"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10))}
TAKEN = {"index", "publications", *_DEVICES}
"""No paper's slug: of the listing, of the files of all entries, and what Windows keeps."""
_LATEX_IN_CELL = re.compile(r"\\[A-Za-z\"'`^~=.&%$#_{]|\$[^$]+\$")
_OF_FILES = {*ADDRESSES, "preview"}
_NUMBERS = re.compile(r"\d+")


_SHOWN = 3


def by_key(rows: Sequence[Row], problems: list[Problem]) -> dict[str, Row]:
    """Return rows by their keys in lower case; report second ones, and rows without."""
    by_key: dict[str, Row] = {}
    for row in rows:
        if not row.key:
            problems.append(Problem(row.path, row.line, "row", "it has no key", "name its entry"))
            continue
        first = by_key.get(row.key.lower())
        if first:
            problems.append(
                Problem(row.path, row.line, row.key, "it has two rows", "make them one")
            )
        cells = row.cells if first is None else first.cells | row.cells
        by_key[row.key.lower()] = replace(row, cells=cells)
    return by_key


def joined(
    root: Path,
    family: Family,
    rows: dict[str, Row],
    problems: list[Problem],
    spellings: frozenset[str],
) -> tuple[list[Paper], list[Paper]]:
    """Return the papers, and apart from them the entries that are none.

    Those hold papers in books of other people; whose a book is, the owner's ``spellings`` tell,
    and where they are not known, its papers' authors.
    """
    papers: list[Paper] = []
    apart: list[Paper] = []
    slugs: set[str] = set()
    for entry in family.entries:
        row = rows.pop(entry.key.lower(), None)
        paper, names = _paper(entry, row, slugs)
        paper = as_before(_with_own_files(paper, root), "joined")
        wished = row.cells.get("slug", paper.slug) if row else paper.slug
        if row and wished.lower() != paper.slug:
            what = f"the slug {wished} is not one of its own that an address can hold"
            remedy = f"use letters, digits, - and _ (shown as {paper.slug} meanwhile)"
            problems.append(Problem(row.path, row.line, entry.key, what, remedy))
        elif len(entry.key) > LONGEST_SLUG and not paper.fields.get("slug"):
            what = f"the key is longer than {LONGEST_SLUG} letters, and file names hold no more"
            remedy = f"give it a shorter one, or a slug (its page is {paper.slug}.html)"
            problems.append(Problem(entry.path, entry.line, entry.key, what, remedy))
        slugs.add(paper.slug)
        if entry.key.lower() in family.apart and not _is_ours(paper, family, spellings):
            apart.append(paper)
            continue
        role = "editor" if paper.is_edited else "author"
        problems += [paper.problem(role, *fault) for fault in names.faults]
        problems += faults(paper, root)
        papers.append(paper)
    for row in rows.values():
        what, remedy = (
            "no entry of publications/publications.bib has this key",
            "correct the key or remove the row",
        )
        problems.append(Problem(row.path, row.line, row.key, what, remedy))
    problems += _said_of(apart)
    return papers, apart


def _is_ours(paper: Paper, family: Family, spellings: frozenset[str]) -> bool:
    if paper.kind in NO_WORKS:
        return False
    people = (*paper.authors, *read_names(paper.latex.get("editor", "")).names)
    if spellings:
        return any(name.is_one_of(spellings) for name in people)
    authors = family.authors_below(paper.key)
    is_volume = paper.kind in BOOKS or paper.kind == "periodical"
    return not is_volume or any(fold(name.display) in authors for name in people)


def _said_of(apart: Sequence[Paper]) -> Iterator[Problem]:
    """Yield one hint for the volumes and one for the sets that are no papers of the list."""
    sets = [paper for paper in apart if paper.kind == "set"]
    volumes = [paper for paper in apart if paper.kind not in NO_WORKS]
    for some, what in (
        (volumes, "what papers are in, by other people, is no paper of the list"),
        (sets, "a set of other entries is no paper of the list"),
    ):
        if some:
            keys = ", ".join(paper.key for paper in some[:_SHOWN]) + ", …" * (len(some) > _SHOWN)
            said = f"{what} ({len(some)} in all: {keys})" if len(some) > 1 else what
            remedy = "nothing needs to be done, every export has it"
            yield some[0].problem("", said, remedy, hint=True)


def _paper(entry: Entry, row: Row | None, slugs: set[str]) -> tuple[Paper, Names]:
    is_row = not entry.path.endswith(".bib")
    own = with_canonical_names(entry.fields)
    cells = with_canonical_names(row.cells) if row else {}
    latex = {name: value for name, value in own.items() if is_latex(name)}
    latex = _latex_of_cells(latex) if is_row else latex
    latex = {n: v for n, v in latex.items() if n not in cells} | _latex_of_cells(cells)
    fields = own | cells | {name: to_text(value) for name, value in latex.items()}
    slug = base = slug_of(fields.get("slug") or entry.key)
    number = 2
    while slug in slugs or slug in TAKEN:
        slug, number = f"{base}-{number}", number + 1
    authors = own.get("author") or own.get("editor", "")
    if cells.get("author"):
        names = read_names(cells["author"], commas=True)
    else:
        names = read_names(authors, commas=is_row)
    people = _with_equal(names.names, fields.get("equal", ""))
    paper = Paper(
        entry.key, slug, entry.kind, people, fields, entry.raw, entry.path, entry.line,
        latex=latex, others=names.others, entry=entry if row is None else _beside(entry, row),
    )  # fmt: skip
    return paper, names


def _with_own_files(paper: Paper, root: Path) -> Paper:
    """Return a paper whose files are named from the project's root, where they are there."""
    found: dict[str, str] = {}
    for name in _OF_FILES & paper.fields.keys():
        value = paper.fields[name]
        if not value or "://" in value or own_file(value):
            continue
        folder = "previews" if name == "preview" else "files"
        value = value.removeprefix("./").lstrip("/")
        for place in (value, f"publications/{value}", f"publications/{folder}/{value}"):
            if own_file(place) and is_content(root / place, root):
                found[name] = place
    return replace(paper, fields={**paper.fields, **found}) if found else paper


def _beside(entry: Entry, row: Row) -> Entry:
    """Return an entry that knows which fields stand in a row of a table."""
    elsewhere = dict(entry.elsewhere) | dict.fromkeys(
        with_canonical_names(row.cells), (row.path, row.line)
    )
    return replace(entry, elsewhere=elsewhere)


def _latex_of_cells(cells: Mapping[str, str]) -> dict[str, str]:
    """Return the cells that are LaTeX or have tags or entities; the others are plain text."""
    latex = {}
    for name, cell in cells.items():
        if not is_latex(name):
            continue
        if _LATEX_IN_CELL.search(cell):
            latex[name] = cell
        elif (text := decoded(cell)) != cell or has_tags(text):
            latex[name] = with_tags(text)
    return latex


def _with_equal(names: tuple[Name, ...], said: str) -> tuple[Name, ...]:
    """Mark the authors who contributed equally, given by their numbers or as all (``true``)."""
    chosen = {int(number) for number in _NUMBERS.findall(said)}
    every = said.lower() in {"true", "yes", "all"}
    return tuple(
        replace(name, marks=name.marks or "*") if every or number in chosen else name
        for number, name in enumerate(names, 1)
    )
