"""What crawlers, harvesters and language models are told of a site."""

import json
from xml.etree import ElementTree as ET

from portfolio.pages import indexes
from portfolio.pages.heads import Heads
from portfolio.pages.portfolio import load_portfolio


def located(here, *addresses):
    """Return the addresses of a sitemap with their days."""
    urls = ET.fromstring(indexes.sitemap(here, addresses)).iter(f"{{{indexes.SITEMAP}}}url")
    return [tuple(part.text for part in url) for url in urls]


def test_the_sitemap_lists_pages_but_not_the_404(here):
    """Folders stand without index.html."""
    pages = ["404.html", "about.html", "talks/index.html"]
    assert located(here, *pages) == [
        ("https://doe.example/home/about.html",),
        ("https://doe.example/home/talks/",),
    ]


def test_pages_are_dated_by_their_records(here):
    """A paper's page has its paper's date, the list its newest paper's, home the newest of all."""
    pages = ["index.html", "news/index.html", "notebooks/doe2020waves.html"]
    pages += ["publications/doe2020waves.html", "publications/index.html"]
    assert [day for _, day in located(here, *pages)] == [
        "2021-02-03",
        "2021-02-03",
        "2020",
        "2020",
        "2021-01-01",
    ]


def test_the_linkset_names_every_paper(here):
    """The list has the papers as items, and each its record in three formats, and its type."""
    listing, *papers = json.loads(indexes.linkset(here))["linkset"]
    assert [item["href"] for item in listing["item"]] == [one["anchor"] for one in papers]
    assert [link["href"].rpartition(".")[2] for link in papers[0]["describedby"]] == [
        "bib",
        "ris",
        "json",
    ]
    assert papers[0]["type"] == [{"href": "https://schema.org/ScholarlyArticle"}]
    assert papers[0]["collection"][0]["href"] == listing["anchor"]


def test_language_models_find_who_what_and_where(here, tmp_path):
    """llms.txt has one heading, a quote, and lists of links, as llmstxt.org has it."""
    said = indexes.llms(Heads(here, tmp_path)).splitlines()
    assert said[:3] == ["# Jane Doe", "", "> Waves and <tides>."]
    assert [line for line in said if line.startswith("## ")] == ["## Publications", "## Files"]
    page = "https://doe.example/home/publications/doe2021foam.html"
    assert f"- [Foam]({page}): SeaConf 2021" in said


def test_no_title_makes_a_link_of_its_own(project, tmp_path):
    """Brackets in a title stay brackets."""
    bib = "@misc{a, title={A [b](https://evil.example) c}}"
    (project / "publications" / "publications.bib").write_text(bib)
    here = load_portfolio(project)
    assert r"- [A \[b\](https://evil.example) c](https://doe" in indexes.llms(Heads(here, tmp_path))
