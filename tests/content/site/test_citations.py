"""The files beside the pages: the news feed, BibTeX and thumbnails."""

import xml.etree.ElementTree as ET

import pytest
from facts import NEWS, PAPERS, Paper
from pybtex.database import BibliographyData, parse_string
from rendered import Site

ATOM = "{http://www.w3.org/2005/Atom}"
BY_SLUG = pytest.mark.parametrize("paper", PAPERS, ids=[paper.slug for paper in PAPERS])


def feed_of(site: Site) -> ET.Element:
    """Return the root of the news feed."""
    return ET.parse(site.folder / "news" / "feed.xml").getroot()


def bibliography(site: Site, name: str) -> BibliographyData:
    """Parse a published BibTeX file."""
    return parse_string((site.folder / "publications" / name).read_text("utf-8"), "bibtex")


def test_the_feed_has_all_news_newest_first(site: Site) -> None:
    """Eight entries dated by their news, and the feed by the newest."""
    days = [day.text[:10] for day in feed_of(site).iter(f"{ATOM}updated")]
    assert days == [NEWS[0][0], *(day for day, _ in NEWS)]


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


def test_each_paper_is_listed_with_its_own_picture(site: Site) -> None:
    """A row has the small picture of its paper, which repeats its title to nobody."""
    rows = {row.get("id"): row for row in site.pages["publications/index.html"].of_class("row")}
    for paper in PAPERS:
        (picture,) = rows[paper.slug].iter("img")
        source = (site.folder / "publications" / picture.get("src", "")).resolve()
        assert source.parent == (site.folder / "publications" / "thumbnails").resolve()
        assert source.stem in {paper.slug, f"{paper.slug}-320"}
        assert source.is_file()
        assert picture.get("alt") == ""
