"""Moving in from a site, or a page, whose lists of papers somebody wrote by hand."""

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from portfolio.content import files
from portfolio.moving.found import Found, Haul
from portfolio.moving.handwritten import PAPERS, Listed, html_of, papers_in, tree_of
from portfolio.moving.keys import title_of
from portfolio.moving.source import Source, plain
from portfolio.moving.transcribed import entries_of_folder, found_on

SUFFIXES = frozenset({".html", ".htm", ".md", ".qmd"})
_NO_PAGES = ("node_modules", "_site", "site_libs", "vendor", "themes", "layouts", "_layouts",
             "_includes", "assets", "static")  # fmt: skip
_FEW = 2


def is_one(source: Source) -> bool:
    """Whether the folder is a site in HTML that lists papers."""
    return (source.root / "index.html").is_file() and any(_lists(source))


def read(source: Source) -> Haul:
    """Return its papers: from the pages that are about papers, and from what others list too.

    What the first page lists of them is selected, where it is a part of all.
    """
    return of_pages(source, _lists(source), name="a site written by hand")


def of_file(source: Source, path: Path) -> Haul:
    """Return the papers that a page by itself lists."""
    return of_pages(source, [path], name="a page written by hand")


def of_pages(source: Source, pages: Iterable[Path], *, name: str) -> Haul:
    """Return the papers of pages; one that stands on several of them is taken once."""
    bibs = [path for path in files(source.root, source.root) if path.suffix == ".bib"]
    entries, taken = entries_of_folder(source, bibs), set[str]()
    found: list[Found] = []
    titles: set[str] = set()
    people: dict[str, str] = {}
    first: set[str] = set()
    for page in sorted(pages, key=_about_papers):
        listed = listed_on(source, page)
        for one in listed:
            people |= {who: href for who, href in one.paper.people if "://" in href}
        new = [one for one in listed if title_of(one.paper.title) not in titles]
        found += found_on(source, page, new, taken=taken, entries=entries)
        here = {title_of(one.paper.title) for one in listed}
        titles |= here
        source.read.add(page)
        if page.stem == "index" and page.parent == source.root:
            first = here
    is_part = len(first) >= _FEW and len(first) < len(titles)
    papers = [one.selected() if is_part and _title(one) in first else one for one in found]
    return Haul(name, source, tuple(papers), people=tuple(people.items()))


def listed_on(source: Source, page: Path) -> list[Listed]:
    """Return what a page in HTML or Markdown lists."""
    if page.suffix.lower() in {".html", ".htm"}:
        tree = tree_of(source.text(page))
        title = next((" ".join(one.itertext()) for one in tree.iter("title")), "")
        own = title if PAPERS.search(title.partition("|")[0]) else ""
        return papers_in(tree, title=_named(page) or own)
    said, text = source.front_matter(page, quietly=True)
    return papers_in(tree_of(html_of(text)), title=_named(page) or plain(said.get("title")))


def without_papers(source: Source, page: Path) -> str:
    """Return the HTML of a page without the papers that it lists."""
    import html5lib  # noqa: PLC0415  it takes a moment to load

    tree = tree_of(source.text(page))
    listed = {id(one) for each in papers_in(tree, title=_named(page)) for one in each.elements}
    for parent in list(tree.iter()):
        for child in list(parent):
            if id(child) in listed:
                parent.remove(child)
    return str(html5lib.serialize(tree, omit_optional_tags=False))


def pages_of(source: Source, *, apart: Collection[str] = _NO_PAGES) -> Iterator[Path]:
    """Yield the pages in HTML that may be written by hand, the nearest to the root first."""
    found = [p for p in files(source.root, source.root, apart=apart) if p.suffix.lower() == ".html"]
    yield from sorted(found, key=lambda path: (len(path.parts), path))


def _lists(source: Source) -> Iterator[Path]:
    """Yield the pages that list papers: the first one, and those whose names speak of papers."""
    for page in pages_of(source):
        deep = len(page.relative_to(source.root).parts)
        is_first = page.stem == "index" and deep == 1
        if deep <= _FEW and (is_first or _named(page)) and len(listed_on(source, page)) >= 1:
            yield page


def _named(page: Path) -> str:
    """Return what a page is called, if that speaks of papers."""
    stem = page.parent.name if page.stem == "index" else page.stem
    words = stem.replace("_", " ").replace("-", " ")
    return words if PAPERS.search(words) and not words[:1].isdigit() else ""


def _title(found: Found) -> str:
    return title_of(found.record.fields.get("title", ""))


def _about_papers(page: Path) -> tuple[bool, Path]:
    return not _named(page), page
