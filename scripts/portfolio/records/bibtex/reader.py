"""BibTeX files, read so that no entry is lost: what cannot be read is reported, not dropped."""

import re
from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

from pybtex.database.input.bibtex import month_names
from pybtex.scanner import PrematureEOF, PybtexSyntaxError
from pybtex.utils import CaseInsensitiveDict

from portfolio.records.bibtex.commands import (
    Command,
    Source,
    commented_out,
    field_alone,
    looks_like_more_of_a_field,
    switched_off,
)
from portfolio.records.bibtex.damage import Pairs, recover, recover_fields
from portfolio.records.bibtex.parser import Parser
from portfolio.records.bibtex.places import last_line_in, line_in
from portfolio.records.bibtex.plain import read_plain
from portfolio.records.fields import names_of
from portfolio.records.problems import Problem
from portfolio.records.sources import read_text

_NO_ENTRIES = {"string", "preamble", "comment"}
_MORE_FIELDS = re.compile(r"\s*,\s*[A-Za-z_][\w-]*\s*=\s*[\"{\w]")
_STRAY = re.compile(r"\s*[})]")
_HEAD = re.compile(r"@\s*\w+[{(]")
"""What a key looks like that is the head of the next entry; a handle is a key as good as any."""
_WORDS = {
    "premature end of file": "a brace or a quote is not closed",
    "unbalanced braces": "a brace or a quote is not closed",
    "'}' expected": "a comma or a brace is missing",
    "')' expected": "a comma or a parenthesis is missing",
    "'=' expected": "there is no = behind a field's name",
    "field value expected": "a field has no value",
}
_MEND = "mend the entry's syntax"


@dataclass(frozen=True)
class Entry:
    """One BibTeX entry as its author wrote it, and where."""

    key: str
    kind: str
    fields: dict[str, str]
    raw: str
    path: str
    line: int
    elsewhere: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    """The fields that stand in another entry or a table, with file and line."""

    def place(self, name: str) -> tuple[str, int]:
        """Return the file and line of a field, by any of its names, or of the entry."""
        if name in self.elsewhere:
            return self.elsewhere[name]
        is_entry = self.path.endswith(".bib")
        return self.path, self.line + (line_in(self.raw, names_of(name)) if is_entry else 0)

    @property
    def said(self) -> Hashable:
        """What tells the entry from others under its key: its type and fields."""
        return self.kind, frozenset(self.fields.items())

    def place_for(self, path: str) -> str:
        """Return where the entry stands, as a message about the file ``path`` names it."""
        return f"line {self.line}" if self.path == path else f"{self.path}:{self.line}"


def read_bibtex(path: Path, *, shown_as: str) -> tuple[list[Entry], list[Problem]]:
    """Read every entry of the file at ``path``, calling the file ``shown_as`` in problems."""
    problems: list[Problem] = []
    text = read_text(path, shown_as=shown_as, problems=problems)
    entries, found = parse_bibtex(text, shown_as=shown_as)
    return entries, problems + found


def parse_bibtex(text: str, *, shown_as: str) -> tuple[list[Entry], list[Problem]]:
    """Parse BibTeX ``text`` into its entries, in order, and the problems met on the way."""
    return parse_files({shown_as: text})


def parse_files(texts: Mapping[str, str]) -> tuple[list[Entry], list[Problem]]:
    """Parse files that belong together: they share strings and keys; ``texts`` are by name."""
    entries: list[Entry] = []
    problems: list[Problem] = []
    strings = CaseInsensitiveDict(month_names)
    for text in texts.values():
        strings.update(_strings(text))
    for name, text in texts.items():
        entries += _Reader(text, name, CaseInsensitiveDict(strings), problems)
    return _with_keys_of_their_own(entries, problems), problems


@dataclass(frozen=True)
class _Parsed:
    """What pybtex made of a command: ``end`` is where it stopped."""

    key: str
    pairs: Pairs
    end: int
    errors: list[PybtexSyntaxError]

    @property
    def clean(self) -> bool:
        return not self.errors and not _HEAD.match(self.key)

    @property
    def cut_off(self) -> bool:
        return any(isinstance(error, PrematureEOF) for error in self.errors)


