"""Adding a paper: its entry is found, compared with those there are, and put first."""

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

_WIDE = "utf-8", "surrogateescape"
"""Any bytes come through this as they were."""


@dataclass(frozen=True)
class Addition:
    """What came of adding: the new entries, and a line for each paper already there."""

    entries: tuple[str, ...]
    known: tuple[str, ...]


def add(root: Path, source: str, *, web: Web, folder: Path, anyway: bool = False) -> Addition:
    """Add what ``source`` names to the bibliography of the project at ``root``.

    Papers that are there already, under whichever key, are left out unless ``anyway``. The bytes
    of the file stay as they are; entries go before its first one. Raises Refusal, having changed
    nothing, if there is nothing to add, or if the project keeps its papers in a table alone.
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
        write(path, with_new(before or b"", entries), over=before)
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


def with_new(existing: bytes, entries: Iterable[str]) -> bytes:
    """Return the bytes of a .bib with ``entries`` before its first one: the newest stand first.

    Lines are ended as in the rest. Raises Refusal for a file in UTF-16, in which entries in UTF-8
    could not be read.
    """
    if existing.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Refusal(bibliography.BIB, "the file is in UTF-16", "save it as UTF-8 first")
    there = existing.decode(*_WIDE)
    newline = "\r\n" if "\r\n" in there else "\n"
    new = "\n".join(entries).replace("\r\n", "\n").replace("\n", newline)
    place = _first_entry(there)
    if place < len(there):
        return (there[:place] + new + newline + there[place:]).encode(*_WIDE)
    gap = newline if there and not there.endswith("\n") else ""
    gap += newline if there.strip("\ufeff \t\r\n") else ""
    return (there + gap + new).encode(*_WIDE)


def _first_entry(text: str) -> int:
    """Return where the first entry begins, or the remarks right above it; else the end.

    Remarks at the very beginning are the whole file's.
    """
    first = next(iter(parse_bibtex(text, shown_as="")[0]), None)
    if first is None:
        return len(text)
    line = sum(len(one) + 1 for one in text.split("\n")[: first.line - 1])
    start = text.index("@", line)
    return start if text[line:start].strip() else _above(text, line)


def _above(text: str, line: int) -> int:
    """Return where remarks that stand right above a line begin, or the line."""
    first = line
    while first > 0:
        before = text.rfind("\n", 0, first - 1) + 1
        if not text[before:first].startswith("%"):
            return first
        first = before
    return line


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
