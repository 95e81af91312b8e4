"""The whole list of papers, in any of the formats."""

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from portfolio.files import write
from portfolio.records import bibliography
from portfolio.records.bibliography import Bibliography, load_bibliography
from portfolio.records.formats import bib, csl, ris, table
from portfolio.records.formats.record import record_of, with_versions
from portfolio.records.paper import Paper
from portfolio.records.problems import ContentError, Problem

FORMATS = ("bib", "ris", "csl-json", "csv")


def exported(papers: Iterable[Paper], form: str, *, normalised: bool = False) -> str:
    """Return ``papers``, preprints of them included, in the format ``form``, one of `FORMATS`.

    BibTeX is given as it was written, unless it is to be ``normalised``.
    """
    papers = list(with_versions(papers))
    if form == "bib":
        return bib.normalised(papers) if normalised else bib.as_it_is(papers)
    writers = {"ris": ris.write_ris, "csl-json": csl.write_csl, "csv": table.write_table}
    return writers[form](record_of(paper) for paper in papers)


def gathered(bibs: Sequence[Path], cells: Path | None) -> Bibliography:
    """Read the papers of the files ``bibs`` as one list, with the table ``cells`` beside it.

    Problems name the files as they are given. Raises ContentError for a file that cannot be read.
    """
    named = {bibliography.CSV: cells} if cells else {}
    named |= {f"{bibliography.FOLDER}/{n:04}.bib": path for n, path in enumerate(bibs)}
    with tempfile.TemporaryDirectory() as folder:
        for place, path in named.items():
            write(Path(folder, place), _bytes(path))
        papers = load_bibliography(Path(folder))
    problems = (
        replace(problem, path=str(named.get(problem.path, problem.path)))
        for problem in papers.problems
    )
    return Bibliography(papers.papers, tuple(sorted(problems)))


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        what = f"the file cannot be read ({error.strerror})"
        raise ContentError(Problem(str(path), 1, "file", what, "name a readable file")) from None
