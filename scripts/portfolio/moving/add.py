"""Adding a paper: its entry is found, compared with those there are, and appended."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from portfolio import texts
from portfolio.files import write
from portfolio.moving.keys import key_of, title_of
from portfolio.records import bibliography
from portfolio.records.bibtex.reader import parse_bibtex
from portfolio.records.formats import bib, csl, ris
from portfolio.records.formats.record import Record, record_of, with_versions
from portfolio.records.identifiers import doi_of
from portfolio.refusal import Refusal
from portfolio.services.identify import identify
from portfolio.services.lookup import look_up
from portfolio.services.web import Web


@dataclass(frozen=True)
class Addition:
    """What came of adding: the entries appended, and a line for each paper already there."""

    entries: tuple[str, ...]
    known: tuple[str, ...]


def add(root: Path, source: str, *, web: Web, folder: Path, anyway: bool = False) -> Addition:
    """Add what ``source`` names to the bibliography of the project at ``root``.

    Papers that are there already, under whichever key, are left out unless ``anyway``. The bytes
    of the file stay as they are; entries go to its end. Raises Refusal, having changed nothing, if
    there is nothing to add, or if the project keeps its papers in a table and in no .bib.
    """
    reference = identify(source, folder=folder)
    if reference.kind == "file":
        wanted = read_file(Path(reference.value))
    else:
        wanted = [_Wanted(look_up(reference, web), "")]
    path = root / bibliography.BIB
    before = path.read_bytes() if path.exists() else None
    papers = bibliography.load_bibliography(root)
    if papers.papers and not papers.papers[0].path.endswith(".bib"):
        what = "the papers here are its rows, which a bibliography beside it would replace"
        raise Refusal(papers.papers[0].path, what, "add a row, or export and import it as a .bib")
    there = [record_of(paper) for paper in with_versions(papers)]
    entries, known = [], []
    for paper in wanted:
        if (line := already_there(paper.record, there)) and not anyway:
            known.append(line)
            continue
        taken = {record.key.lower() for record in there}
        key = paper.record.key
        key = key if key and key.lower() not in taken else key_of(paper.record, taken)
        entries.append(paper.entry(key))
        there.append(replace(paper.record, key=key))
    if entries:
        write(path, appended(before or b"", entries), over=before)
    return Addition(tuple(entries), tuple(known))


@dataclass(frozen=True)
class _Wanted:
    """A paper to add: its record, and its entry where somebody has written one."""

    record: Record
    written: str

    def entry(self, key: str) -> str:
        """Return the entry to append, under ``key``."""
        if not self.written:
            return bib.write_entry(replace(self.record, key=key))
        return re.sub(r"([{(]\s*)[^\s,{}()]*", lambda found: found[1] + key, self.written, count=1)


def read_file(path: Path) -> list[_Wanted]:
    """Return the papers of a .bib, .ris or CSL-JSON file; raise Refusal if it has none."""
    try:
        text = texts.read(path)
        found = _READERS[path.suffix.lower()](text.text)
    except KeyError:
        raise Refusal(path, "this is no list of papers", "name a .bib, .ris or .json") from None
    except (OSError, ValueError) as error:
        raise Refusal(path, f"the file cannot be read ({error})", "mend it") from None
    if not found and text.faults:
        raise Refusal(path, f"the file cannot be read: {text.faults[0].what}", "mend it")
    if not found:
        raise Refusal(path, "there is no paper in it", "look whether it is the right file")
    return found


def already_there(record: Record, there: Iterable[Record]) -> str:
    """Return a line that says under which key ``record`` is known, or nothing."""
    for other in there:
        for name, mine, its in (
            ("DOI", *(doi_of(one.fields).lower() for one in (record, other))),
            ("arXiv identifier", _arxiv(record), _arxiv(other)),
            ("title", *(title_of(one.fields.get("title", "")) for one in (record, other))),
        ):
            if mine and mine == its:
                title = record.fields.get("title") or record.key
                return f"{title}: it is there already, as {other.key} (the same {name})"
    return ""


def appended(existing: bytes, entries: Iterable[str]) -> bytes:
    """Return the bytes of a .bib with ``entries`` at its end, lines ended as in the rest.

    Raises Refusal for a file in UTF-16, in which entries in UTF-8 could not be read.
    """
    if existing.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Refusal(bibliography.BIB, "the file is in UTF-16", "save it as UTF-8 first")
    newline = b"\r\n" if b"\r\n" in existing else b"\n"
    text = "\n".join(entries).encode().replace(b"\r\n", b"\n").replace(b"\n", newline)
    gap = b"" if not existing or existing.endswith(b"\n") else newline
    gap += newline if existing.strip(b"\xef\xbb\xbf \t\r\n") else b""
    return existing + gap + text


def _of_bib(text: str) -> list[_Wanted]:
    found = []
    for entry in parse_bibtex(text, shown_as="")[0]:
        alone, problems = parse_bibtex(entry.raw, shown_as="")
        whole = len(alone) == 1 and not problems and alone[0].fields == entry.fields
        record = bib.record_of_entry(entry)
        written = entry.raw if whole else bib.write_entry(record, latex=entry.fields)
        found.append(_Wanted(record, written))
    return found


_READERS: dict[str, Callable[[str], list[_Wanted]]] = {
    ".bib": _of_bib,
    ".ris": lambda text: [_Wanted(record, "") for record in ris.read_ris(text)],
    ".json": lambda text: [_Wanted(record, "") for record in csl.read_csl(text)],
}


def _arxiv(record: Record) -> str:
    return re.sub(r"v\d+$", "", record.arxiv.lower())
