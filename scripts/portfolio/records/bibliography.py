"""The publications table: BibTeX entries joined with ``papers.csv``."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from portfolio.records.bibtex import Entry, read_bibtex
from portfolio.records.latex import to_text
from portfolio.records.paper import Paper, slug_of
from portfolio.records.people import parse_names
from portfolio.records.problems import Problem

if TYPE_CHECKING:
    import pandas as pd

BIB = "publications/publications.bib"
CSV = "publications/papers.csv"
_NOT_LATEX = {"doi", "url", "eprint", "arxiv", "code", "pdf", "data", "website"}
_BLANK = {"", "NA"}


@dataclass(frozen=True)
class Bibliography:
    """All papers, newest year first and in the order of the file within a year."""

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


@dataclass(frozen=True)
class Row:
    """One line of ``papers.csv``: the cells that say something."""

    key: str
    cells: dict[str, str]
    line: int


def load_bibliography(root: Path) -> Bibliography:
    """Read the papers of the project at ``root``; a missing file is a problem, not an error."""
    problems: list[Problem] = []
    entries: list[Entry] = []
    if (root / BIB).exists():
        entries, problems = read_bibtex(root / BIB, shown_as=BIB)
    else:
        problems.append(Problem(BIB, 1, "file", "there is no bibliography", "add the file"))
    rows = _rows(root / CSV, problems)
    papers = _join(entries, rows, problems)
    papers.sort(key=lambda paper: -(paper.year or 9999))
    return Bibliography(tuple(papers), tuple(sorted(problems)))


def _join(entries: list[Entry], rows: dict[str, Row], problems: list[Problem]) -> list[Paper]:
    papers: list[Paper] = []
    slugs: dict[str, str] = {}
    for entry in entries:
        row = rows.pop(entry.key.lower(), None)
        paper = _paper(entry, row.cells if row else {}, slugs)
        wished = row.cells.get("slug", paper.slug) if row else paper.slug
        if row and wished != paper.slug:
            what = f"the slug {wished} is not one of its own that an address can hold"
            remedy = f"use letters, digits, - and _ (shown as {paper.slug} meanwhile)"
            problems.append(Problem(CSV, row.line, entry.key, what, remedy))
        slugs[paper.slug] = entry.key
        problems += _gaps(paper)
        papers.append(paper)
    for row in rows.values():
        what, remedy = f"no entry of {BIB} has this key", "correct the key or remove the row"
        problems.append(Problem(CSV, row.line, row.key, what, remedy))
    return papers


def _paper(entry: Entry, cells: dict[str, str], slugs: dict[str, str]) -> Paper:
    fields = {
        name: value if name in _NOT_LATEX else to_text(value)
        for name, value in entry.fields.items()
    }
    fields |= cells
    authors = entry.fields.get("author") or entry.fields.get("editor", "")
    slug = base = slug_of(fields.get("slug") or entry.key)
    number = 2
    while slug in slugs or slug == "index":
        slug, number = f"{base}-{number}", number + 1
    names = parse_names(cells.get("author", authors))
    return Paper(entry.key, slug, entry.kind, names, fields, entry.raw, entry.path, entry.line)


def _gaps(paper: Paper) -> Iterator[Problem]:
    gaps = {
        "title": not paper.fields.get("title"),
        "author": not paper.authors,
        "year": paper.year is None,
    }
    for field, missing in gaps.items():
        if missing:
            value = paper.fields.get(field)
            what = f"the {field} cannot be read ({value})" if value else f"there is no {field}"
            remedy = f"give the entry a {field} field"
            yield Problem(paper.path, paper.line, paper.key, what, remedy)


def _rows(path: Path, problems: list[Problem]) -> dict[str, Row]:
    if not path.exists():
        return {}
    rows: dict[str, Row] = {}
    with path.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        end = reader.line_num
        for cells in reader:
            line, end = max(end, 1) + 1, reader.line_num
            said = {
                name.strip().lower(): value.strip()
                for name, value in cells.items()
                if isinstance(name, str) and isinstance(value, str) and value.strip() not in _BLANK
            }
            key = said.pop("key", "")
            if not key:
                if said:
                    problems.append(Problem(CSV, line, "row", "it has no key", "name its entry"))
                continue
            if key.lower() in rows:
                problems.append(Problem(CSV, line, key, "it has two rows", "make them one"))
            rows[key.lower()] = Row(key, said, line)
    return rows
