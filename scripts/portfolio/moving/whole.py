"""A folder moved in whole: its papers, and all else that has a home here."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from portfolio.content import files
from portfolio.moving import by_hand, lists, resumes
from portfolio.moving.data_files import read_data
from portfolio.moving.found import Cells, Found, Haul
from portfolio.moving.items import read_things
from portfolio.moving.keys import title_of
from portfolio.moving.left import entries_in, left_behind, made_in, other_lists
from portfolio.moving.names import address_of
from portfolio.moving.owners import about_pages, read_owner
from portfolio.moving.paper_texts import with_text
from portfolio.moving.places import pages_by_kind
from portfolio.moving.report import Report
from portfolio.moving.samples import is_sample, is_sample_entry
from portfolio.moving.site_pages import NO_PAGES, find_pages, read_menu, read_pages
from portfolio.moving.source import Source, listed, plain
from portfolio.moving.things import Things
from portfolio.records.bibtex.reader import parse_bibtex
from portfolio.records.paper import slug_of

_OF_CVS = {"publisher": "venue", "journal": "venue", "releaseDate": "date", "highlights": "summary"}
_OF_OTHERS = re.compile(
    r"^(?:ref(?:erence)?s?|cit(?:ed|ations?)|library|zotero|packages|grateful)\b", re.IGNORECASE
)
_BY_HAND = ("_pages/*.md", "_pages/*.html", "*.md", "content/*.md", "content/*/index.md",
            "content/*/_index.md", "content/publication*/*.md")  # fmt: skip
_RESUMES = ("assets/json/resume.json", "_data/cv.json", "_data/cv.yml", "_data/resume.yml")


def with_things(haul: Haul) -> Haul:
    """Return a haul with all that is beside its papers, and without a template's samples."""
    source, things = haul.source, Things()
    papers = tuple(_without_samples(haul))
    others = {path for paths in pages_by_kind(source).values() for path in paths}
    others |= {*about_pages(source), *(paper.page for paper in haul.papers if paper.page)}
    pages = find_pages(source, things, others | source.read)
    for paper in papers:
        if paper.page:
            address = f"/publications/{slug_of(paper.slug)}.html"
            things.addresses[address_of(source.name(paper.page))] = address
    things.keys |= {paper.record.key for paper in papers if paper.written or haul.bibtex}
    read_things(source, things)
    read_owner(source, things)
    for path in source.glob(*_RESUMES):
        things.taken.add(path)
        data = source.data(path)
        for kind, row in rows_of_resume(data):
            if not is_sample(str(row.get("title", "")), str(row)):
                things.add(kind, row)
        if _is_ones_own(data):
            _report_left(source, path, data)
    read_data(source, things)
    read_pages(source, things, pages)
    read_menu(source, things)
    told = tuple(with_text(source, things, paper) for paper in papers)
    bibtex = haul.bibtex
    for paper in haul.papers:
        if _is_sample(paper) and paper.written:
            bibtex = bibtex.replace(paper.written, "", 1)
    return replace(haul, papers=told, bibtex=bibtex if told else "", things=things)


def _report_left(source: Source, path: Path, data: Any) -> None:
    for section in resumes.left_of(data):
        what = "not everything in this section has a table here"
        source.report(path, section, what, "see what is lacking, and write it yourself")


