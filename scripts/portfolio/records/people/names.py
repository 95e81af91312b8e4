"""People's names, as bibliographies write them."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache

from pybtex.database import InvalidNameString, Person
from pybtex.exceptions import PybtexError

from portfolio.records.latex.convert import to_text
from portfolio.records.people.marks import split_marks
from portfolio.records.people.rosters import read_roster

_EASTERN = re.compile(
    "[\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]",
)
_NUMBERED = re.compile(r" \d{4}\Z")  # how DBLP tells namesakes apart
_SUFFIX = re.compile(r"(?:jr|sr|junior|senior|ii|iii|iv|ph\.? ?d|esq)\.?", re.IGNORECASE)
_ALIKE = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "\u0131": "i", "æ": "ae", "œ": "oe", "þ": "th"}
    | dict.fromkeys("\u02bc\u2019\u2018`", "'")
    | dict.fromkeys("\u2010\u2011\u2013\u2212", "-"),
)


_LONGEST = 1000


@dataclass(frozen=True)
class Name:
    """A person's name in BibTeX's four parts, the marks behind it, and the person's address."""

    given: str
    particle: str
    family: str
    suffix: str
    marks: str = ""
    link: str = ""

    @cached_property
    def display(self) -> str:
        """The name as its bearer says it: given name first, but in East Asian scripts last."""
        parts = (self.given, self.particle, self.family, self.suffix)
        if _EASTERN.search(self.family):
            parts = (self.family, self.given, self.suffix, "")
        return " ".join(filter(None, parts))

    @cached_property
    def sort(self) -> str:
        """The name as catalogues write it: family name first."""
        family = " ".join(filter(None, (self.particle, self.family)))
        return ", ".join(filter(None, (family, self.suffix, self.given)))

    def is_one_of(self, spellings: frozenset[str]) -> bool:
        """Whether the name is one of the folded ``spellings``, in whichever order they are."""
        return fold(self.display) in spellings or fold(self.sort) in spellings


@dataclass(frozen=True)
class Names:
    """A list of names: whether it goes on (``and others``), and what is odd in it."""

    names: tuple[Name, ...]
    others: bool
    faults: tuple[tuple[str, str], ...]


def read_names(field: str, *, commas: bool = False) -> Names:
    """Read a list of names, still in LaTeX; with ``commas``, those may stand for ``and``."""
    roster = read_roster(field, commas=commas)
    names = tuple(parse_name(name) for name in roster.names)
    return Names(tuple(n for n in names if n.display), roster.others, roster.faults)


def parse_names(field: str) -> tuple[Name, ...]:
    """Read a BibTeX list of names (``A and B and others``), still in LaTeX."""
    return read_names(field).names


@lru_cache(maxsize=65536)
def parse_name(text: str) -> Name:
    """Read one BibTeX name, in any of BibTeX's three orders; none is too odd to be read.

    One of more than a thousand letters has no parts: taking it apart would take for ever.
    """
    if len(text) > _LONGEST:
        return Name("", "", to_text(text), "")
    bare, marks = split_marks(_NUMBERED.sub("", text))
    parts = _company(bare) or _simple(bare) or _with_pybtex(bare)
    return Name(*parts, marks=marks)


def _company(text: str) -> tuple[str, str, str, str] | None:
    """Read ``Johnson & Johnson``, which no comma makes a person."""
    return ("", "", to_text(text), "") if "&" in text and "," not in text else None


def _simple(text: str) -> tuple[str, str, str, str] | None:
    """Read a name without braces, commands, particles or suffixes, or return None."""
    if "{" in text or "\\" in text or "}" in text or "~" in text:
        return None
    if _EASTERN.search(text):
        family, _, given = text.replace("\N{FULLWIDTH COMMA}", ",").replace(",", " ").partition(" ")
        return given.strip(), "", family, ""
    family, comma, given = (part.strip() for part in text.partition(","))
    if not comma:
        *others, family = text.split() or [""]
        given = " ".join(others)
        if _SUFFIX.fullmatch(family) and len(others) > 1:
            *others, last = others
            return " ".join(others), "", last, family
    words = family.split() if comma else text.split()
    if (
        "," in given
        or (comma and _SUFFIX.fullmatch(given))
        or any(word[0].islower() for word in words)
    ):
        return None
    return to_text(given), "", to_text(family), ""


def _with_pybtex(text: str) -> tuple[str, str, str, str]:
    try:
        person = Person(text)
    except (PybtexError, InvalidNameString, IndexError, ValueError):
        return "", "", to_text(text), ""
    first, last = person.bibtex_first_names, person.last_names
    lineage = person.lineage_names
    if lineage and not first and text.count(",") == 1:
        first, lineage = lineage, []
    given, particle, family, suffix = (
        to_text(" ".join(part)) for part in (first, person.prelast_names, last, lineage)
    )
    if text.count(",") == 1 and _SUFFIX.fullmatch(given):
        return _with_suffix(text, given)
    return given, particle, family, suffix


def _with_suffix(text: str, suffix: str) -> tuple[str, str, str, str]:
    """Read ``Martin Luther King, Jr.``, in which the comma parts off no given name."""
    given, particle, family, _ = _with_pybtex(text.partition(",")[0])
    return given, particle, family, suffix


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Reduce a name to what stays the same between its spellings.

    That is: no case, accents, commas or dots, and one kind of hyphen and apostrophe.
    """
    plain = text.casefold().translate(_ALIKE).replace(".", " ").replace(",", " ")
    if not plain.isascii():
        letters = unicodedata.normalize("NFKD", plain)
        plain = "".join(c for c in letters if not unicodedata.combining(c))
    return " ".join(plain.split())
