"""arXiv's Atom feeds: their entries, and the records that these are."""

from itertools import islice
from xml.etree import ElementTree as ET

from portfolio.records.formats.escape import to_latex
from portfolio.records.formats.record import Record
from portfolio.records.people.names import parse_name
from portfolio.services.answer import Answer
from portfolio.texts import clean

_ATOM = "{http://www.w3.org/2005/Atom}"
_MOST, _LONGEST = 20_000, 2_000
"""How many authors there may be, and letters in a text; longer ones are left out."""
_OF_ARXIV = "{http://arxiv.org/schemas/atom}"


def entries_in(answer: Answer) -> list[ET.Element] | None:
    """Return the entries of a feed, or None where the answer is none."""
    try:
        told = answer.text if answer.charset else answer.body
        bare = answer.body.replace(b"\0", b"")
        if b"<!DOCTYPE" in bare or "<!DOCTYPE" in answer.text:  # where entities come from
            return None
        # Limited in size; expat knows encodings that XML declares.
        feed = ET.fromstring(told)  # noqa: S314
    except (ET.ParseError, ValueError, LookupError):
        return None
    return feed.findall(f"{_ATOM}entry") if feed.tag == f"{_ATOM}feed" else None


def text_of(entry: ET.Element, name: str) -> str:
    """Return what an entry says under a name of Atom's or of arXiv's own."""
    found = entry.find(f"{_ATOM}{name}")
    found = entry.find(f"{_OF_ARXIV}{name}") if found is None else found
    return _plain(found.text) if found is not None else ""


def record_of(entry: ET.Element, identifier: str) -> Record:
    """Return the record of an entry; its title may be empty."""
    people = islice(entry.iterfind(f"{_ATOM}author/{_ATOM}name"), _MOST)
    names = filter(None, (_plain(each.text) for each in people))
    category = entry.find(f"{_OF_ARXIV}primary_category")
    fields = {
        "title": text_of(entry, "title"),
        "year": text_of(entry, "published")[:4],
        "doi": text_of(entry, "doi"),
        "eprint": identifier,
        "archiveprefix": "arXiv",
        "primaryclass": _plain(category.get("term")) if category is not None else "",
    }
    authors = tuple(parse_name(to_latex(name)) for name in names)
    return Record("", "misc", authors, (), {name: said for name, said in fields.items() if said})


def _plain(text: str | None) -> str:
    """Return a text on one line, clean: XML may spell out what colours a terminal."""
    return " ".join(clean(text).split()) if text and len(text) <= _LONGEST else ""
