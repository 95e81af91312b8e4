"""One name, in LaTeX, as BibTeX's four parts: given name, particle, family name, suffix.

It is read as BibTeX reads it, but by its letters rather than by the commands that make them, and
with the habits of more languages.
"""

import re

from portfolio.records.latex.convert import to_text
from portfolio.records.people.braces import inside_of, split_outside, words_of
from portfolio.records.people.companies import is_company
from portfolio.records.people.eastern import is_eastern
from portfolio.records.people.eastern import parts_of as eastern_parts

Parts = tuple[str, str, str, str]
_COMMA = re.compile(r"\s*,\s*")
_SUFFIX = re.compile(r"(?:[js]r\.?|ii|iii|iv|viii?|vi)", re.IGNORECASE)
_TITLE = re.compile(r"(?:ph\.? ?d|m\.? ?d|esq)\.?", re.IGNORECASE)
_INITIALS_TOO = frozenset({"IV", "VI"})
_IN_ITS_PLACE = re.compile(r"(?:junior|senior|filho|neto|v)\.?", re.IGNORECASE)
_HONOUR = re.compile(
    r"père|fils|the (?:elder|younger)|d\. ?[äj]\.|eds?\.?|hrsg\.?|hg\.|comp\.|trans\."
    r"|s\.?j\.?|o\.?p\.?|o\.?f\.?m\.?(?: ?(?:cap|conv)\.?)?|o\.?s\.?[abf]\.?|o\.? ?carm\.?"
    r"|o\.?c\.?d\.?|o\.? ?cist\.?|c\.?ss\.?r\.?|s\.?v\.?d\.?|s\.?d\.?b\.?|c\.?s\.?c\.?"
    r"|m\.?[sp]\.?h?c?\.?|r\.?n\.?|m\.?b\.?a\.?|ll\.?[mbd]\.?|d\.?phil\.?|d\.?[dv]\.?[sm]\.?",
    re.IGNORECASE,
)
_IN_PARENTHESES = re.compile(r"\s*(\([^()]*\))$")
_EXTENDED = re.compile(r"\s*([a-z]+(?:-i)?)\s*=\s*(.*)", re.DOTALL)
_KEYS = ("given", "prefix", "family", "suffix")
_ACCENT_FIRST = re.compile(r"\\(?:[\"'`^~=.]|[uvHcdbkr](?![A-Za-z]))")
_MOST_PIECES = 3
_JOINING = frozenset({"y", "e", "i"})
_PARTICLES = frozenset(
    "von van der den de del della di da dos das do du la le les lo ten ter te zu zum zur vom af av"
    " al el ul bin ibn ben bar 't op in".split()
)
_CASELESS = frozenset("בן בת אבן ابن بن بنت آل".split())
"""The particles of scripts that have no small letters."""


def parts_of(name: str) -> Parts:
    """Return the parts of a name, whatever it looks like."""
    inside = inside_of(name)
    if inside and _ACCENT_FIRST.match(inside):  # braces for the accent, not for the name
        return parts_of(inside)
    plain = to_text(name)
    if inside or ("{" not in name and is_company(plain)):
        return "", "", plain, ""
    if is_eastern(plain):
        given, family = eastern_parts(plain)
        return given, "", family, ""
    return _extended(name) or _by_commas(name) or ("", "", plain, "")


def _by_commas(name: str) -> Parts | None:
    """Read a name by its commas, of which none has more than two."""
    aside = _IN_PARENTHESES.search(name)
    bare = name[: aside.start()] if aside and aside.start() else name
    pieces = [[_Word(word) for word in words_of(part)] for part in split_outside(bare, _COMMA)]
    if len(pieces) == 1:
        given, particle, family, suffix = _in_order(pieces[0])
        added = to_text(aside[1]) if aside and bare != name else ""
        return given, particle, family, " ".join(filter(None, (suffix, added)))
    if bare != name:
        pieces = [[_Word(word) for word in words_of(part)] for part in split_outside(name, _COMMA)]
    return _inverted(pieces) if any(pieces[1:]) and len(pieces) <= _MOST_PIECES else None


