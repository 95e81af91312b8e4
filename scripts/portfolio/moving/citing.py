"""What the pages of a source cite, and the bibliographies that they, or their folders, name."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from portfolio.moving import scholar
from portfolio.moving.bodies import body, keys_in, literal
from portfolio.moving.hypertext import as_markdown
from portfolio.moving.source import Source, listed
from portfolio.moving.things import Leaf, Text, Things, file_here, picture_in
from portfolio.records.bibliography import BIB
from portfolio.records.bibtex.reader import Entry, parse_bibtex
from portfolio.records.formats.bib import record_of_entry
from portfolio.records.paper import slug_of
from portfolio.records.values import values_of
from portfolio.refusal import Refusal

_ABOVE = ("_metadata.yml", "_quarto.yml", "_quarto.yaml")
_OF_JEKYLL = ("_bibliography", "assets/bibliography")


@dataclass(frozen=True)
class Cited:
    """The keys that a page cites, and the bibliographies here that have them."""

    keys: frozenset[str] = frozenset()
    files: tuple[str, ...] = ()


def cited_by(source: Source, things: Things, kind: str, leaf: Leaf) -> Cited:
    """Return what a page cites: from the site's own bibliography where that has it all.

    Else what the page named comes along. A key that no bibliography has is reported.
    """
    there = {
        path: keys_of(source, path) for path in bibliographies_of(source, leaf.path, leaf.said)
    }
    every = frozenset[str]().union(*there.values())
    tagged = list(scholar.keys_of(leaf.text))
    for key in sorted(set(tagged) - every):
        what = "no bibliography that the page cites from has this key"
        source.report(leaf.path, key, what, "it stands in brackets there: cite what is meant")
    cited = frozenset(keys_in(leaf.text, every) | (set(tagged) & every))
    if cited <= things.keys:
        return Cited(cited, (f"/{BIB}",) if cited else ())
    named = (path for path, keys in there.items() if cited & keys)
    found = [picture_in(source, things, kind, path, path.name) for path in named]
    return Cited(cited, tuple(f"/{name}" for name in found if name))


def text_of(source: Source, things: Things, kind: str, leaf: Leaf) -> Text:
    """Return the text of a page, with pictures, links and citations that lead to what came along.

    ``kind`` is the folder here of what comes along with it.
    """
    file = partial(file_here, source, things, kind, leaf.path)
    cited = cited_by(source, things, kind, leaf)
    told = body(as_markdown(leaf.path, leaf.text, file), file, cited.keys)
    return Text(with_lists(source, things, told), cited.files)


def with_lists(source: Source, things: Things, told: str) -> str:
    """Return a text in which the entries of whole files stand where it lists them."""
    for name in scholar.lists_in(told):
        file = name if name.endswith(".bib") else f"{name}.bib"
        path = source.root / "_bibliography" / file
        entries = parse_bibtex(source.text(path), shown_as=file)[0] if path.is_file() else []
        source.read.update([path] if entries else [])
        listed_ = "\n".join(f"- {_in_words(things, entry)}" for entry in entries)
        told = scholar.with_list(told, name, listed_)
    return told


def _in_words(things: Things, entry: Entry) -> str:
    """Return an entry as a line of a list; one that came along as a paper leads to its page."""
    record = record_of_entry(entry)
    said = values_of(record.kind, record.fields)
    title, doi = literal(said.get("title", entry.key)), said.get("DOI", "")
    href = f"https://doi.org/{doi}" if doi else said.get("URL", "")
    href = f"/publications/{slug_of(entry.key)}.html" if entry.key in things.keys else href
    venue = literal(said.get("container-title", ""))
    parts = (
        literal(", ".join(name.display for name in record.authors or record.editors)),
        f"[{title}]({href})" if href else title,
        f"*{venue}*" if venue else "",
        str(record.date[0]) if record.date else "",
    )
    return ". ".join(filter(None, parts)) + "."


def bibliographies_of(source: Source, page: Path, said: Mapping[str, Any]) -> list[Path]:
    """Return the .bib files that a page names, else those that the nearest folder's settings do.

    Pages of Jekyll cite from what lies in its place for bibliographies.
    """
    if named := listed(said.get("bibliography")):
        return _found(source, page.parent, named)
    for folder in (page.parent, *page.parent.parents):
        if not folder.is_relative_to(source.root):
            break
        for path in (folder / name for name in _ABOVE):
            data = source.data(path) if path.is_file() else None
            if isinstance(data, Mapping) and (named := listed(data.get("bibliography"))):
                return _found(source, folder, named)
    own = source.glob("_bibliography/*.bib", quietly=True)
    return sorted(own, key=lambda path: (path.name != "papers.bib", path))


def keys_of(source: Source, path: Path) -> frozenset[str]:
    """Return the keys of the entries of a .bib file."""
    entries, _ = parse_bibtex(source.text(path), shown_as=source.name(path))
    return frozenset(entry.key for entry in entries)


def _found(source: Source, folder: Path, named: list[str]) -> list[Path]:
    paths = []
    for name in named:
        try:
            path = source.find(name, [folder, *(source.root / place for place in _OF_JEKYLL)])
        except Refusal:
            path = None
        if path and path.suffix.lower() == ".bib":
            paths.append(path)
    return paths
