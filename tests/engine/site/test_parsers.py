"""What other people's programs find on the example, as it is served."""

import json
import re
from urllib.parse import urljoin

import needs
import pytest
from playwright.sync_api import Browser
from rendered import Site
from zotero import from_spans, from_tags

from portfolio.audit.server import serving

LISTING = "publications/index.html"


def test_the_owner_is_an_h_card(site: Site) -> None:
    """A parser of microformats finds name, role, place of work and addresses on the home page."""
    (card,) = [item for item in parsed(site, "index.html") if item["type"] == ["h-card"]]
    said = card["properties"]
    assert said["name"] == ["Ada Byron"]
    assert said["job-title"] == ["Research fellow"]
    assert said["org"] == ["Institute of Invented Studies"]
    assert {"https://byron.example/", "https://code.example/byron"} <= set(said["url"])


def test_papers_are_h_cites(site: Site) -> None:
    """A paper's page names it with authors, place and day; the list names it with its address."""
    (work,) = [item for item in parsed(site, "publications/tides.html") if "h-cite" in item["type"]]
    said = work["properties"]
    assert said["name"] == ["Counting n tides in few turns"]
    people = [one if isinstance(one, str) else one["value"] for one in said["author"]]
    assert people == ["Ada Byron", "Jane Doe", "Max Müller"]
    assert said["publication"] == ["Journal of Invented Engines, volume 7 (2), pages 11–29, 2021"]
    assert said["url"] == said["uid"] == ["https://byron.example/publications/tides.html"]
    assert said["published"][0].startswith("2021")
    listed = [item for item in parsed(site, LISTING) if "h-cite" in item["type"]]
    addresses = {one["properties"]["url"][0].rpartition("/")[2] for one in listed}
    assert addresses == {f"{page.address}".rpartition("/")[2] for page in site.papers}


def test_the_news_are_an_h_feed_with_the_ids_of_the_feeds(site: Site) -> None:
    """Each item of the page is an entry with its day, and an id of the feed names its place."""
    (feed,) = [item for item in parsed(site, "news/index.html") if item["type"] == ["h-feed"]]
    items = json.loads(site.read("news/feed.json"))["items"]
    assert [entry["properties"]["published"][0] for entry in feed["children"]] == [
        item["date_published"][:10] for item in items
    ]
    marks = [item["id"].partition("#")[2] for item in items]
    assert len(marks) == len(feed["children"]) > 0
    assert set(marks) <= site.pages["news/index.html"].identifiers


def test_the_list_gives_the_records_of_the_pages(site: Site) -> None:
    """What can be taken off the list is what each paper's own page says."""
    listed = from_spans(site.read(LISTING))
    pages = [from_tags(page.source) for page in site.papers]
    assert sorted(item["title"] for item in listed) == sorted(item["title"] for item in pages)
    types = {item["title"]: item["itemType"] for item in pages if item["itemType"] != "preprint"}
    assert {item["title"]: item["itemType"] for item in listed}.items() >= types.items()


def test_a_reader_finds_the_feeds_from_any_page(site: Site) -> None:
    """Feeds are named in the head of every page, and feedparser and a JSON reader take each."""
    wanted = {"news/feed.xml", "news/feed.json", "publications/feed.xml", "publications/feed.json"}
    for page in site.pages.values():
        found = {
            urljoin(f"https://x.invalid/{page.address}", link.get("href", "")).partition(
                ".invalid/"
            )[2]
            for link in page.all("link")
            if "feed" in link.get("type", "") or "atom" in link.get("type", "")
        }
        assert found == wanted, page.address
    for name in ("news/feed.xml", "publications/feed.xml"):
        assert not needs.package("feedparser").parse(site.read(name)).bozo, name


def test_each_page_has_a_card(site: Site) -> None:
    """Every page but the lost one has a title, a picture with its size and words for it."""
    for page in site.pages.values():
        if page.address == "404.html":
            continue
        for name in ("og:title", "og:type", "og:url", "og:image", "og:image:alt", "twitter:card"):
            assert len(page.meta(name)) == 1, (page.address, name)
        assert page.meta("og:image:width") == ["1200"], page.address
    assert site.pages["index.html"].meta("og:title") == ["Ada Byron"]


def test_a_notebook_says_whose_it_is(site: Site) -> None:
    """A notebook that describes itself in no words of its own names its paper."""
    said = site.pages["notebooks/tides.html"].meta("description")
    assert said == ["Notebook of “Counting n tides in few turns”"]


def test_pages_know_their_way(site: Site) -> None:
    """A paper's page and a notebook's come after the list; sections come after home."""
    for address, length in {
        LISTING: 2,
        "publications/tides.html": 3,
        "notebooks/tides.html": 3,
    }.items():
        (way,) = [data for data in linked_data(site, address) if data["@type"] == "BreadcrumbList"]
        assert len(way["itemListElement"]) == length, address


def test_no_page_breaks_its_policy(site: Site, browser: Browser) -> None:
    """Under the policy as a header, which the site's own file sets, no browser sees a violation."""
    with serving(site.folder) as served, browser.new_context(base_url=served) as context:
        context.add_init_script(
            "window.broken = []; document.addEventListener('securitypolicyviolation',"
            " event => window.broken.push(event.violatedDirective + ' ' + event.blockedURI));"
        )
        page = context.new_page()
        for address in site.pages:
            answer = page.goto(address)
            assert answer is not None
            policy = answer.headers.get("content-security-policy", "")
            assert "default-src 'self'" in policy, address
            assert "unsafe" not in policy, address
            assert page.evaluate("window.broken") == [], address


@pytest.mark.parametrize("name", ["favicon.ico", "theme/touch-icon.png", "theme/favicon.svg"])
def test_the_icons_are_there(site: Site, name: str) -> None:
    """Browsers and phones find the icon in the form that they ask for."""
    assert name in site.files


def parsed(site: Site, address: str) -> list[dict]:
    """Return the microformats of a page."""
    parser = needs.package("mf2py").Parser(doc=site.read(address), url=f"{site.root}/{address}")
    return parser.to_dict()["items"]


def linked_data(site: Site, address: str) -> list[dict]:
    """Return the JSON-LD of a page."""
    scripts = re.findall(
        r'<script type="application/ld\+json">(.*?)</script>', site.read(address), re.DOTALL
    )
    return [json.loads(written) for written in scripts]
