"""Pybtex's parser of BibTeX, made tolerant and faster: it stops at nothing and tells afterwards."""

import re
from collections.abc import MutableMapping

from pybtex.database.input.bibtex import LowLevelParser
from pybtex.scanner import PybtexSyntaxError

_BRACED = re.compile(
    r"\{[^{}]*+(?:\{[^{}]*+(?:\{[^{}]*+(?:\{[^{}]*+\}[^{}]*+)*+\}[^{}]*+)*+\}[^{}]*+)*+\}",
)


class Parser(LowLevelParser):  # type: ignore[misc]  # pybtex publishes no types
    """Reads one command; ``errors`` has the syntax's, ``undefined`` the macros without meaning."""

    text: str
    pos: int

    def __init__(self, text: str, macros: MutableMapping[str, str], line: int) -> None:
        self.errors: list[PybtexSyntaxError] = []
        self.undefined: list[tuple[int, str]] = []
        super().__init__(text, macros=macros, handle_error=self._take)
        self.lineno = line

    def _take(self, error: PybtexSyntaxError) -> None:
        self.errors.append(error)

    def substitute_macro(self, name: str) -> str:
        """Return what a macro stands for: its own name if nobody defined it."""
        try:
            return str(self.macros[name])
        except KeyError:
            self.undefined.append((self.lineno, name))
            return name

    def parse_value_part(self) -> str:
        """Read a part of a value, one in braces that are in order at a stroke."""
        self.eat_whitespace()
        found = _BRACED.match(self.text, self.pos)
        if not found:
            return str(super().parse_value_part())
        self.pos = found.end()
        self.update_lineno(found.group())
        return str(found.group()[1:-1])

    def update_lineno(self, value: str) -> None:
        """Count lines; they end in line feeds here."""
        self.lineno += value.count("\n")
