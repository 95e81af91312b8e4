"""People's names, as bibliographies write them."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache

from portfolio.records.latex.convert import to_text
from portfolio.records.people.companies import is_company
from portfolio.records.people.eastern import is_eastern
from portfolio.records.people.marks import split_marks
from portfolio.records.people.parts import Parts, is_suffix, parts_of
from portfolio.records.people.rosters import read_roster

_NUMBER_FIRST = re.compile(r"\A\d{4}, ")
_NUMBERED = re.compile(r" \d{4}(?=,|\Z)")  # how DBLP tells namesakes apart
_PLAIN = re.compile(r"(?:[A-Z][\w.'-]*[ ])*[A-Z][\w'-]*(?:, [A-Z][\w.'-]*(?: [A-Z][\w.'-]*)*)?")
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
        if is_eastern(self.family):
            parts = (self.family, self.given, self.suffix, "")
        return " ".join(filter(None, parts))

    @cached_property
    def sort(self) -> str:
        """The name as catalogues write it: family name first."""
        family = " ".join(filter(None, (self.particle, self.family)))
        return ", ".join(filter(None, (family, self.suffix, self.given)))

    @cached_property
    def indexed(self) -> str:
        """The name as programs on the web read it: family name first, and no comma but one.

        After a second comma they read nothing, so a suffix stands behind the given name.
        """
        family = " ".join(filter(None, (self.particle, self.family)))
        given = " ".join(filter(None, (self.given, self.suffix)))
        return ", ".join(filter(None, (family, given)))

    def is_one_of(self, spellings: frozenset[str]) -> bool:
        """Whether the name is one of the folded ``spellings``, in whichever order they are."""
        return fold(self.display) in spellings or fold(self.sort) in spellings


@dataclass(frozen=True)
class Names:
    """A list of names: whether it goes on (``and others``), and what is odd in it."""

    names: tuple[Name, ...]
    others: bool
    faults: tuple[tuple[str, str], ...]


NOBODY = Names((), others=False, faults=())


def read_names(field: str, *, commas: bool = False) -> Names:
    """Read a list of names, still in LaTeX; with ``commas``, those may stand for ``and``."""
    if not field:
        return NOBODY
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
    bare, marks = split_marks(_NUMBERED.sub("", _NUMBER_FIRST.sub("", text)))
    return Name(*(_simple(bare) or parts_of(bare)), marks=marks)


def _simple(text: str) -> Parts | None:
    """Read ``Given Family`` and ``Family, Given`` of capitalised Latin words; else return None."""
    if not _PLAIN.fullmatch(text):
        return None
    family, comma, given = text.partition(", ")
    if not comma:
        given, _, family = text.rpartition(" ")
    if is_suffix(family) or is_suffix(given) or is_company(text):
        return None
    return given, "", family, ""


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
