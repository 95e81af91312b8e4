"""The publications table: all BibTeX entries, joined with tables of papers and people."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from portfolio.content import is_content, lying_in
from portfolio.records.bibtex.reader import Entry, parse_files
from portfolio.records.coauthors import load_people, with_links
from portfolio.records.faults import faults
from portfolio.records.fields import is_latex, with_canonical_names
from portfolio.records.formats.escape import with_tags
from portfolio.records.inheritance import inherit
from portfolio.records.latex.convert import formulas_in, to_text
from portfolio.records.latex.entities import decoded
from portfolio.records.latex.formulas import expect
from portfolio.records.latex.marked import has_tags
from portfolio.records.paper import LONGEST_SLUG, Paper, slug_of
from portfolio.records.people.names import Name, Names, read_names
from portfolio.records.problems import Problem
from portfolio.records.sources import read_text
from portfolio.records.tables.reader import Row, read_table
from portfolio.records.tables.rows import entries_of
from portfolio.records.versions import merge_versions

if TYPE_CHECKING:
    import pandas as pd

FOLDER = "publications"
BIB = "publications/publications.bib"
CSV = "publications/papers.csv"
TABLES = (CSV, "publications/papers.tsv")
_DEVICES = {"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10))}
TAKEN = {"index", "publications", *_DEVICES}
"""No paper's slug: of the listing, of the files of all entries, and what Windows keeps."""
_LATEX_IN_CELL = re.compile(r"\\[A-Za-z\"'`^~=.&%$#_{]|\$[^$]+\$")
_NUMBERS = re.compile(r"\d+")


@dataclass(frozen=True)
class Bibliography:
    """All papers, newest year first and in the order of the files within a year."""

    papers: tuple[Paper, ...]
    problems: tuple[Problem, ...]

    def __iter__(self) -> Iterator[Paper]:
        return iter(self.papers)

    def __len__(self) -> int:
        return len(self.papers)

    def __getitem__(self, slug: str) -> Paper:
        """Return the paper with ``slug``; raise KeyError naming those there are."""
        for paper in self.papers:
            if paper.slug == slug:
                return paper
        there_are = ", ".join(paper.slug for paper in self.papers) or "none"
        raise KeyError(f"no paper has the slug {slug}; there are: {there_are}")

    def frame(self) -> "pd.DataFrame":
        """Return one row per paper: the site's columns first, then every other field."""
        import pandas as pd  # noqa: PLC0415  half a second that rendering does without

        rows = [
            {
                "key": paper.key,
                "slug": paper.slug,
                "type": paper.kind,
                "title": paper.title,
                "authors": [name.display for name in paper.authors],
                "venue": paper.venue,
                "year": paper.year,
                "arxiv": paper.arxiv,
                "doi": paper.doi,
                "selected": paper.selected,
                "summary": paper.summary,
            }
            for paper in self.papers
        ]
        table = pd.DataFrame(rows).astype({"year": "Int64"}) if rows else pd.DataFrame()
        others = pd.DataFrame([dict(paper.fields) for paper in self.papers])
        return table.join(others.drop(columns=table.columns, errors="ignore"))


def load_bibliography(root: Path, *, bibs: Sequence[Path] = ()) -> Bibliography:
    """Read the papers of the project at ``root``; a missing file is a problem, not an error.

    They are those of the files ``bibs`` instead of the folder's, where such are named.
    """
    problems: list[Problem] = []
    texts = {
        path: read_text(root / path, shown_as=path, problems=problems)
        for path in ([_shown(root, path) for path in bibs] or _files(root))
    }
    entries, found = parse_files(texts)
    problems += found
    entries = inherit(entries, problems)
    rows = [
        row
        for path in TABLES
        if is_content(root / path, root)
        for row in read_table(root / path, shown_as=path, problems=problems)
    ]
    if not entries and any(with_canonical_names(row.cells).get("title") for row in rows):
        entries, rows = entries_of(rows, problems), []
    elif not texts and not rows:
        problems.append(Problem(BIB, 1, "file", "there is no bibliography", "add the file"))
    papers = _join(root, entries, _by_key(rows, problems), problems)
    papers = merge_versions(papers, problems)
    papers = with_links(papers, load_people(root, problems))
    expect(tex for paper in papers for latex in _with_formulas(paper) for tex in formulas_in(latex))
    papers.sort(key=lambda paper: paper.when.order)
    return Bibliography(tuple(papers), tuple(sorted(set(problems))))


def _files(root: Path) -> list[str]:
    """Return the project's .bib files, the main one first."""
    found = sorted(
        lying_in(root, FOLDER, ".bib"), key=lambda path: (path.name != Path(BIB).name, path)
    )
    return [path.relative_to(root).as_posix() for path in found]


def _shown(root: Path, path: Path) -> str:
    """Return a file's path as problems name it: from the project's root, if it is in there."""
    inside = path.is_relative_to(root)
    return (path.relative_to(root) if inside else path).as_posix()


def _with_formulas(paper: Paper) -> Iterator[str]:
    for name in ("title", "summary", "abstract", "note"):
        if "$" in (latex := paper.latex.get(name, "")) or "\\(" in latex:
            yield latex


def _by_key(rows: Sequence[Row], problems: list[Problem]) -> dict[str, Row]:
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


def _join(
    root: Path,
    entries: Sequence[Entry],
    rows: dict[str, Row],
    problems: list[Problem],
) -> list[Paper]:
    papers: list[Paper] = []
    slugs: set[str] = set()
    for entry in entries:
        row = rows.pop(entry.key.lower(), None)
        paper, names = _paper(entry, row.cells if row else {}, slugs)
        wished = row.cells.get("slug", paper.slug) if row else paper.slug
        if row and wished != paper.slug:
            what = f"the slug {wished} is not one of its own that an address can hold"
            remedy = f"use letters, digits, - and _ (shown as {paper.slug} meanwhile)"
            problems.append(Problem(row.path, row.line, entry.key, what, remedy))
        elif len(entry.key) > LONGEST_SLUG and not paper.fields.get("slug"):
            what = f"the key is longer than {LONGEST_SLUG} letters, and file names hold no more"
            remedy = f"give it a shorter one, or a slug (its page is {paper.slug}.html)"
            problems.append(Problem(entry.path, entry.line, entry.key, what, remedy))
        slugs.add(paper.slug)
        problems += [Problem(entry.path, entry.line, entry.key, *fault) for fault in names.faults]
        problems += faults(paper, root)
        papers.append(paper)
    for row in rows.values():
        what, remedy = f"no entry of {BIB} has this key", "correct the key or remove the row"
        problems.append(Problem(row.path, row.line, row.key, what, remedy))
    return papers


def _paper(entry: Entry, cells: Mapping[str, str], slugs: set[str]) -> tuple[Paper, Names]:
    is_row = not entry.path.endswith(".bib")
    own = with_canonical_names(entry.fields)
    cells = with_canonical_names(cells)
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
        latex=latex, others=names.others,
    )  # fmt: skip
    return paper, names


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