class _Word:
    """A word of a name: its text, whether it begins with a small letter, or is a suffix."""

    def __init__(self, latex: str) -> None:
        self.text = to_text(latex)
        protected = latex.startswith("{") and not latex.startswith("{\\")
        self.is_suffix = not protected and bool(_SUFFIX.fullmatch(self.text))
        letter = next((c for c in self.text if c.isalpha()), "")
        self.is_small = not protected and letter.islower() and letter.upper() != letter
        self.is_small |= self.text in _CASELESS
        self.is_small &= not "\u10d0" <= letter <= "\u10ff"  # Georgian has capitals in theory


def _in_order(words: list[_Word]) -> Parts:
    """Read ``Given particle Family Suffix``."""
    suffix = ""
    if len(words) > 1 and words[-1].is_suffix:
        *words, last = words
        suffix = last.text
    if all(word.is_small for word in words):
        small = [n for n, word in enumerate(words[:-1]) if word.text in _PARTICLES]
    else:
        small = [n for n, word in enumerate(words[:-1]) if word.is_small]
    joining = _joining(words)
    if joining is not None:
        before = [n for n in small if n < joining]
        first, end = (before[0], before[-1] + 1) if before else (joining, joining)
    else:
        first, end = (small[0], small[-1] + 1) if small else (len(words) - 1,) * 2
        if small and words[first].text in _CASELESS:
            end = first + 1  # a second one belongs to the name itself
    return _said(words[:first]), _said(words[first:end]), _said(words[end:]), suffix


def _joining(words: list[_Word]) -> int | None:
    """Return where a family name like ``Ortega y Gasset`` begins."""
    for place in range(1, len(words) - 1):
        neighbours = (words[place - 1], words[place + 1])
        if words[place].text in _JOINING and not any(word.is_small for word in neighbours):
            return place - 1
    return None


def _inverted(pieces: list[list[_Word]]) -> Parts:
    """Read ``particle Family, Given`` and ``particle Family, Suffix, Given``."""
    family, *others = pieces
    suffix, given = ("", others[0]) if len(others) == 1 else (_said(others[0]), others[1])
    sure = suffix or (given and given[0].text not in _INITIALS_TOO)
    if len(given) == 1 and ((sure and given[0].is_suffix) or _TITLE.fullmatch(given[0].text)):
        if not suffix:
            return (*_in_order(family)[:3], _said(given))
        if not is_suffix(suffix):
            suffix, given = _said(given), others[0]
    elif suffix and _HONOUR.fullmatch(_said(given)) and not is_suffix(suffix):
        suffix, given = _said(given), others[0]
    if not suffix and len(family) > 1 and family[-1].is_suffix:
        *family, last = family
        suffix = last.text
    small = 0
    known_only = all(word.is_small for word in family)
    while small < len(family) - 1 and family[small].is_small:
        if known_only and family[small].text not in _PARTICLES:
            break
        small += 1
    return _said(given), _said(family[:small]), _said(family[small:]), suffix


def is_suffix(text: str) -> bool:
    """Whether ``text`` can stand in a suffix's place, between two commas."""
    return any(known.fullmatch(text) for known in (_SUFFIX, _TITLE, _IN_ITS_PLACE))


def is_honour(text: str) -> bool:
    """Whether ``text`` behind a whole name is what its bearer is: of an order, elder, an editor."""
    return bool(_HONOUR.fullmatch(text))


def _said(words: list[_Word]) -> str:
    return " ".join(word.text for word in words if word.text)


def is_extended(name: str) -> bool:
    """Whether a name is written in biblatex's manner: ``given=Jane, family=Doe``."""
    return bool(_extended(name))


def _extended(name: str) -> Parts | None:
    if "=" not in name:
        return None
    said: dict[str, str] = {}
    for piece in split_outside(name, _COMMA):
        found = _EXTENDED.fullmatch(piece)
        if not found:
            return None
        said[found[1]] = to_text(found[2].strip().strip('"'))
    if not said.get("family") and not said.get("given"):
        return None
    given, prefix, family, suffix = (said.get(key, "") for key in _KEYS)
    return (given, prefix, family, suffix) if family else ("", prefix, given, suffix)
