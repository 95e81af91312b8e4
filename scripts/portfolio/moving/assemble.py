"""The files of a portfolio, made of what a source holds."""

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from portfolio.moving.bodies import literal
from portfolio.moving.found import Found, Haul
from portfolio.moving.names import safe, untaken
from portfolio.moving.report import BIBTEX, SITE, Report
from portfolio.moving.things import WITH_PAGES, Things, front_matter_of, written
from portfolio.numbering import free
from portfolio.records import bibliography, news
from portfolio.records.bibtex.reader import parse_bibtex
from portfolio.records.coauthors import PEOPLE
from portfolio.records.fields import is_latex, with_canonical_names
from portfolio.records.formats.bib import write_entry
from portfolio.records.formats.escape import to_latex
from portfolio.records.identifiers import web_address
from portfolio.records.kinds.reader import CV
from portfolio.records.paper import slug_of
from portfolio.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

PREVIEWS = "publications/previews"
FILES = "publications/files"
CV_PAGE = f"{CV}/index.qmd"
_CV = "---\ntitle: CV\n---\n\n```{python}\nfrom portfolio import pages\n\npages.cv()\n```\n"
"""The page of a CV, without which its tables would be shown nowhere."""
_FILED = {"preview": PREVIEWS} | dict.fromkeys(("pdf", "supp", "poster", "slides", "html"), FILES)


@dataclass(frozen=True)
class Assembled:
    """Files to write, by their paths in the project, and what is to be said of them."""

    texts: Mapping[str, str]
    copies: Mapping[str, Path]
    report: Report


def assemble(haul: Haul) -> Assembled:
    """Return the bibliography, the table beside it, and the files that their fields name."""
    parts = _Parts(haul)
    papers = list(_with_keys_of_their_own(_once(haul)))
    for paper in papers:
        parts.add(paper)
    bibtex = "\n".join([haul.bibtex] * bool(haul.bibtex) + parts.entries)
    texts = {bibliography.BIB: bibtex, bibliography.CSV: _table(parts.rows)}
    if haul.people:
        texts[PEOPLE] = _written(["name", "link"], haul.people)
    texts |= dict(_of_things(haul.things))
    texts |= dict(_pages_of(papers))
    names = tuple(pair for paper in haul.papers for pair in paper.names)
    unused = tuple(haul.source.unused)
    copies = {**parts.copies, **haul.things.copies}
    report = Report(haul.template, len(papers), len(copies), names, unused, _counts(haul.things))
    return Assembled(texts, copies, report)


def _of_things(things: Things) -> Iterable[tuple[str, str]]:
    """Yield the tables, news and posts that things beside papers make."""
    for kind, rows in things.items.items():
        if rows:
            yield f"{kind if kind in WITH_PAGES else CV}/{kind}.yml", written(rows)
    if things.has_cv:
        yield CV_PAGE, _CV
    if things.news:
        dated = sorted(things.news, reverse=True)
        yield news.CSV, _written(["date", "text", "link"], dated)
    for name, post in things.posts.items():
        yield f"posts/{name}.qmd", post
    yield from things.pages.items()


def _pages_of(papers: Iterable[Found]) -> Iterable[tuple[str, str]]:
    """Yield the pages of the papers of which the source tells more than a summary."""
    for paper in papers:
        if paper.text:
            slug = slug_of(paper.slug)
            said = {"title": literal(paper.record.fields.get("title", ""))}
            front = front_matter_of(said | {"bibliography": list(paper.bibliography)})
            cell = f'```{{python}}\nfrom portfolio import pages\n\npages.paper("{slug}")\n```'
            yield f"publications/{slug}.qmd", f"---\n{front}---\n\n{cell}\n\n{paper.text}\n"


def _counts(things: Things) -> tuple[tuple[str, int], ...]:
    counts = {kind: len(rows) for kind, rows in things.items.items()}
    counts |= {"news": len(things.news), "posts": len(things.posts), "pages": len(things.pages)}
    return tuple((name, count) for name, count in counts.items() if count)


