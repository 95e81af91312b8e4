"""BibTeX: entries as they were written, or all in one manner."""

import re
from collections.abc import Iterable, Mapping

from portfolio.records.bibtex.reader import Entry
from portfolio.records.fields import is_latex
from portfolio.records.formats.abbreviations import abbreviations
from portfolio.records.formats.escape import braces_match, to_latex
from portfolio.records.formats.names import to_bibtex
from portfolio.records.formats.record import Record, names_of, record_of
from portfolio.records.latex.convert import to_text
from portfolio.records.paper import Paper
from portfolio.texts import clean

_FIRST = (
    *("title", "author", "editor", "journal", "booktitle", "school", "institution", "series"),
    *("volume", "number", "pages", "publisher", "address", "year", "month", "doi", "url"),
    *("eprint", "archiveprefix", "primaryclass"),
)
_WIDTH = 13
_KIND = re.compile(r"[A-Za-z][\w+-]*", re.ASCII)
_NAME = re.compile(r"[A-Za-z_][\w:.+/-]*")
"""Types and fields that BibTeX reads as such; others come from services that say nonsense."""
_NO_KEY = re.compile(r"[\s,{}()\"#%'=~\\]+")


def as_it_is(papers: Iterable[Paper]) -> str:
    """Return the entries exactly as their author wrote them.

    Before an entry stand the definitions of the abbreviations in it that have none so far.
    """
    known: dict[str, str] = {}
    parts = []
    for paper in papers:
        for word, meant in abbreviations(paper):
            if known.get(word.lower()) != meant:
                known[word.lower()] = meant
                parts.append(f"@string{{{word} = {{{meant}}}}}\n")
        parts.append(paper.bibtex)
    return "\n".join(parts)


def normalised(papers: Iterable[Paper]) -> str:
    """Return the papers with all their fields, in one manner.

    LaTeX that still says what the paper's field says is kept; other text is written anew.
    """
    return "\n".join(write_entry(record_of(paper), latex=paper.latex) for paper in papers)


def write_entry(record: Record, *, latex: Mapping[str, str] | None = None) -> str:
    """Return ``record`` as an entry; ``latex`` holds fields as they are written already."""
    latex = latex or {}
    people = {"author": record.authors, "editor": record.editors}
    values = {name: _value(name, text, latex) for name, text in record.fields.items()}
    for role, names in people.items():
        if names:
            known = latex.get(role, "")
            values[role] = known if names_of(known) == names else to_bibtex(names)
    order = sorted(filter(_NAME.fullmatch, values), key=lambda name: (_place(name), name))
    lines = [f"  {name:<{_WIDTH}} = {{{values[name]}}},\n" for name in order]
    kind = record.kind if _KIND.fullmatch(record.kind) else "misc"
    return f"@{kind}{{{_NO_KEY.sub('-', record.key)},\n{''.join(lines)}}}\n"


def record_of_entry(entry: Entry) -> Record:
    """Return an entry's record, for an entry that is read outside a bibliography."""
    fields = {
        name: to_text(value) if is_latex(name) else value
        for name, value in entry.fields.items()
        if name not in {"author", "editor"} and value
    }
    authors, editors = (names_of(entry.fields.get(role, "")) for role in ("author", "editor"))
    return Record(entry.key, entry.kind, authors, editors, fields)


def _value(name: str, text: str, latex: Mapping[str, str]) -> str:
    written = latex.get(name, "")
    if written and text in (written, to_text(written)):
        return written
    text = " ".join(clean(text).split())
    return to_latex(text) if is_latex(name) else _balanced(text)


def _balanced(address: str) -> str:
    """Return an address whose braces do not end the field early."""
    if braces_match(address):
        return address
    return address.replace("{", "%7B").replace("}", "%7D")


def _place(name: str) -> int:
    return _FIRST.index(name) if name in _FIRST else len(_FIRST)