class _Reader:
    """Walks over the commands of a file; damage stays within its own entry."""

    def __init__(
        self,
        text: str,
        path: str,
        macros: MutableMapping[str, str],
        problems: list[Problem],
    ) -> None:
        self.source = Source(text)
        self.text = text
        self.path = path
        self.macros = macros
        self.problems = problems

    def __iter__(self) -> Iterator[Entry]:
        position = 0
        in_comment = False
        while command := self.source.next_command(position):
            self._look_at_gap(position, command.start, in_comment=in_comment)
            in_comment = in_comment and "}" not in self.text[position : command.start]
            if command.kind == "comment":
                in_comment = True
                position = command.body
            elif command.kind in _NO_ENTRIES:
                position = self._string(command)
            else:
                entry, position = self._entry(command)
                yield entry
        self._look_at_gap(position, len(self.text), in_comment=in_comment)

    def _entry(self, command: Command) -> tuple[Entry, int]:
        line = self.source.line(command.start)
        parsed = self._parse(command)
        if parsed and parsed.clean:
            key, pairs, end = self._with_tail(parsed)
        else:
            end = self._end_of_damaged(command)
            key, pairs = recover(self.text[command.body : end], self.macros)
            end = self._end_of_braces(command, end)
            if parsed and (key or not pairs):
                last = self.source.line(command.body + len(self.text[command.body : end].rstrip()))
                self._complain(parsed, key or "entry", line, last)
        if command.fault:
            self._report(line, key or "entry", command.fault, f"write @{command.kind}{{")
        if not key:
            key = f"unnamed-{line}"
            self._report(line, key, "the entry has no key", "give it one")
        raw = self.text[command.start : end].strip() + "\n"
        fields = self._fields(key, pairs, line, raw)
        return Entry(key, command.kind, fields, raw, self.path, line), max(end, command.body)

    def _with_tail(self, parsed: _Parsed) -> tuple[str, Pairs, int]:
        """Add the fields behind a brace that closes an entry too early."""
        if not _MORE_FIELDS.match(self.text, parsed.end):
            return parsed.key, parsed.pairs, parsed.end
        end = next(self.source.limits(parsed.end))
        tail = recover_fields(self.text[parsed.end : end], self.macros)
        line = self.source.line(parsed.end)
        self._report(line, parsed.key, "a brace closes the entry too early", _MEND)
        return parsed.key, parsed.pairs + tail, end

    def _parse(self, command: Command) -> _Parsed | None:
        """Parse an entry with as much text as it needs: text in it may look like another's head."""
        if command.at is None:
            return None
        if plain := read_plain(self.text, command.at, self.macros):
            return _Parsed(*plain, [])
        line = self.source.line(command.start)
        for limit in self.source.limits(command.start):
            parser = Parser(self.text[command.at or 0 : limit], self.macros, line)
            name, body = next(iter(parser), (None, (None, [])))
            key, pairs = body if name else (None, [])
            values = [(field, "".join(parts)) for field, parts in pairs]
            parsed = _Parsed(str(key or ""), values, command.at + parser.pos, parser.errors)
            if not parsed.cut_off:
                break
        if parsed.clean:
            for at, macro, why in parser.unusable:
                what = f"the string {macro} {why}"
                self._report(at, parsed.key, what, f"define it with @string, or write {{{macro}}}")
        return parsed

    def _end_of_damaged(self, command: Command) -> int:
        """Find where a damaged entry must end: before the next one that is not text in it."""
        heads = self.source.heads_after(command.start, 8)
        for head, after in pairwise(heads):
            inner = Parser(self.text[head:after], CaseInsensitiveDict(self.macros), 1)
            next(iter(inner), None)
            gap = self.text[head + inner.pos : after]
            if inner.errors or not looks_like_more_of_a_field(gap):
                return head
        return heads[-1]

    def _end_of_braces(self, command: Command, limit: int) -> int:
        depth = 1
        for brace in re.finditer("[{}]", self.text[command.body : limit]):
            depth += 1 if brace.group() == "{" else -1
            if depth == 0 and not _MORE_FIELDS.match(self.text, command.body + brace.end()):
                return command.body + brace.end()
        return limit

    def _string(self, command: Command) -> int:
        limit = next(self.source.limits(command.start))
        line = self.source.line(command.start)
        parser = Parser(self.text[command.at or 0 : limit], self.macros, line)
        next(iter(parser), None)
        for error in parser.errors:
            what = _WORDS.get(str(error.args[0]), str(error.args[0]))
            self._report(line, f"@{command.kind}", what, "mend it")
        for at, macro, why in parser.unusable:
            what, remedy = f"the string {macro} {why}", "define it before"
            self._report(at, f"@{command.kind}", what, remedy)
        return limit if parser.errors else (command.at or 0) + int(parser.pos)

    def _fields(self, key: str, pairs: Pairs, line: int, raw: str) -> dict[str, str]:
        fields: dict[str, str] = {}
        for name, written in pairs:
            value = " ".join(written.split())
            if name.lower() in fields:
                at = line + last_line_in(raw, name.lower())
                self._report(at, key, f"the field {name} is repeated", "keep one of the two")
            if not fields.get(name.lower()):
                fields[name.lower()] = value
        return fields

    def _complain(self, parsed: _Parsed, key: str, line: int, last: int) -> None:
        for error in parsed.errors[:1]:
            said = str(error.args[0])
            if said != "entry key expected":
                at = line if isinstance(error, PrematureEOF) else min(int(error.lineno), last)
                self._report(at, key, _WORDS.get(said, said), _MEND)
        if not parsed.errors:
            self._report(line, key, "the entry is not closed", _MEND)

    def _look_at_gap(self, start: int, end: int, *, in_comment: bool) -> None:
        gap = self.text[start:end]
        for place in commented_out(gap):
            what = "BibTeX reads the entry in spite of the percent sign (we do not)"
            line = self.source.line(start + place)
            self._report(line, "file", what, "remove it, or its @", hint=True)
        if in_comment:
            return
        if start and _STRAY.match(gap):
            line = self.source.line(start)
            self._report(line, "entry", "there is a brace too many", "remove it")
        for place in switched_off(gap):
            what = "an entry has a percent sign in the place of its @, and is not shown"
            at = self.source.line(start + place)
            self._report(at, "file", what, "write @ there to show it", hint=True)
        if (alone := field_alone(gap)) is not None:
            line = self.source.line(start + alone)
            what = "these fields belong to no entry"
            self._report(line, "file", what, "write @type{key, before them")

    def _report(self, line: int, key: str, what: str, remedy: str, *, hint: bool = False) -> None:
        self.problems.append(Problem(self.path, line, key, what, remedy, hint=hint))


