"""Pybtex's parser of BibTeX, made tolerant and faster: it stops at nothing and tells afterwards."""

import re
from collections.abc import MutableMapping

from pybtex.database.input.bibtex import LowLevelParser
from pybtex.scanner import PybtexSyntaxError

_BRACED = re.compile(
    r"\{[^{}]*+(?:\{[^{}]*+(?:\{[^{}]*+(?:\{[^{}]*+\}[^{}]*+)*+\}[^{}]*+)*+\}[^{}]*+)*+\}",
)

_LONGEST = 20_000


class Parser(LowLevelParser):  # type: ignore[misc]  # pybtex publishes no types
    """Reads one command; ``errors`` has the syntax's, ``unusable`` its macros without a meaning.

    Each of these comes with its line and with what is wrong with it.
    """

    text: str
    pos: int

    def __init__(self, text: str, macros: MutableMapping[str, str], line: int) -> None:
        self.errors: list[PybtexSyntaxError] = []
        self.unusable: list[tuple[int, str, str]] = []
        super().__init__(text, macros=macros, handle_error=self._take)
        self.lineno = line

    def _take(self, error: PybtexSyntaxError) -> None:
        self.errors.append(error)

    def substitute_macro(self, name: str) -> str:
        """Return what a macro stands for: its own name if nobody defined it.

        So it does if that is too long: macros made of macros grow twofold with each.
        """
        try:
            meant = str(self.macros[name])
        except KeyError:
            meant, why = name, "is not defined"
        else:
            if len(meant) <= _LONGEST:
                return meant
            meant, why = name, "stands for too much text"
        self.unusable.append((self.lineno, name, why))
        return meant

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
