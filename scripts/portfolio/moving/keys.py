"""Keys for entries that have none: the first author, the year and a word of the title."""

import re
import unicodedata
from collections.abc import Callable, Container, Iterable, Iterator
from itertools import islice
from string import ascii_lowercase

from portfolio.numbering import numbered
from portfolio.records.formats.record import Record

_SMALL = frozenset(
    {"a", "an", "and", "are", "as", "at", "be", "by", "can", "do", "for", "from", "how", "in"}
    | {"into", "is", "it", "its", "of", "on", "or", "the", "their", "to", "toward", "towards"}
    | {"under", "using", "via", "we", "what", "when", "where", "which", "why", "with", "without"}
)

_PLAIN = str.maketrans({"ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "æ": "ae"})


def key_of(record: Record, taken: Container[str]) -> str:
    """Return ``authorYEARword`` in plain letters, with a, b, … at the end if it is ``taken``.

    ``taken`` holds keys in lower case.
    """
    return next(key for key in _variants(_base(record)) if key not in taken)


def keys_beside(taken: Iterable[str]) -> Callable[[Record], str]:
    """Return what gives each record a key as `key_of` does, none of them twice.

    Ten thousand records that would all have the same key take no longer than others.
    """
    known = set(taken)
    left: dict[str, Iterator[str]] = {}

    def give(record: Record) -> str:
        base = _base(record)
        key = next(key for key in left.setdefault(base, _variants(base)) if key not in known)
        known.add(key.lower())
        return key

    return give


def _base(record: Record) -> str:
    people = record.authors or record.editors
    family = f"{people[0].particle} {people[0].family}" if people else ""
    year = str(record.date[0]) if record.date else ""
    words = re.findall(r"[a-z0-9]+", _ascii(record.fields.get("title", "")))
    word = next((word for word in words if word not in _SMALL), "")
    return re.sub(r"[^a-z0-9]", "", _ascii(family)) + year + word or "paper"


def title_of(text: str) -> str:
    """Reduce a title to its letters and digits, so that two spellings of it are the same."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKD", text).casefold()))


def _variants(base: str) -> Iterator[str]:
    yield base
    yield from (base + letter for letter in ascii_lowercase)
    yield from islice(numbered(base), 1, None)


def _ascii(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.translate(_PLAIN))
    return letters.encode("ascii", "ignore").decode().lower()
