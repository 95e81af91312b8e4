"""The step after rendering: what both renderers leave to us, done on the rendered files."""

import os
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

from portfolio.brand import Brand
from portfolio.cores import FEW, shared
from portfolio.drawing import still
from portfolio.figures.schemes import in_look_of
from portfolio.files import write
from portfolio.kept import Kept, Made, Notes, digest
from portfolio.pages import (
    formats,
    indexes,
    inserted,
    item_pictures,
    item_ways,
    items_made,
    policy,
    portrait,
    posters,
    running,
    vitae_sheets,
)
from portfolio.pages.around import Around
from portfolio.pages.causes import Causes
from portfolio.pages.citations import Written, write_citations
from portfolio.pages.files import own_files, write_files
from portfolio.pages.heads import Heads
from portfolio.pages.layouts import Layouts
from portfolio.pages.libraries import script_of
from portfolio.pages.listing_made import made_lists
from portfolio.pages.made import Mould
from portfolio.pages.portfolio import Portfolio, figure_of, page_of, table_of
from portfolio.pages.rendered import Rendered, put_in_order
from portfolio.pages.theme import write_theme_file
from portfolio.pages.translations import translations
from portfolio.pages.words import spoken
from portfolio.records.paper import Paper
from portfolio.records.problems import ContentError, Problem
from portfolio.remembered import forget_oldest

_MANY = 2000
"""So many papers are seen to by one process where most of their files can be taken over."""
_OF_MADE_PAGES = {"scrolls.js"}
"""What pages made of papers may name, and the mould does not."""


def finish(here: Portfolio, output: Path) -> None:
    """Complete the site rendered into ``output``; doing it twice changes nothing."""
    _demand_values(here)
    _withdraw_drafts(here, output)
    heads = Heads(here, output)
    listing = _listing(here, output)
    mould = Mould(listing, heads)
    kept = Kept(here.root, output)
    forget_oldest(here.root)
    for address, text in _lists(here, listing, mould.frame):
        write(output / address[1:], text)
    entries = _papers(here, mould, kept)
    _publish_own_files(here, output)
    files = sorted(_files(str(output), ""), key=lambda name: name.split("/"))
    addresses = [name for name in files if name.endswith(".html")]
    layouts = Layouts(heads, entries, site=digest([str(output), addresses]))
    rendered = _in_order(layouts, kept, addresses)
    there = (name for name in files if name.lower().endswith(".svg"))
    drawings = [name for name in there if (output / name).exists()]  # pages forget some
    drawings += _write_theme(here, output, mould, rendered)
    write_citations(here.papers, output / "publications" / "publications", entries)
    _still_drawings(here.brand, [output / name for name in drawings], kept)
    for name, made_from, make in _pictures_and_sheets(here):
        kept.write(output / name, made_from, make)
    policies = {page.policy for page in rendered}
    for name, content in _for_programs(heads, addresses, policy.headers(addresses, policies)):
        write(output / name, content)
    kept.save()


def _lists(here: Portfolio, listing: str, frame: str) -> Iterator[tuple[str, str]]:
    """Yield address and text of the pages of lists that nobody has written."""
    yield from made_lists(here, listing, frame)
    yield from items_made.made_pages(here, frame)


def _papers(here: Portfolio, mould: Mould, kept: Kept) -> dict[str, Written]:
    """Write the files of all papers, in several processes where they are many; return entries."""
    entries: dict[str, Written] = {}
    causes = Causes(here)
    few = FEW if kept.is_empty or not causes.common else _MANY
    work = partial(_write_papers, here, mould, kept, causes)
    for written, notes in shared(work, here.papers.papers, few=few):
        entries |= written
        kept.note(notes)
    return entries


def _publish_own_files(here: Portfolio, output: Path) -> None:
    """Write the files that papers and items lead to; in drawings nothing runs."""
    for path in (*own_files(here.root), *item_ways.files_named(here)):
        data = path.read_bytes()
        data = still(data) if path.suffix.lower() == ".svg" else data
        write(output / path.relative_to(here.root), data)


def _in_order(layouts: Layouts, kept: Kept, addresses: Sequence[str]) -> list[Rendered]:
    """Put the rendered pages in order; raise ContentError naming those without a heading."""
    here = layouts.here
    same = translations(here.site, kept.output, addresses)
    made = {page_of(paper)[1:] for paper in here.papers if paper.slug not in here.written}
    made -= same.of.keys()
    ours = [address for address in addresses if address not in made]
    rendered = [put_in_order(layouts, kept, same, address) for address in ours]
    if untitled := [problem for page in rendered for problem in page.untitled(here.root)]:
        raise ContentError(*untitled)
    return rendered


