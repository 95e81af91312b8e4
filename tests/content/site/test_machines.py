"""What machines read in the head of a page."""

import json
from pathlib import Path
from typing import Any

import pytest
from facts import PAPERS, Paper
from PIL import Image
from rendered import Site

from portfolio.audit.citations import VENUES
from portfolio.audit.rendered import Page, text

OWNER = "Hrayr Harutyunyan"
BY_SLUG = pytest.mark.parametrize("paper", PAPERS, ids=[paper.slug for paper in PAPERS])


def json_ld(page: Page) -> dict[str, Any]:
    """Return the structured data of a page by type; no type is there twice."""
    scripts = [e for e in page.all("script") if e.get("type") == "application/ld+json"]
    said = [json.loads(script.text or "") for script in scripts]
    by_type = {each["@type"]: each for each in said}
    assert len(by_type) == len(said)
    return by_type


def on_disk(site: Site, address: str) -> Path:
    """Return the file of the site that has a public address."""
    assert address.startswith(f"{site.address}/")
    return site.folder / address.removeprefix(f"{site.address}/")


def page_of(site: Site, paper: Paper) -> Page:
    """Return the page of a paper."""
    return site.pages[f"publications/{paper.slug}.html"]


@BY_SLUG
def test_scholars_read_the_citation(site: Site, paper: Paper) -> None:
    """Highwire tags give the title, the authors in order, the year and the preprint."""
    page = page_of(site, paper)
    assert page.meta("citation_title") == [paper.title]
    families = [name.partition(",")[0] for name in page.meta("citation_author")]
    assert len(families) == len(paper.authors)
    assert all(name.endswith(f" {f}") for name, f in zip(paper.authors, families, strict=True))
    assert page.meta("citation_publication_date") == [paper.venue[-4:]]
    assert page.meta("citation_arxiv_id") == [paper.arxiv]


@BY_SLUG
def test_a_paper_appeared_in_one_place(site: Site, paper: Paper) -> None:
    """One venue tag for a published paper, none for a preprint."""
    venues = [value for name in VENUES for value in page_of(site, paper).meta(name)]
    assert len(venues) == (0 if paper.slug == "tcorex" else 1)


@BY_SLUG
def test_structured_data_is_about_the_paper(site: Site, paper: Paper) -> None:
    """JSON-LD says what the page says: title, all authors, year, addresses and picture."""
    page = page_of(site, paper)
    data = json_ld(page)
    assert set(data) == {"ScholarlyArticle", "BreadcrumbList"}
    said = data["ScholarlyArticle"]
    assert said["headline"] == paper.title
    assert [author["name"] for author in said["author"]] == paper.authors
    assert said["datePublished"] == paper.venue[-4:]
    assert said["url"] == site.public(page)
    assert f"https://arxiv.org/abs/{paper.arxiv}" in said["sameAs"]
    picture = said["image"]
    assert picture["contentUrl"] == f"{site.address}/publications/thumbnails/{paper.slug}.webp"
    with Image.open(on_disk(site, picture["contentUrl"])) as shown:
        assert shown.size == (picture["width"], picture["height"])


@BY_SLUG
def test_structured_data_tell_the_way(site: Site, paper: Paper) -> None:
    """JSON-LD leads from home over the list to the paper."""
    page = page_of(site, paper)
    steps = json_ld(page)["BreadcrumbList"]["itemListElement"]
    assert [(step["position"], step["name"], step["item"]) for step in steps] == [
        (1, OWNER, f"{site.address}/"),
        (2, "Publications", f"{site.address}/publications/"),
        (3, paper.title, site.public(page)),
    ]


@BY_SLUG
def test_shared_links_show_the_paper(site: Site, paper: Paper) -> None:
    """Open Graph gives the title, the address, and a picture of the paper's own with its size."""
    page = page_of(site, paper)
    assert page.meta("og:title") == [paper.title]
    assert page.meta("og:url") == [site.public(page)]
    address = f"{site.address}/publications/cards/{paper.slug}.png"
    assert page.meta("og:image") == [address]
    assert page.meta("og:image:width") + page.meta("og:image:height") == ["1200", "630"]
    assert page.meta("og:image:type") == ["image/png"]
    assert page.meta("twitter:card") == ["summary_large_image"]
    with Image.open(on_disk(site, address)) as shown:
        assert (shown.format, shown.size) == ("PNG", (1200, 630))


def test_the_home_page_is_a_profile(site: Site) -> None:
    """JSON-LD and the h-card name the owner, and the owner's profiles elsewhere as the same."""
    data = json_ld(site.pages["index.html"])
    assert set(data) == {"ProfilePage", "WebSite"}
    person = data["ProfilePage"]["mainEntity"]
    assert (person["@type"], person["name"]) == ("Person", OWNER)
    assert person["affiliation"]["name"] == "University of Southern California"
    assert person["sameAs"] == ["https://github.com/hrayrhar"]
    assert data["WebSite"]["publisher"] == {"@id": person["@id"]}
    (card,) = site.pages["index.html"].of_class("h-card")
    assert "University of Southern California" in text(card)
