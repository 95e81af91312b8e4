"""The files beside the pages: feed, sitemap, BibTeX and thumbnails."""

import re
import xml.etree.ElementTree as ET

import pytest
from facts import NEWS, PAPERS, Paper
from parsed import LOST, Site
from PIL import Image
from pybtex.database import BibliographyData, parse_string

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
BY_SLUG = pytest.mark.parametrize("paper", PAPERS, ids=[paper.slug for paper in PAPERS])
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")


def feed_of(site: Site) -> ET.Element:
    """Return the root of the news feed."""
    return ET.parse(site.folder / "news" / "feed.xml").getroot()


def bibliography(site: Site, name: str) -> BibliographyData:
    """Parse a published BibTeX file."""
    return parse_string((site.folder / "publications" / name).read_text("utf-8"), "bibtex")


def test_the_feed_is_atom(site: Site) -> None:
    """RFC 4287, 4.1: feed and entries have one id, title and instant each; the feed an author."""
    feed = feed_of(site)
    assert feed.tag == f"{ATOM}feed"
    assert len(feed.findall(f"{ATOM}author/{ATOM}name")) == 1
    for part in (feed, *feed.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            (said,) = part.findall(f"{ATOM}{name}")
            assert said.text
        assert INSTANT.fullmatch(part.findtext(f"{ATOM}updated", ""))
    identifiers = [element.text for element in feed.iter(f"{ATOM}id")]
    assert len(set(identifiers)) == len(identifiers)


def test_the_feed_has_all_news_newest_first(site: Site) -> None:
    """Eight entries dated by their news, and the feed by the newest."""
    days = [day.text[:10] for day in feed_of(site).iter(f"{ATOM}updated")]
    assert days == [NEWS[0][0], *(day for day, _ in NEWS)]


def test_the_feed_links_absolutely(site: Site) -> None:
    """Feed readers know no base: every address is whole, and those of the site lead to a file."""
    links = [link.get("href", "") for link in feed_of(site).iter(f"{ATOM}link")]
    assert len(links) == 2 + len(NEWS)
    for link in links:
        assert link.startswith("https://")
        if link.startswith(site.address):
            assert (site.folder / link.removeprefix(f"{site.address}/")).is_file(), link


def test_the_sitemap_lists_every_page_but_the_lost(site: Site) -> None:
    """Crawlers are told the pages' own public addresses, once each, and nothing else."""
    root = ET.parse(site.folder / "sitemap.xml").getroot()
    listed = [element.text for element in root.iter(f"{SITEMAP}loc")]
    wanted = [site.public(page) for page in site.pages.values() if page.address != LOST]
    assert sorted(filter(None, listed)) == sorted(wanted)


def test_robots_find_the_sitemap(site: Site) -> None:
    """robots.txt gives the sitemap's public address and forbids nothing."""
    said = (site.folder / "robots.txt").read_text(encoding="utf-8")
    assert f"Sitemap: {site.address}/sitemap.xml" in said
    assert "Disallow" not in said


@BY_SLUG
def test_a_paper_can_be_cited(site: Site, paper: Paper) -> None:
    """A paper's BibTeX file holds its one entry, under the key that people already cite."""
    (entry,) = bibliography(site, f"{paper.slug}.bib").entries.values()
    assert entry.key == paper.key
    assert len(entry.persons["author"]) == len(paper.authors)
    assert entry.fields["eprint"] == paper.arxiv


def test_all_papers_can_be_cited_at_once(site: Site) -> None:
    """The whole bibliography holds every entry in the listing's order."""
    whole = bibliography(site, "publications.bib")
    assert [entry.key for entry in whole.entries.values()] == [paper.key for paper in PAPERS]


@BY_SLUG
def test_a_thumbnail_is_small(site: Site, paper: Paper) -> None:
    """480 by 300 pixels of WebP in at most 15 KiB."""
    path = site.folder / "publications" / "thumbnails" / f"{paper.slug}.webp"
    with Image.open(path) as picture:
        assert (picture.format, picture.size) == ("WEBP", (480, 300))
    assert path.stat().st_size <= 15 * 1024


def test_a_thumbnail_shows_the_figure_where_there_is_one(site: Site) -> None:
    """A thumbnail of a figure says what it shows; one set from the title repeats it to nobody."""
    for card in site.pages["publications/index.html"].of_class("paper"):
        (picture,) = card.iter("img")
        slug = picture.get("src", "").rpartition("/")[2].removesuffix(".webp")
        has_figure = (site.root / "notebooks" / f"{slug}.ipynb").exists()
        assert bool(picture.get("alt")) == has_figure, slug
