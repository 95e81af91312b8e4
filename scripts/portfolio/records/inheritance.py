"""What entries take over from others: by ``crossref`` and BibLaTeX's ``xdata``, over any chain.

Source: appendix B of BibLaTeX's manual. What BibTeX takes over besides is the same where no field
of the parent has another name in the child. Not taken over are, unlike there, a volume's own
abstract, address, identifier and pages: of a paper in it they would be wrong.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from portfolio.records.bibtex.reader import Entry
from portfolio.records.fields import with_canonical_names
from portfolio.records.grains import with_grains
from portfolio.records.people.names import fold, read_names
from portfolio.records.problems import Problem

NO_WORKS = frozenset({"xdata", "set"})
"""The types of entries that hold fields for others, or name several others."""

_IN_BOOKS = ("inbook", "bookinbook", "suppbook")
_IN_COLLECTIONS = ("incollection", "suppcollection", "inreference")
_IN_PROCEEDINGS = ("inproceedings", "conference")
_PARTS = {*_IN_BOOKS, *_IN_COLLECTIONS, *_IN_PROCEEDINGS, "incontribution"}
_VOLUMES = {
    "mvbook": ("book", *_IN_BOOKS),
    "mvcollection": ("collection", "reference", *_IN_COLLECTIONS),
    "mvreference": ("collection", "reference", *_IN_COLLECTIONS),
    "mvproceedings": ("proceedings", *_IN_PROCEEDINGS),
}
_ARTICLES = {"article", "suppperiodical", "review"}
_TITLES = ("title", "subtitle", "titleaddon")
_NEVER = {
    "crossref", "xref", "xdata", "ids", "entryset", "entrysubtype", "execute", "label", "options",
    "presort", "related", "relatedoptions", "relatedstring", "relatedtype", "shorthand",
    "shorthandintro", "sortkey", "sortname", "sorttitle", "sortyear", "indextitle",
    "indexsorttitle", "shorttitle", "key",
}  # fmt: skip
_OWN = _NEVER | {
    *_TITLES, "abstract", "doi", "url", "urldate", "pdf", "eprint", "eprinttype", "eprintclass",
    "archiveprefix", "primaryclass", "arxiv", "slug", "selected", "summary", "note", "pages",
    "pagetotal", "preview", "version_of", "keywords", "supersededby", "file",
}  # fmt: skip
_DATES = ("date", "year", "month", "day")


@dataclass(frozen=True)
class Family:
    """All entries with what they take over; ``apart`` has the keys of those that hold others."""

    entries: list[Entry]
    apart: frozenset[str] = frozenset()

    def authors_below(self, key: str) -> frozenset[str]:
        """Return the folded names of those who wrote the papers in the volume ``key``."""
        keys, papers = {key.lower()}, list[Entry]()
        for entry in self._downwards:
            if not keys.isdisjoint(_parents(entry)):
                keys.add(entry.key.lower())
                papers += [] if entry.key.lower() in self.apart else [entry]
        return frozenset(
            fold(name.display)
            for paper in papers
            for name in read_names(paper.fields.get("author", "")).names
        )

    @cached_property
    def _downwards(self) -> list[Entry]:
        """The entries that refer to others, volumes before what is in them."""
        referring = [entry for entry in self.entries if _parents(entry)]
        return sorted(referring, key=lambda entry: entry.key.lower() not in self.apart)


def inherit(entries: Sequence[Entry], problems: list[Problem]) -> Family:
    """Return ``entries`` with the fields they refer to; report references that lead nowhere.

    Each missing entry and each circle is named once, with all that refer to it counted.
    """
    entries = with_grains(entries, problems)
    by_key = {entry.key.lower(): entry for entry in entries}
    referring = [entry for entry in entries if any(map(entry.fields.get, _REFERENCES))]
    apart = {entry.key.lower() for entry in entries if entry.kind in NO_WORKS}
    if not referring:
        return Family(list(entries), frozenset(apart))
    apart |= {key for one in referring for key in _parents(one) if key in by_key}
    told: dict[str, Entry] = {}
    for entry in entries:
        for needed in _parents_first(entry, by_key, told):
            told[needed.key.lower()] = _completed(needed, by_key, told, problems)
    problems += _lost(referring, by_key)
    return Family([told[entry.key.lower()] for entry in entries], frozenset(apart))


_REFERENCES = ("crossref", "xref", "xdata")


def _parents_first(
    entry: Entry, by_key: Mapping[str, Entry], told: Container[str]
) -> Iterator[Entry]:
    """Yield the entries that ``entry`` leads to and that are not ``told`` yet, itself the last.

    There is no recursion here: a chain may be as long as the file.
    """
    waiting, below = [entry], set[str]()
    while waiting:
        last = waiting[-1]
        key = last.key.lower()
        below.add(key)
        parents = (by_key.get(parent) for parent in references_of(last.fields))
        new = [each for each in parents if each and each.key.lower() not in below]
        new = [each for each in new if each.key.lower() not in told]
        if new:
            waiting += reversed(new)
            continue
        waiting.pop()
        if key not in told:
            yield last


def _completed(
    entry: Entry,
    by_key: Mapping[str, Entry],
    told: Mapping[str, Entry],
    problems: list[Problem],
) -> Entry:
    """Return the entry with its parents' fields, only where it has none.

    A parent that is there but not ``told`` is reached from the entry itself.
    """
    fields, elsewhere = dict(entry.fields), dict(entry.elsewhere)
    for name in ("xdata", "crossref"):
        for key in _keys(entry.fields.get(name, "")):
            if parent := told.get(key):
                for own, (theirs, value) in _taken(parent, fields, entry.kind, name).items():
                    fields[own] = value
                    elsewhere[own] = parent.place(theirs)
            elif key in by_key and key != entry.key.lower():
                what = f"{name} leads back to the entry itself, over {by_key[key].key}"
                remedy = "remove one of the references"
                problems.append(Problem(*entry.place(name), entry.key, what, remedy))
    return replace(entry, fields=fields, elsewhere=elsewhere) if elsewhere else entry


def _taken(
    parent: Entry, fields: dict[str, str], kind: str, name: str
) -> dict[str, tuple[str, str]]:
    """Return what an entry takes over: the fields' names here, and their names and texts there."""
    known = with_canonical_names(fields)
    dated = any(known.get(one) for one in ("date", "year"))
    taken: dict[str, tuple[str, str]] = {}
    if name == "crossref":
        taken = {own: (theirs, parent.fields[theirs]) for theirs, own in _renamed(parent, kind)}
    own = _OWN if name == "crossref" else {"crossref", "xref", "xdata"}
    for theirs, value in parent.fields.items():
        if theirs not in own and not (dated and theirs in _DATES):
            taken.setdefault(theirs, (theirs, value))
    return {
        own: told
        for own, told in taken.items()
        if told[1] and not any(map(known.get, with_canonical_names({own: told[1]})))
    }


