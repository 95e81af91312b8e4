"""The publications table: all BibTeX entries, joined with tables of papers and people."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from portfolio.content import is_content, lying_in
from portfolio.records.bibtex.reader import parse_files
from portfolio.records.coauthors import load_people, with_links
from portfolio.records.fields import with_canonical_names
from portfolio.records.formats.record import with_versions
from portfolio.records.inheritance import Family, inherit, references_of
from portfolio.records.latex.convert import formulas_in
from portfolio.records.latex.formulas import expect
from portfolio.records.paper import Paper, as_before
from portfolio.records.papers import by_key, joined
from portfolio.records.problems import ContentError, Problem
from portfolio.records.sources import read_text
from portfolio.records.spelling import faults_of_columns
from portfolio.records.tables.reader import read_table
from portfolio.records.tables.rows import entries_of
from portfolio.records.versions import merge_versions

if TYPE_CHECKING:
    import pandas as pd

FOLDER = "publications"
BIB = "publications/publications.bib"
CSV = "publications/papers.csv"
TABLES = (CSV, "publications/papers.tsv")


@dataclass(frozen=True)
class Bibliography:
    """All papers, newest year first and in the order of the files within a year."""

    papers: tuple[Paper, ...]
    problems: tuple[Problem, ...]
    apart: tuple[Paper, ...] = ()
    """Entries that are no papers: volumes of other people, and what holds fields for others."""

    def __iter__(self) -> Iterator[Paper]:
        return iter(self.papers)

    def __len__(self) -> int:
        return len(self.papers)

    def __getitem__(self, slug: str) -> Paper:
        """Return the paper with ``slug``; raise KeyError naming those there are."""
        if slug in self._by_slug:
            return self._by_slug[slug]
        there_are = ", ".join(paper.slug for paper in self.papers) or "none"
        raise KeyError(f"no paper has the slug {slug}; there are: {there_are}")

    def only(self, paper: Paper) -> "Bibliography":
        """Return the bibliography of one paper, with what it takes fields over from."""
        return Bibliography((paper,), (), tuple(self.behind(paper)))

    def behind(self, paper: Paper) -> list[Paper]:
        """Return the entries that a paper takes fields over from, over any chain."""
        found: dict[str, Paper] = {}
        wanted = references_of(paper.fields)
        while wanted:
            key = wanted.pop(0)
            other = self._by_key.get(key)
            if other and other is not paper and key not in found:
                found[key] = other
                wanted += references_of(other.fields)
        return list(found.values())

    def get(self, slug: str) -> Paper | None:
        """Return the paper with ``slug``, if there is one."""
        return self._by_slug.get(slug)

    @cached_property
    def _by_slug(self) -> Mapping[str, Paper]:
        return {paper.slug: paper for paper in self.papers}

    @cached_property
    def _by_key(self) -> Mapping[str, Paper]:
        return {paper.key.lower(): paper for paper in with_versions(self)}

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
    family = inherit(entries, problems)
    rows = [
        row
        for path in TABLES
        if is_content(root / path, root)
        for row in read_table(root / path, shown_as=path, problems=problems)
    ]
    problems += faults_of_columns(rows)
    if not entries and any(with_canonical_names(row.cells).get("title") for row in rows):
        family, rows = Family(entries_of(rows, problems)), []
    elif not texts and not rows:
        problems.append(Problem(BIB, 1, "file", "there is no bibliography", "add the file"))
    whose = _spellings(root) if family.apart else frozenset()
    papers, apart = joined(root, family, by_key(rows, problems), problems, whose)
    papers = merge_versions(papers, problems)
    papers = with_links(papers, load_people(root, problems))
    papers = [as_before(paper, "linked") for paper in papers]
    expect(tex for paper in papers for latex in _with_formulas(paper) for tex in formulas_in(latex))
    papers.sort(key=lambda paper: paper.when.order)
    return Bibliography(tuple(papers), tuple(sorted(set(problems))), tuple(apart))


def _spellings(root: Path) -> frozenset[str]:
    """Return the owner's name in all spellings, or none where the settings tell none."""
    from portfolio.records.site import load_site  # noqa: PLC0415  needed for volumes only

    try:
        return load_site(root, known=False).owner.spellings
    except ContentError:
        return frozenset()


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
