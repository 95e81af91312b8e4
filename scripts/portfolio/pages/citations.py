"""Entries to download, for reference managers: of each paper, and of all together."""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path

from portfolio.files import write
from portfolio.kept import Keep, anew
from portfolio.records.formats import bib, csl, ris
from portfolio.records.formats.record import record_of, with_versions
from portfolio.records.paper import Paper

Written = Mapping[str, str]
"""An entry in the formats that have one text for each, by the ending of their files."""
_JOINED = {".ris": ris.joined, ".json": csl.joined}
_ALONE = {".ris": ris.alone, ".json": csl.alone}
"""What gives an entry back from a file that holds no other."""


def written(paper: Paper) -> Written:
    """Return the entry of a paper in RIS and CSL-JSON."""
    record = record_of(paper)
    return {".ris": ris.reference_of(record), ".json": csl.reference_of(record)}


def write_citation(
    paper: Paper,
    stem: Path,
    behind: Iterable[Paper],
    *,
    keep: Keep = anew,
    made_from: Iterable[object] = (),
) -> Written:
    """Write the entry of a paper as ``stem`` and the ending of each format, and return it.

    The entries ``behind`` it, which BibTeX takes fields from, follow in its format.
    """
    made: dict[str, str] = {}
    made_from = list(made_from)

    def file(suffix: str) -> str:
        made.update(made or written(paper))
        return _JOINED[suffix]([made[suffix]])

    keep(Path(f"{stem}.bib"), made_from, lambda: bib.as_it_is([paper, *behind]))
    paths = {suffix: Path(f"{stem}{suffix}") for suffix in _JOINED}
    for suffix, path in paths.items():
        keep(path, made_from, partial(file, suffix))
    return made or {
        suffix: _ALONE[suffix](path.read_bytes().decode()) for suffix, path in paths.items()
    }


def write_citations(
    papers: Iterable[Paper], stem: Path, known: Mapping[str, Written] | None = None
) -> None:
    """Write ``papers`` and their versions likewise; entries ``known`` by slug are not made anew."""
    every, known = list(with_versions(papers)), known or {}
    entries = [known.get(paper.slug) or written(paper) for paper in every]
    for suffix, content in _files(every, entries):
        write(stem.with_name(stem.name + suffix), content)


def _files(papers: Iterable[Paper], entries: list[Written]) -> Iterator[tuple[str, str]]:
    yield ".bib", bib.as_it_is(papers)
    for suffix, joined in _JOINED.items():
        yield suffix, joined(entry[suffix] for entry in entries)