def _renamed(parent: Entry, kind: str) -> Iterable[tuple[str, str]]:
    """Yield the parent's titles with what they are in a child of ``kind``."""
    before = ""
    if kind in _VOLUMES.get(parent.kind, ()):
        before = "main"
    elif parent.kind == "periodical" and kind in _ARTICLES:
        before = "journal"
    elif kind in _PARTS:
        before = "book"
    has_book = before == "book" and parent.fields.get("booktitle")
    if before and not has_book:
        yield from ((name, before + name) for name in _TITLES if parent.fields.get(name))
    if kind in _IN_BOOKS and parent.kind in {"book", "mvbook"} and parent.fields.get("author"):
        yield "author", "bookauthor"


def references_of(fields: Mapping[str, str]) -> list[str]:
    """Return the keys, in lower case, of the entries that one takes fields over from."""
    return [key for name in ("crossref", "xdata") for key in _keys(fields.get(name, ""))]


def _lost(entries: Iterable[Entry], by_key: dict[str, Entry]) -> Iterable[Problem]:
    for entry in entries:
        for name in _REFERENCES:
            for key in _keys(entry.fields.get(name, "")):
                if key not in by_key or key == entry.key.lower():
                    what = f"{name} names no other entry ({key})"
                    yield Problem(*entry.place(name), entry.key, what, "correct its key")


def _parents(entry: Entry) -> list[str]:
    named = [key for name in ("crossref", "xref") for key in _keys(entry.fields.get(name, ""))]
    return [key for key in named if key != entry.key.lower()]


def _keys(value: str) -> list[str]:
    return [key.strip().lower() for key in value.split(",") if key.strip()]
