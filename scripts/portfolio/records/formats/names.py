"""Names written as BibTeX and other formats write them, and read from those."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from portfolio.records.formats.escape import to_latex
from portfolio.records.formats.record import OTHERS, names_of
from portfolio.records.people.names import Name


def to_bibtex(names: Iterable[Name]) -> str:
    """Return ``names`` as BibTeX's list, braced only where they would be read otherwise."""
    return " and ".join(_name(name) for name in names)


def of_parts(*, given: str = "", particle: str = "", family: str = "", suffix: str = "") -> Name:
    """Return a name; a particle that stands at the front of ``family`` is one all the same."""
    given, particle, family, suffix = (
        " ".join(part.split()) for part in (given, particle, family, suffix)
    )
    words = family.split()
    while given and not particle.strip() and len(words) > 1 and words[0].islower():
        count = next(number for number, word in enumerate([*words, "X"]) if not word.islower())
        count = min(count, len(words) - 1)
        particle, words = " ".join(words[:count]), words[count:]
    return Name(given, particle, " ".join(words), suffix)


@lru_cache(maxsize=65536)
def of_sorted(text: str) -> Name:
    """Read ``Family, Given, Suffix``, the order of RIS; without a comma it is an institution."""
    family, given, suffix = ([*(part.strip() for part in text.split(",", 2)), "", ""])[:3]
    return of_parts(given=given, family=family, suffix=suffix)


def people_in(fields: Mapping[str, str], name: str) -> tuple[Name, ...]:
    """Return the people whom a field of plain text names."""
    return names_of(to_latex(fields[name])) if fields.get(name) else ()


@lru_cache(maxsize=65536)
def _name(name: Name) -> str:
    if name == OTHERS:
        return "others"
    given, particle, family, suffix = map(
        to_latex, (name.given, name.particle, name.family, name.suffix)
    )
    marks = f"$^{{{name.marks}}}$" if name.marks else ""
    whole = not given and " " in family  # other programs would read a person
    candidates = (
        *([] if whole else [_inverted(given, particle, family + name.marks, suffix)]),
        *([] if whole else [_inverted(given, particle, family + marks, suffix)]),
        _inverted(given, particle, _braced(family) + marks, suffix),
        _inverted(_braced(given), particle, _braced(family) + marks, _braced(suffix)),
    )
    faithful = (text for text in candidates if names_of(text) == (name,))
    return next(faithful, candidates[-1])


def _inverted(given: str, particle: str, family: str, suffix: str) -> str:
    whole = " ".join(filter(None, (particle, family)))
    return ", ".join((whole, *filter(None, (suffix,)), given)) if given or suffix else whole


def _braced(text: str) -> str:
    return f"{{{text}}}" if text else ""
