"""A place in a text of LaTeX, and what can be read from there: groups, options, lengths."""

import re

TOKEN = re.compile(
    r"[\\{}~](?:(?<=\\)(?:([A-Za-z]+)(?:\*(?=\s*[\[{]))?|(.))|(?<=[{}])|(?<=~)(?<!/~))", re.DOTALL
)
"""A command by its name or its sign, a brace, or a tie; a tilde behind a slash is an address's.

It begins with all the signs that it may begin with, so that the search for it is swift.
"""

_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_BLANKS = re.compile(r"\s*")
_UNIT = "(?:pt|pc|in|bp|cm|mm|dd|cc|sp|ex|em|mu|fill?l?)"
_LENGTH = rf"[-+]?\s*(?:\d+[.,]?\d*|[.,]\d+)\s*{_UNIT}?(?![A-Za-z])"
MEASURE = re.compile(
    rf"\s*=?\s*(?:{_LENGTH}|\\[A-Za-z]+)?(?:\s*(?:plus|minus)\s*{_LENGTH})*", re.IGNORECASE
)
"""A length or a number behind a command, and how far it may stretch."""

SIZE = re.compile(rf"\s*(?:(?:to|spread|width|height|depth)\s*{_LENGTH}\s*)+")
"""How large a box is to be."""


class Cursor:
    """Walks over ``latex``; ``at`` is where it stands."""

    def __init__(self, latex: str) -> None:
        self.latex = latex
        self.at = 0

    @property
    def at_end(self) -> bool:
        """Whether nothing follows."""
        return self.at >= len(self.latex)

    @property
    def letter(self) -> str:
        """What stands here: one letter, or nothing at the end."""
        return self.latex[self.at : self.at + 1]

    def skip(self, pattern: re.Pattern[str] = _BLANKS) -> None:
        """Go past what ``pattern`` finds here: blanks, unless it is told."""
        if found := pattern.match(self.latex, self.at):
            self.at = found.end()

    def take(self) -> str:
        """Return the next letter, and go past it."""
        letter = self.letter
        self.at += 1
        return letter

    def raw(self) -> str:
        """Return the next group, command or letter as it is written, without its braces."""
        self.skip()
        start = self.at
        if self.letter != "{":
            found = TOKEN.match(self.latex, start)
            self.at = found.end() if found else start + 1
            return self.latex[start : self.at]
        depth = 0
        for brace in _BRACE.finditer(self.latex, start):
            depth += {"{": 1, "}": -1}.get(brace.group(), 0)
            if not depth and brace.group() == "}":
                self.at = brace.end()
                return self.latex[start + 1 : self.at - 1]
        self.at = len(self.latex)
        return self.latex[start + 1 :]

    def option(self) -> bool:
        """Go past what stands in brackets here; say whether anything does."""
        end = self.latex.find("]", self.at) if self.letter == "[" else -1
        self.at = end + 1 if end >= 0 else self.at
        return end >= 0

    def options(self) -> None:
        """Go past options that an argument follows; what else is in brackets is text."""
        start = self.at
        if self.option() and self.letter != "{":
            self.at = start

    def between(self) -> str:
        r"""Return what stands between two equal signs here, as behind ``\verb``."""
        mark = self.letter
        end = self.latex.find(mark, self.at + 1) if mark else -1
        if end < 0 or mark.isalnum() or mark.isspace():
            return ""
        start, self.at = self.at + 1, end + 1
        return self.latex[start:end]
