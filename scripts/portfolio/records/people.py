"""People's names, as bibliographies write them."""

import unicodedata
from dataclasses import dataclass
from functools import cached_property

from pybtex.bibtex.utils import split_name_list
from pybtex.database import Person

from portfolio.records.latex import to_text


@dataclass(frozen=True)
class Name:
    """A person's name in BibTeX's four parts."""

    given: str
    particle: str
    family: str
    suffix: str

    @cached_property
    def display(self) -> str:
        """The name as its bearer says it: given name first."""
        return " ".join(filter(None, (self.given, self.particle, self.family, self.suffix)))

    @cached_property
    def sort(self) -> str:
        """The name as catalogues write it: family name first."""
        family = " ".join(filter(None, (self.particle, self.family)))
        return ", ".join(filter(None, (family, self.suffix, self.given)))

    def is_one_of(self, spellings: frozenset[str]) -> bool:
        """Whether the name is one of the folded ``spellings``."""
        return fold(self.display) in spellings


def parse_names(field: str) -> tuple[Name, ...]:
    """Read a BibTeX list of names (``A and B and others``), still in LaTeX."""
    return tuple(parse_name(name) for name in split_name_list(" ".join(field.split())))


def parse_name(text: str) -> Name:
    """Read one BibTeX name, in any of BibTeX's three orders."""
    person = Person(text)
    parts = (
        person.bibtex_first_names,
        person.prelast_names,
        person.last_names,
        person.lineage_names,
    )
    return Name(*(to_text(" ".join(part)) for part in parts))


def fold(text: str) -> str:
    """Reduce a name to what stays the same between its spellings: no case, accents or dots."""
    letters = unicodedata.normalize("NFKD", text.casefold().replace(".", " "))
    return " ".join("".join(c for c in letters if not unicodedata.combining(c)).split())