def rows_of_resume(data: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield kinds and rows of a CV in any of the forms that are known; none of other data."""
    if not _is_ones_own(data):
        return
    if resumes.is_json_resume(data):
        yield from resumes.of_json_resume(data)
    elif resumes.is_rendercv(data):
        yield from resumes.of_rendercv(data)
    else:
        yield from resumes.of_time_tables(data)


def _is_ones_own(data: Any) -> bool:
    """Whether a CV is not the one that its template comes with."""
    if resumes.is_json_resume(data) or resumes.is_rendercv(data):
        about = data.get("basics") if resumes.is_json_resume(data) else data["cv"]
        return "einstein" not in str(about.get("name", "")).lower()
    return "Albert Einstein" not in str(data)


def of_resume(source: Source, path: Path) -> Haul | None:
    """Return a CV by itself as a haul without papers, or None where the file is no CV."""
    data = source.data(path)
    if not (resumes.is_json_resume(data) or resumes.is_rendercv(data)):
        return None
    things = Things()
    for kind, row in rows_of_resume(data):
        things.add(kind, row)
    _report_left(source, path, data)
    basics = data.get("basics") or data.get("cv") or {}
    for key in ("email", "phone"):
        if basics.get(key):
            things.owner[key] = str(basics[key])
    name = "JSON Resume" if "basics" in data else "RenderCV"
    papers = tuple(_of_cv(source, path, one) for one in resumes.papers_of(data))
    return Haul(name, source, papers, things=things)


def _of_cv(source: Source, path: Path, said: Mapping[str, Any]) -> Found:
    """Return a paper as a CV has it."""
    cells = Cells()
    for key, value in said.items():
        field = _OF_CVS.get(str(key), str(key).lower())
        if key == "authors":
            cells.put_authors(key, [one.strip("*") for one in listed(value)])
        elif key in {"title", "name"}:
            cells.put(key, plain(value), "title")
        else:
            cells.put(str(key), plain(value) or ", ".join(listed(value)), field)
    kind = "article" if cells.said.get("venue") else "misc"
    return cells.found("unnamed", source.name(path), [source.root], kind=kind).keyed()


def of_owner(haul: Haul) -> Iterator[Found]:
    """Yield the papers that somebody wrote, not those that a template comes with."""
    yield from (one for one in haul.papers if not _is_sample(one))


def _is_sample(paper: Found) -> bool:
    record = paper.record
    families = [name.family for name in (*record.authors, *record.editors)]
    is_entry = is_sample_entry(record.key, families)
    return is_entry or is_sample(record.fields.get("title", ""))


def else_listed(haul: Haul) -> Haul:
    """Return papers that a site lists elsewhere than where its template has them.

    What is written by hand on its pages goes before files of entries, which complete it.
    """
    source = haul.source
    there = (p for p in source.glob(*_BY_HAND, quietly=True) if not NO_PAGES.fullmatch(p.stem))
    pages = [path for path in there if by_hand.listed_on(source, path)]
    listed = by_hand.of_pages(source, pages, name=haul.template)
    other = listed if listed.papers else of_bibs(source, own=True)
    return (
        replace(other, template=haul.template, people=other.people or haul.people)
        if other
        else haul
    )


def of_bibs(source: Source, *, own: bool = False) -> Haul | None:
    """Return the papers of all .bib files below a folder, equal entries once; None without any.

    With ``own``, files that are called as if they held what others wrote are passed over.
    """
    papers: list[Found] = []
    for path in files(source.root, source.root, apart=made_in(source)):
        if path.suffix == ".bib" and not (own and _OF_OTHERS.search(path.stem)):
            text = source.text(path)
            entries = parse_bibtex(text, shown_as=source.name(path))[0]
            where = source.name(path)
            papers += [lists.of_one_entry(one, f"{where}:{one.line}", source) for one in entries]
    return Haul("BibTeX files", source, tuple(papers)) if papers else None


def accounted(report: Report, haul: Haul, copied: Iterable[Path]) -> Report:
    """Return a report that says of every file of the source what became of it."""
    source, things = haul.source, haul.things
    of_papers = {source.root / paper.where.partition(":")[0] for paper in haul.papers}
    taken = {*of_papers, *things.taken, *source.read, *copied}
    bibs = [path for path in of_papers if path.suffix == ".bib" and path.is_file()]
    entries = sum(entries_in(source.text(path)) for path in bibs)
    counted = []
    if bibs and len(of_papers) == len(bibs) and entries != len(haul.papers):
        counted.append(f"by another count the files hold {entries} entries: look for the rest")
    titles = {title_of(paper.record.fields.get("title", "")) for paper in haul.papers}
    counted += other_lists(source, taken, report.papers, titles)
    left = left_behind(source, taken, things.samples)
    return replace(report, counted=tuple(counted), left=tuple(left))


def _without_samples(haul: Haul) -> Iterator[Found]:
    for paper in haul.papers:
        if _is_sample(paper):
            what = "it is a sample of the template"
            haul.source.report(paper.where, paper.record.key, what, "it is left out")
        else:
            yield paper
