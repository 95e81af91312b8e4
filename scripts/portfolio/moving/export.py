"""The whole list of papers, in any of the formats."""

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from portfolio.files import write
from portfolio.records import bibliography
from portfolio.records.bibliography import Bibliography, load_bibliography
from portfolio.records.formats import bib, csl, ris, table
from portfolio.records.formats.record import record_of
from portfolio.records.paper import Paper
from portfolio.records.problems import ContentError, Problem

FORMATS = ("bib", "ris", "csl-json", "csv")


def exported(papers: Iterable[Paper], form: str, *, normalised: bool = False) -> str:
    """Return ``papers`` in the format ``form``, one of `FORMATS`.

    BibTeX is given as it was written, unless it is to be ``normalised``.
    """
    if form == "bib":
        return bib.normalised(papers) if normalised else bib.as_it_is(papers)
    writers = {"ris": ris.write_ris, "csl-json": csl.write_csl, "csv": table.write_table}
    return writers[form](record_of(paper) for paper in papers)


def gathered(bibs: Sequence[Path], cells: Path | None) -> Bibliography:
    """Read the papers of the files ``bibs`` as one list, with the table ``cells`` beside it.

    Problems name the files as they are given. Raises ContentError for a file that cannot be read.
    """
    texts = [_text(path) for path in bibs]
    table_text = _text(cells) if cells else ""
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder, bibliography.BIB), "".join(texts))
        write(Path(folder, bibliography.CSV), table_text)
        papers = load_bibliography(Path(folder))
    ends = [text.count("\n") for text in texts]

    def placed(problem: Problem) -> Problem:
        if problem.path == bibliography.CSV:
            return replace(problem, path=str(cells))
        line = problem.line
        for path, count in zip(bibs, ends, strict=True):
            if line <= count or path is bibs[-1]:
                return replace(problem, path=str(path), line=line)
            line -= count
        return problem

    return Bibliography(papers.papers, tuple(sorted(map(placed, papers.problems))))


def _text(path: Path) -> str:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        what = f"the file cannot be read ({error})"
        raise ContentError(Problem(str(path), 1, "file", what, "name a readable file")) from None
    return text if text.endswith("\n") else f"{text}\n"
