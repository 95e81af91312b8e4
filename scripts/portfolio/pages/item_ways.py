"""Where the fields of an item lead: to the web, to pages, papers and files of the site."""

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from portfolio.content import is_content
from portfolio.pages.listing_row import address_of
from portfolio.pages.portfolio import Portfolio
from portfolio.records.identifiers import address_in, doi_address, doi_in, is_path, web_address
from portfolio.records.kinds.item import Item
from portfolio.records.paper import Link, Paper
from portfolio.records.people.orcid import orcid_of

_SOURCE = re.compile(r"\.(?:qmd|ipynb)\Z")
_PROFILES = {
    "orcid": ("ORCID", "https://orcid.org/{}"),
    "scholar": ("Google Scholar", "https://scholar.google.com/citations?user={}"),
    "github": ("GitHub", "https://github.com/{}"),
}
"""The fields that hold a name at a service, which its address is made of."""


def address(here: Portfolio, item: Item, value: str) -> str:
    """Return where a value leads: an address on the web or from the site's root, or nothing."""
    if paper := here.by_name.get(value.lower()):
        return address_of(here, paper)
    if found := web_address(address_in(value)):
        return found
    if value.startswith("mailto:"):
        return value
    path, mark, fragment = value.partition("#")
    file = file_of(here, item, path)
    if file is None:
        return ""
    inside = _SOURCE.sub(".html", file.relative_to(here.root).as_posix())
    return f"/{quote(inside)}{mark}{fragment}"


def file_of(here: Portfolio, item: Item, value: str) -> Path | None:
    """Return the file of the project that a value names, from its root or beside the table."""
    if here.shelf.folder or not is_path(value):
        return None
    beside = PurePosixPath(item.path).parent
    for path in (here.root / value.lstrip("/"), here.root / beside / value):
        if is_content(path, here.root):
            return path
    return None


def ways(here: Portfolio, item: Item) -> Iterator[Link]:
    """Yield the links that an item is shown with, named in the page's language."""
    named = [
        (field.name.capitalize(), item.texts.get(field.name, "")) for field in item.schema.links()
    ]
    found = [Link(here.say.term(text), address(here, item, said)) for text, said in named]
    found += _identified(here, item)
    found += [Link(link.text, address(here, item, link.href)) for link in item.links]
    files = item.lists.get("files", ())
    found += [Link(PurePosixPath(file).name, address(here, item, file)) for file in files]
    yield from (link for link in found if link.href)


def _identified(here: Portfolio, item: Item) -> Iterator[Link]:
    """Yield the addresses that are made of identifiers, and of e-mail."""
    if doi := doi_in(item.texts.get("doi", "")):
        yield Link("DOI", doi_address(doi))
    if item.kind != "people":
        return
    for name, (text, whole) in _PROFILES.items():
        if said := item.texts.get(name, ""):
            bare = (orcid_of(said) if name == "orcid" else "") or said.lstrip("@")
            yield Link(text, web_address(said) or whole.format(bare))
    if "@" in (mail := item.texts.get("email", "")):
        yield Link(here.say("email"), f"mailto:{mail.removeprefix('mailto:')}")


def papers_of(here: Portfolio, item: Item) -> list[Paper]:
    """Return the papers that belong to an item."""
    named = (here.by_name.get(name.lower()) for name in item.lists.get("papers", ()))
    return list({paper.slug: paper for paper in named if paper}.values())


def files_named(here: Portfolio) -> Iterator[Path]:
    """Yield the files of the project that items lead to, which the site publishes."""
    for items in here.items.values():
        for item in items:
            said = [item.texts.get(field.name, "") for field in item.schema.links()]
            said += [item.texts.get("link", ""), *(link.href for link in item.links)]
            for value in (*said, *item.lists.get("files", ())):
                path = file_of(here, item, value)
                if path is not None and path.suffix not in {".qmd", ".ipynb"}:
                    yield path
