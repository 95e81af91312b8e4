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


def written(paper: Paper) -> Written:
    """Return the entry of a paper in RIS and CSL-JSON."""
    record = record_of(paper)
    return {".ris": ris.reference_of(record), ".json": csl.reference_of(record)}


def write_citation(
    paper: Paper, entry: Written, stem: Path, behind: Iterable[Paper], *, keep: Keep = anew
) -> None:
    """Write the entry of a paper as ``stem`` and the ending of each format.

    The entries ``behind`` it, which BibTeX takes fields from, follow in its format.
    """
    for suffix, content in _files([paper, *behind], [entry]):
        keep(stem.with_name(stem.name + suffix), [content], partial(str, content))


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
