"""A folder moved in whole: its papers, and all else that has a home here."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from portfolio.content import files
from portfolio.moving import lists, resumes
from portfolio.moving.found import Found, Haul
from portfolio.moving.left import entries_in, left_behind, other_lists
from portfolio.moving.owners import read_owner
from portfolio.moving.report import Report
from portfolio.moving.samples import is_sample
from portfolio.moving.source import Source
from portfolio.moving.things import Things, read_things
from portfolio.records.bibtex.reader import parse_bibtex

_RESUMES = ("assets/json/resume.json", "_data/cv.json", "_data/cv.yml", "_data/resume.yml")


def with_things(haul: Haul) -> Haul:
    """Return a haul with all that is beside its papers, and without a template's samples."""
    source = haul.source
    things = read_things(source)
    read_owner(source, things)
    for path in source.glob(*_RESUMES):
        things.taken.add(path)
        data = source.data(path)
        for kind, row in rows_of_resume(data):
            if not is_sample(str(row.get("title", "")), str(row)):
                things.add(kind, row)
        if _is_ones_own(data):
            _report_left(source, path, data)
    return replace(haul, papers=tuple(_without_samples(haul)), things=things)


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
    return Haul(name, source, (), things=things)


def of_bibs(source: Source) -> Haul | None:
    """Return the papers of all .bib files below a folder, equal entries once; None without any."""
    papers: list[Found] = []
    for path in files(source.root, source.root):
        if path.suffix == ".bib":
            text = source.text(path)
            entries = parse_bibtex(text, shown_as=source.name(path))[0]
            where = source.name(path)
            papers += [lists.of_one_entry(one, f"{where}:{one.line}", source) for one in entries]
    return Haul("BibTeX files", source, tuple(papers)) if papers else None


def accounted(report: Report, haul: Haul, copied: Iterable[Path]) -> Report:
    """Return a report that says of every file of the source what became of it."""
    source, things = haul.source, haul.things
    of_papers = {source.root / paper.where.partition(":")[0] for paper in haul.papers}
    taken = {*of_papers, *things.taken, *copied}
    bibs = [path for path in of_papers if path.suffix == ".bib" and path.is_file()]
    entries = sum(entries_in(source.text(path)) for path in bibs)
    counted = []
    if bibs and len(of_papers) == len(bibs) and entries != report.papers:
        counted.append(f"by another count the files hold {entries} entries: look for the rest")
    counted += other_lists(source, taken, report.papers)
    left = left_behind(source, taken, things.samples)
    return replace(report, counted=tuple(counted), left=tuple(left))


def _without_samples(haul: Haul) -> Iterator[Found]:
    for paper in haul.papers:
        if is_sample(paper.record.fields.get("title", "")):
            what = "it is a sample of the template"
            haul.source.report(paper.where, paper.record.key, what, "it is left out")
        else:
            yield paper
