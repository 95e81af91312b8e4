"""BibTeX files, read so that no entry is lost: what cannot be read is reported, not dropped."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pybtex.database.input.bibtex import LowLevelParser, month_names
from pybtex.scanner import PybtexSyntaxError
from pybtex.utils import CaseInsensitiveDict

from portfolio.records.problems import Problem

_COMMAND = re.compile(r"@\s*([A-Za-z]\w*)\s*[{(]")
_COMMAND_ON_ITS_LINE = re.compile(r"^[ \t]*@\s*[A-Za-z]\w*\s*[{(]", re.MULTILINE)
_NOT_ENTRIES = {"string", "preamble", "comment"}


@dataclass(frozen=True)
class Entry:
    """One BibTeX entry as its author wrote it, and where."""

    key: str
    kind: str
    fields: dict[str, str]
    raw: str
    path: str
    line: int


def read_bibtex(path: Path, *, shown_as: str) -> tuple[list[Entry], list[Problem]]:
    """Read every entry of the file at ``path``, calling the file ``shown_as`` in problems."""
    return parse_bibtex(path.read_text(encoding="utf-8-sig"), shown_as=shown_as)


def parse_bibtex(text: str, *, shown_as: str) -> tuple[list[Entry], list[Problem]]:
    """Parse BibTeX ``text`` into its entries, in order, and the problems met on the way."""
    entries: list[Entry] = []
    problems: list[Problem] = []
    taken: dict[str, int] = {}
    for command in _Reader(text, shown_as, problems):
        entry = _with_key_of_its_own(command, taken, problems)
        taken[entry.key.lower()] = entry.line
        entries.append(entry)
    return entries, problems


class _Reader:
    """Walks over the commands of a file; an error costs at most the rest of its own entry."""

    def __init__(self, text: str, path: str, problems: list[Problem]) -> None:
        self.text = text
        self.path = path
        self.problems = problems
        self.macros = CaseInsensitiveDict(month_names)

    def __iter__(self) -> Iterator[Entry]:
        position = 0
        while start := _COMMAND.search(self.text, position):
            kind = start.group(1).lower()
            if kind == "comment":
                position = start.end()
                continue
            body, position, clean = self._command(start.start())
            if kind in _NOT_ENTRIES:
                continue
            if not clean:
                position = self._next_command_line(start.end())
            yield self._entry(kind, body, start.start(), position)

    def _command(self, start: int) -> tuple[Any, int, bool]:
        """Parse the command at ``start``: its body, where it ends, whether it read cleanly."""
        errors: list[PybtexSyntaxError] = []
        parser = LowLevelParser(self.text, macros=self.macros, handle_error=errors.append)
        parser.pos, parser.lineno = start, self._line(start)
        body: Any = next(iter(parser), (None, (None, [])))[1]
        key = str(parser.current_entry_key or "entry")
        for error in errors:
            self._report(error.lineno, key, str(error.args[0]), "mend the entry's syntax")
        undefined_only = all(error.error_type == "undefined string" for error in errors)
        return body, parser.pos, undefined_only

    def _entry(self, kind: str, body: Any, start: int, end: int) -> Entry:
        key, pairs = body
        line = self._line(start)
        if not key:
            key = f"unnamed-{line}"
            self._report(line, key, "the entry has no key", "give it one")
        fields: dict[str, str] = {}
        for name, parts in pairs:
            if name.lower() in fields:
                self._report(line, key, f"the field {name} is repeated", "keep one of the two")
                continue
            fields[name.lower()] = " ".join("".join(parts).split())
        return Entry(key, kind, fields, self.text[start:end].strip() + "\n", self.path, line)

    def _next_command_line(self, position: int) -> int:
        found = _COMMAND_ON_ITS_LINE.search(self.text, position)
        return found.start() if found else len(self.text)

    def _line(self, position: int) -> int:
        return self.text.count("\n", 0, position) + 1

    def _report(self, line: int, key: str, what: str, remedy: str) -> None:
        self.problems.append(Problem(self.path, line, key, what, remedy))


def _with_key_of_its_own(entry: Entry, taken: dict[str, int], problems: list[Problem]) -> Entry:
    first = taken.get(entry.key.lower())
    if first is None:
        return entry
    number = 2
    while f"{entry.key}-{number}".lower() in taken:
        number += 1
    key = f"{entry.key}-{number}"
    what = f"the key is taken by the entry at line {first}"
    remedy = f"give one of them another key (shown as {key} meanwhile)"
    problems.append(Problem(entry.path, entry.line, entry.key, what, remedy))
    return Entry(key, entry.kind, entry.fields, entry.raw, entry.path, entry.line)