@dataclass
class _Parts:
    """What the papers give, one after the other."""

    haul: Haul
    entries: list[str] = field(default_factory=list)
    rows: list[dict[str, str]] = field(default_factory=list)
    copies: dict[str, Path] = field(default_factory=dict)

    def add(self, paper: Found) -> None:
        record = paper.record
        inside = self._said_by_entry(paper)
        cells = {name: text for name, text in record.fields.items() if name not in inside}
        cells |= self._files(paper)
        if not paper.written:
            kept = {name: text for name, text in record.fields.items() if name in inside}
            self.entries.append(write_entry(replace(record, fields=kept), latex=paper.latex))
        elif paper.written not in self.haul.bibtex:
            self.entries.append(_under(record.key, paper.written))
        cells = {name: text for name, text in cells.items() if text}
        if cells:
            self.rows.append({"key": record.key} | cells)

    def _said_by_entry(self, paper: Found) -> dict[str, str]:
        """Return the fields that the paper's entry says, which the table need not say again."""
        if not paper.written:
            return {n: text for n, text in paper.record.fields.items() if n in BIBTEX}
        (entry, *_), _ = parse_bibtex(paper.written, shown_as="")
        said = with_canonical_names(entry.fields)
        return {name: text for name, text in said.items() if name not in paper.over}

    def _files(self, paper: Found) -> dict[str, str]:
        """Return the fields that name files of the source, as they are named here.

        A file that is not there keeps its name; what leads out of the source is left out.
        """
        cells: dict[str, str] = {}
        for name, folder in _FILED.items():
            value = self.haul.source.local(paper.record.fields.get(name, ""))
            if not value or web_address(value) or "://" in value:
                continue
            try:
                path = self.haul.source.find(value, paper.folders)
            except Refusal as refusal:
                cells[name] = ""
                self._report(paper, name, str(refusal).partition(": ")[2], value)
                continue
            if path:
                cells[name] = self._copied(path, folder, paper.record.key)
            else:
                told = "there is no such file in the source: add it here, or remove its name"
                self._report(paper, name, told, value)
        return cells

    def _copied(self, path: Path, folder: str, key: str) -> str:
        """Return where the file goes: under its own name, or else with the key's before it."""
        name = safe(path.name)
        target = f"{folder}/{name}"
        there = {one.lower(): each for one, each in self.copies.items()}
        if there.get(target.lower(), path).resolve() != path.resolve():
            target = untaken(f"{folder}/{safe(key)}-{name}", there)
        self.copies[target] = path
        return target

    def _report(self, paper: Found, name: str, told: str, value: str) -> None:
        what, _, remedy = told.partition(": ")
        key = f"{paper.record.key}.{name}"
        self.haul.source.report(paper.where, key, f"{what} ({value})", remedy)


def _once(haul: Haul) -> "Iterator[Found]":
    """Yield the papers but for those that say what one before them says; these are reported."""
    seen = set[tuple[object, ...]]()
    for paper in haul.papers:
        one = paper.record
        said = (one.key, one.kind, one.authors, one.editors, frozenset(one.fields.items()))
        if said in seen:
            haul.source.report(paper.where, one.key, "the same paper again", "it is taken once")
        else:
            seen.add(said)
            yield paper


def _with_keys_of_their_own(papers: Iterable[Found]) -> "Iterator[Found]":
    taken: set[str] = set()
    for paper in papers:
        yield paper.renamed(free(paper.record.key, taken))


def _under(key: str, written: str) -> str:
    return re.sub(r"([{(]\s*)[^\s,{}()]*", lambda found: found[1] + key, written, count=1)


def _table(rows: Iterable[Mapping[str, str]]) -> str:
    rows = list(rows)
    names = {name for row in rows for name in row}
    columns = ["key", *(name for name in SITE if name in names)]
    columns += sorted(names - set(columns))
    return _written(columns, ([_cell(n, row.get(n, "")) for n in columns] for row in rows))


def _written(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue()


def _cell(name: str, text: str) -> str:
    """Return a cell that is read as ``text``: what looks like LaTeX is written as such."""
    text = " ".join(text.split())
    looks = "\\" in text or text.count("$") > 1
    return to_latex(text) if looks and is_latex(name) else text
