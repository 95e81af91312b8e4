"""One thing of a kind: a talk, a course, a person."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from portfolio.records.kinds.known import KINDS
from portfolio.records.kinds.schema import Kind
from portfolio.records.kinds.spans import Span
from portfolio.records.languages import general
from portfolio.records.paper import Link
from portfolio.records.problems import Problem

_NO_NAME = re.compile(r"[^a-z0-9]+")
_LONGEST = 60


@dataclass(frozen=True)
class Item:
    """What a table says of one thing, under the names of its kind's fields.

    ``texts`` are the fields of one value, ``lists`` those of several, ``others`` the texts in other
    languages, and ``lines`` where each field stands. What no field is called is among the texts.
    """

    kind: str
    texts: Mapping[str, str]
    lists: Mapping[str, tuple[str, ...]]
    links: tuple[Link, ...]
    when: Span
    path: str
    line: int
    lines: Mapping[str, int] = field(default_factory=dict)
    others: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    id: str = ""

    @property
    def title(self) -> str:
        """What it is called."""
        return self.texts.get(self.schema.title.name, "")

    @property
    def schema(self) -> Kind:
        """Its kind."""
        return KINDS[self.kind]

    def text(self, name: str) -> str:
        """Return a field as text, of several values with semicolons between them."""
        return self.texts.get(name, "") or "; ".join(self.lists.get(name, ()))

    def is_on(self, name: str) -> bool:
        """Whether a field that is yes or no is yes."""
        return self.texts.get(name, "").lower() in {"true", "yes", "1", "x"}

    def problem(self, name: str, what: str, remedy: str, *, hint: bool = False) -> Problem:
        """Return a problem with a field, at its own line."""
        line = self.lines.get(name, self.line)
        return Problem(self.path, line, name or self.title, what, remedy, hint)

    def in_language(self, lang: str) -> "Item":
        """Return the item as a page in a language tells it."""
        tag = next((tag for tag in general(lang.lower()) if tag in self.others), "")
        return replace(self, texts={**self.texts, **self.others[tag]}) if tag else self


def name_of(title: str) -> str:
    """Return the name of a title in addresses, as short as can be told apart by most."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    name = _NO_NAME.sub("-", plain).strip("-")
    return name if len(name) <= _LONGEST else name[:_LONGEST].rpartition("-")[0]
