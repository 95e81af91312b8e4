"""arXiv's Atom feeds: their entries, and the records that these are."""

from xml.etree import ElementTree as ET

from portfolio.records.formats.escape import to_latex
from portfolio.records.formats.record import Record
from portfolio.records.people.names import parse_name
from portfolio.services.web import Answer

_ATOM = "{http://www.w3.org/2005/Atom}"
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
    return " ".join((found.text or "").split()) if found is not None else ""


def record_of(entry: ET.Element, identifier: str) -> Record:
    """Return the record of an entry; its title may be empty."""
    names = (each.text or "" for each in entry.iterfind(f"{_ATOM}author/{_ATOM}name"))
    category = entry.find(f"{_OF_ARXIV}primary_category")
    fields = {
        "title": text_of(entry, "title"),
        "year": text_of(entry, "published")[:4],
        "doi": text_of(entry, "doi"),
        "eprint": identifier,
        "archiveprefix": "arXiv",
        "primaryclass": category.get("term", "") if category is not None else "",
    }
    authors = tuple(parse_name(to_latex(" ".join(name.split()))) for name in names if name.strip())
    return Record("", "misc", authors, (), {name: said for name, said in fields.items() if said})
