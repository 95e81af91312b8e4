"""Where the commands of a BibTeX file start, told apart from prose and from text in fields."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from portfolio.records.fields import KINDS

_KINDS = (
    "article|book|booklet|conference|inbook|incollection|inproceedings|manual|mastersthesis|misc"
    "|online|phdthesis|proceedings|techreport|thesis|unpublished"
)
_COMMAND = re.compile(
    rf"@(?P<sure>{_KINDS})\s*{{(?=[^\s,{{}}=\"]+,\s*[A-Za-z][\w-]*\s*=\s*[{{\"\w])"
    r"|(?<![\w.@\\])@(?P<more>@*)\s*(?P<kind>[A-Za-z][\w+-]*)\s*(?P<open>[{(])"
    r"|^[ \t]*@+\s*(?P<bare>[A-Za-z]\w*)[ \t]+(?=[^\s,{}()=]+,[ \t]*$)"
    rf"|^[ \t]*(?P<plain>{_KINDS})[ \t]*{{(?=[^\s,{{}}=]+,[ \t]*$)",
    re.MULTILINE | re.IGNORECASE,
)
_FIRST_FIELD = r"[^\s,{}()=%@]++[ \t]*+,[ \t]*+[A-Za-z][\w-]*+[ \t]*+=[ \t]*+[\"{\w]"
_COMMENTED = re.compile(
    rf"^[ \t]*%[^\n]*?@(?:(?:{_KINDS})[ \t]*{{|[A-Za-z]\w*+[ \t]*+[{{(][ \t]*+{_FIRST_FIELD})",
    re.MULTILINE | re.IGNORECASE,
)
_REMARK = re.compile(r"^[ \t]*%[^\n]*", re.MULTILINE)
_SWITCHED_OFF = re.compile(
    rf"^[ \t]*%++[ \t]*+(?:[A-Za-z]\w*+[ \t]*+(?=[{{(]))?+(?:[{{(][ \t]*+)?+{_FIRST_FIELD}",
    re.MULTILINE,
)
_FIELD_ALONE = re.compile(r"(?<![\w-])[A-Za-z_][\w-]*+\s*+=\s*+(?:[\"{]|[\w.-]++\s*+[,#})\n])")
_SHAPE = re.compile(r'\s*(?:[^\s,{}="#%]*\s*[,})]|[\w-]+\s*=)')
_FIELDS = re.compile(r'\s*[^\s,{}="#%]*\s*,\s*[\w-]+\s*=')
_BEFORE = re.compile(r"[ \t\ufeff]*\Z")
_PROSE = re.compile(r"[^\s{}]")


@dataclass(frozen=True)
class Command:
    """``@kind{`` at ``start``: its one ``@`` is at ``at``, its body begins at ``body``.

    ``fault`` says what is wrong with the head; where its @ or brace is missing, ``at`` is None.
    """

    kind: str
    start: int
    at: int | None
    body: int
    fault: str


@dataclass(frozen=True)
class Source:
    """The text of a BibTeX file, and what stands where in it."""

    text: str

    def line(self, position: int) -> int:
        """Return the number of the line that holds ``position``."""
        return bisect_right(self._line_starts, position)

    def next_command(self, position: int) -> Command | None:
        """Return the first command at or after ``position``."""
        while found := _COMMAND.search(self.text, position):
            if not self._is_commented(found) and self._is_command(found):
                return _command(found)
            position = found.end()
        return None

    def limits(self, position: int) -> Iterator[int]:
        """Yield where a command before ``position`` may have to end: at a line that starts another.

        The nearest first, then ones farther off, at last the end of the text or a distant line.
        """
        first = bisect_right(self._heads, position)
        for farther in (0, 1, 3, 7):
            if first + farther >= len(self._heads):
                yield len(self.text)
                return
            yield self._heads[first + farther]

    def heads_after(self, position: int, count: int) -> list[int]:
        """Return where the next ``count`` lines that begin with a command start, or the end."""
        first = bisect_right(self._heads, position)
        heads = self._heads[first : first + count]
        return heads if len(heads) == count else [*heads, len(self.text)]

    def _is_command(self, found: re.Match[str]) -> bool:
        if not found["open"]:
            return True  # nothing else looks like that
        if self._starts_line(found) and found["open"] == "{":
            return True
        if found["kind"].lower() in KINDS:
            return bool(_SHAPE.match(self.text, found.end()))
        told = found["kind"].lower() in {"string", "preamble", "comment"}
        return told or bool(_FIELDS.match(self.text, found.end()))

    def _is_commented(self, found: re.Match[str]) -> bool:
        line = self.text.rfind("\n", 0, found.start() + 1) + 1
        return self.text[line : found.start()].lstrip().startswith("%")

    def _starts_line(self, found: re.Match[str]) -> bool:
        line = self.text.rfind("\n", 0, found.start()) + 1
        return bool(_BEFORE.match(self.text[line : found.start()]))

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0] + [found.end() for found in re.finditer("\n", self.text)]

    @cached_property
    def _heads(self) -> list[int]:
        return [
            found.start()
            for found in _COMMAND.finditer(self.text)
            if (found["sure"] and not self._is_commented(found))
            or found["bare"]
            or found["plain"]
            or (self._starts_line(found) and _SHAPE.match(self.text, found.end()))
        ]


def commented_out(gap: str) -> Iterator[int]:
    """Yield where ``gap``, the text between commands, has entries behind percent signs."""
    yield from (found.start() for found in _COMMENTED.finditer(gap))


def switched_off(gap: str) -> Iterator[int]:
    """Yield where ``gap`` has entries with a percent sign in the place of their @."""
    yield from (found.start() for found in _SWITCHED_OFF.finditer(gap))


def field_alone(gap: str) -> int | None:
    """Return where ``gap`` has a field, which can but be what is left of an entry, in no remark."""
    found = _FIELD_ALONE.search(_REMARK.sub(lambda remark: " " * len(remark.group()), gap))
    return found.start() if found else None


def looks_like_more_of_a_field(gap: str) -> bool:
    """Whether the text behind a command closes more braces than it opens, and says something."""
    depth = lowest = 0
    for brace in re.findall("[{}]", gap):
        depth += 1 if brace == "{" else -1
        lowest = min(lowest, depth)
    return lowest < 0 and bool(_PROSE.search(gap))


def _command(found: re.Match[str]) -> Command:
    kind = str(found["sure"] or found["kind"] or found["bare"] or found["plain"]).lower()
    fault = ""
    if found["bare"]:
        fault = "the brace after the type is missing"
    elif found["plain"]:
        fault = "the @ before the type is missing"
    elif found["more"]:
        fault = f"there are {len(found['more']) + 1} @ before the type"
    has_head = found["open"] or found["sure"]
    at = found.start() + len(found["more"] or "") if has_head else None
    return Command(kind, found.start(), at, found.end(), fault)
