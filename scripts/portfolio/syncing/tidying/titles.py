"""Capitals in titles that styles would make small: acronyms and the like, put into braces."""

import re

_WORD = re.compile(r"[^\W_]+(?:['\N{RIGHT SINGLE QUOTATION MARK}][^\W_]+)*")
_MOST_CAPITALS = 0.6
_LONE = {"A", "I"}
"""Words of one capital letter."""
_SPECIAL = re.compile(r"\\[A-Za-z]+\*?\s*|\\.|\$[^$]*\$|\{|\}", re.DOTALL)


def with_capitals_protected(title: str) -> str:
    """Return a title in LaTeX with braces about words that have capitals within them.

    What stands in braces, formulas and commands already is left as it is, and so is a title that
    shouts.
    """
    letters = [sign for sign in title if sign.isalpha()]
    if sum(sign.isupper() for sign in letters) > len(letters) * _MOST_CAPITALS:
        return title
    parts, at, depth, first = [], 0, 0, True
    for found in _SPECIAL.finditer(title):
        parts.append(_protected(title[at : found.start()], first=first) if not depth
                     else title[at : found.start()])  # fmt: skip
        first = first and not title[: found.start()].strip()
        parts.append(found.group())
        depth = max(0, depth + {"{": 1, "}": -1}.get(found.group(), 0))
        at = found.end()
    rest = title[at:]
    return "".join([*parts, rest if depth else _protected(rest, first=first)])


def _protected(text: str, *, first: bool) -> str:
    def brace(found: re.Match[str]) -> str:
        word = found.group()
        begins = first and not text[: found.start()].strip()
        inner = any(sign.isupper() for sign in word[1:])
        lone = len(word) == 1 and word.isupper() and word not in _LONE and not begins
        return f"{{{word}}}" if inner or lone else word

    return _WORD.sub(brace, text)