def _write_theme(
    here: Portfolio, output: Path, mould: Mould, rendered: Sequence[Rendered]
) -> list[str]:
    """Write what pages name of the theme, and the libraries of what runs; return the drawings."""
    folder = output / "theme"
    for library in sorted({name for page in rendered for name in page.libraries}):
        write(folder / running.FOLDER / f"{library}.js", script_of(here, library))
    named = mould.of_theme.union(_OF_MADE_PAGES, *(page.of_theme for page in rendered))
    names = sorted(named - {Path(made).name for made, *_ in posters.of_site(here)})
    for name in names:
        write_theme_file(here.brand, name, folder)
    return [f"theme/{name}" for name in names if name.endswith(".svg")]


def _pictures_and_sheets(here: Portfolio) -> Iterator[Made]:
    """Yield what is drawn and set for the site as a whole, and for its owner and items."""
    yield from posters.of_site(here)
    if picture := portrait.file_of(here):
        data, named = picture.read_bytes(), here.site.owner.portrait
        yield portrait.ADDRESS[1:], ["portrait", data], partial(portrait.made, named, data)
    yield from item_pictures.pictures(here)
    yield from vitae_sheets.sheets(here)


def _withdraw_drafts(here: Portfolio, output: Path) -> None:
    for post in here.written_posts:
        if post.is_draft:
            (output / post.address[1:]).unlink(missing_ok=True)


def _for_programs(
    heads: Heads, addresses: Sequence[str], headers: str
) -> Iterator[tuple[str, str]]:
    """Yield the files that programs read, and where they lie."""
    here = heads.here
    for feed in heads.feeds:
        xml, other = feed.forms
        yield xml.address[1:], formats.atom(here, feed)
        yield other.address[1:], formats.json_feed(here, feed)
    yield "publications/linkset.json", indexes.linkset(here)
    yield "llms.txt", indexes.llms(heads)
    yield "sitemap.xml", indexes.sitemap(here, addresses)
    yield "robots.txt", indexes.robots(here)
    yield "_headers", headers


def _still_drawings(brand: Brand, drawings: Iterable[Path], kept: Kept) -> None:
    """Give our figures the site's colours, and take from drawings what would run in a browser."""
    for path in dict.fromkeys(drawings):
        data = path.read_bytes()
        kept.write(path, ["drawing", brand, data], partial(_stilled, brand, data))


def _stilled(brand: Brand, drawing: bytes) -> bytes:
    return still(in_look_of(brand, drawing))


def _files(folder: str, inside: str) -> Iterator[str]:
    """Yield the files of the site by their addresses, but those that Quarto's pages bring along."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if not entry.is_dir(follow_symlinks=False):
                yield inside + entry.name
            elif entry.name != "site_libs":
                yield from _files(entry.path, f"{inside}{entry.name}/")


def _demand_values(here: Portfolio) -> None:
    """Raise ContentError where a text asks for a value that there is not."""
    unknown = (*here.unknown_values, *inserted.faults_of_pages(here.root, here.values))
    if unknown:
        raise ContentError(*sorted(unknown))


def _listing(here: Portfolio, output: Path) -> str:
    """Return the page that lists the papers, in whose frame others are made.

    Raises ContentError where there is none.
    """
    index = output / "publications" / "index.html"
    if not index.exists():
        what, remedy = "there is no page that lists the papers", "add it"
        raise ContentError(Problem("publications/index.qmd", 1, "page", what, remedy))
    page = items_made.with_menu(here, index.read_text(encoding="utf-8"))
    return spoken(page, here.say)


def _write_papers(
    here: Portfolio, mould: Mould, kept: Kept, causes: Causes, papers: Sequence[Paper]
) -> tuple[dict[str, Written], Notes]:
    """Write the files of papers, and the pages of those without a source.

    Returns their entries, and what is to be noted of the files.
    """
    folder = kept.output / "publications"
    entries = write_files(here, papers, folder, keep=kept.write, cause=causes.of)
    around = Around(here, entries)
    for paper in papers:
        figure = here.figures.get(paper.slug)
        if figure and figure.table:
            write(kept.output / table_of(paper)[1:], figure.table)
        if paper.slug not in here.written:
            if figure:
                write(kept.output / figure_of(paper, figure)[1:], figure.svg or figure.png)
            near = around.near(paper)
            made_from = mould.made_from(around, paper, causes.of(paper), near)
            page = partial(mould.page, around, paper, near)
            kept.write(kept.output / page_of(paper)[1:], made_from, page)
    for name, made_from, make in posters.posters_of(here, papers):
        kept.write(kept.output / name, made_from, make)
    return entries, kept.notes
