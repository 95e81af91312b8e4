"""The ways to a paper and to what belongs to it, by the names that readers know and in order."""

from dataclasses import dataclass

from portfolio.pages.portfolio import Portfolio
from portfolio.records.paper import Paper

_ABSTRACTS, _PDFS = "https://arxiv.org/abs/", "https://arxiv.org/pdf/"
_ICONS = {
    "PDF": "pdf",
    "arXiv": "arxiv",
    "Publisher": "publisher",
    "Preprint": "article",
    "HTML": "web",
    "Code": "code",
    "Notebook": "notebook",
    "Data": "data",
    "Slides": "slides",
    "Poster": "slides",
    "Video": "video",
    "Website": "web",
    "Blog": "article",
    "Supplement": "file",
}
"""Each way with its picture, in the order in which they are shown."""
_NAMED = {"DOI": "Publisher", "Paper": "Publisher"}


@dataclass(frozen=True)
class Way:
    """A way: its name in English, the address that it leads to, and the name of its picture."""

    name: str
    href: str
    icon: str


def ways_to(here: Portfolio, paper: Paper, *, derived: bool = True) -> list[Way]:
    """Return the ways to a paper: first to itself, as PDF wherever there is one.

    One that can be ``derived`` from another is left out where each letter counts.
    """
    found = [(_NAMED.get(item.text, item.text), item.href) for item in paper.links]
    named = dict(found)
    if derived and "PDF" not in named and named.get("arXiv", "").startswith(_ABSTRACTS):
        found.append(("PDF", named["arXiv"].replace(_ABSTRACTS, _PDFS)))
    if here.has_notebook(paper):
        found.append(("Notebook", here.shelf.notebook(paper)))
    places = {name: number for number, name in enumerate(_ICONS)}
    found.sort(key=lambda way: places.get(way[0], len(places)))
    return [Way(name, href, _ICONS.get(name, "link")) for name, href in found]
