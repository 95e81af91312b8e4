"""Entries in good order, read at a stroke; all others are the parser's, which says what is odd."""

import re
from collections.abc import Mapping

Pairs = list[tuple[str, str]]

_NAME = r"[A-Za-z][\w:.+/-]*+"
IN_BRACES = r"[^{}]*+"
for _depth in range(4):
    IN_BRACES = rf"[^{{}}]*+(?:\{{{IN_BRACES}\}}[^{{}}]*+)*+"
IN_QUOTES = rf"[^\"{{}}]*+(?:\{{{IN_BRACES}\}}[^\"{{}}]*+)*+"
"""What stands within braces that all have their partners, and within quotes."""
_HEAD = re.compile(r"@[ \t]*[A-Za-z][\w+-]*\s*\{\s*([^\s,{}=\"#%()@]++)\s*+(?=[,}])")
_FIELD = re.compile(
    rf",\s*+(?:({_NAME})\s*+=\s*+(?:\{{({IN_BRACES})\}}|\"({IN_QUOTES})\"|(\d++)|({_NAME}))\s*+)?"
    r"(?=[,}])"
)
_ANOTHER = re.compile(r"@\s*[A-Za-z]+\s*[{(]")
_LONGEST = 20_000


def read_plain(text: str, at: int, macros: Mapping[str, str]) -> tuple[str, Pairs, int] | None:
    """Return the key, fields and end of the entry at ``at``; None if anything in it is special.

    That is: a sum of strings, one that is not defined, text that looks like another entry, what
    is nested deeper than anybody nests, and all that is out of order.
    """
    head = _HEAD.match(text, at)
    if not head:
        return None
    pairs: Pairs = []
    end = head.end()
    while text[end] == ",":
        found = _FIELD.match(text, end)
        if not found:
            return None
        end = found.end()
        if found.lastindex is None:
            continue
        value = found[found.lastindex]
        if found.lastindex == _FIELD.groups:
            value = macros.get(value, "")
            if not value or len(value) > _LONGEST:
                return None
        pairs.append((found[1], value))
    if _ANOTHER.search(text, at + 1, end):
        return None
    return head[1], pairs, end + 1