def _strings(text: str) -> Iterator[tuple[str, str]]:
    """Yield the strings that ``text`` defines, quietly; each may use those before it."""
    macros = CaseInsensitiveDict(month_names)
    for found in re.finditer(r"@\s*string\s*[{(]", text, re.IGNORECASE):
        limit = text.find("\n@", found.end())
        parser = Parser(text[found.start() : limit if limit >= 0 else len(text)], macros, 1)
        next(iter(parser), None)
        name = parser.current_field_name
        if name and not parser.errors and name in macros:
            yield name, macros[name]


def _with_keys_of_their_own(entries: list[Entry], problems: list[Problem]) -> list[Entry]:
    """Give every entry but the first under a key another one, which nobody has written.

    An entry that says the same again under the same key is left out.
    """
    under: dict[str, list[Entry]] = {}
    for entry in entries:
        under.setdefault(entry.key.lower(), []).append(entry)
    if len(under) == len(entries):
        return entries
    taken, numbers = set(under), defaultdict[str, int](lambda: 2)
    kept: list[Entry] = []
    alike: dict[tuple[str, Hashable], Entry] = {}
    for entry in entries:
        others = under[entry.key.lower()]
        same = alike.setdefault((entry.key.lower(), entry.said), entry)
        if others[0] is entry:
            kept.append(entry)
        elif same is entry:
            kept.append(_renamed(entry, others[0], taken, numbers, problems))
        else:
            remedy = f"remove one (the other is at {same.place_for(entry.path)})"
            what = "the same entry again"
            problems.append(Problem(entry.path, entry.line, entry.key, what, remedy, hint=True))
    return kept


def _renamed(
    entry: Entry,
    other: Entry,
    taken: set[str],
    numbers: dict[str, int],
    problems: list[Problem],
) -> Entry:
    number = numbers[entry.key.lower()]
    while f"{entry.key}-{number}".lower() in taken:
        number += 1
    key = f"{entry.key}-{number}"
    numbers[entry.key.lower()] = number + 1
    taken.add(key.lower())
    what = f"the key is taken by the entry at {other.place_for(entry.path)}"
    remedy = f"give one of them another key (shown as {key} meanwhile)"
    problems.append(Problem(entry.path, entry.line, entry.key, what, remedy))
    return replace(entry, key=key)
