"""The feed and the sitemap."""

from xml.etree import ElementTree as ET

from portfolio.pages import feeds
from portfolio.pages.portfolio import load_portfolio

ATOM = f"{{{feeds.ATOM}}}"


def test_the_feed_dates_come_from_the_news(here):
    """The feed is as old as its newest item, whenever it is made."""
    feed = ET.fromstring(feeds.atom(here))
    assert feed.findtext(f"{ATOM}updated") == "2021-02-03T00:00:00Z"
    assert feed.findtext(f"{ATOM}title") == "Jane Doe: news"


def test_each_item_has_an_address_of_its_own(here):
    """Items lead to what they name, absolutely, else to the page of the news."""
    entries = ET.fromstring(feeds.atom(here)).findall(f"{ATOM}entry")
    assert [entry.find(f"{ATOM}link").get("href") for entry in entries] == [
        "https://doe.example/home/publications/doe2021foam.html",
        "https://doe.example/home/news/index.html",
    ]
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == 2


def test_the_sitemap_lists_pages_but_not_the_404(here):
    """Folders stand without index.html."""
    pages = ["404.html", "index.html", "news/index.html", "publications/x.html"]
    found = ET.fromstring(feeds.sitemap(here, pages)).iter(f"{{{feeds.SITEMAP}}}loc")
    assert [loc.text for loc in found] == [
        "https://doe.example/home/",
        "https://doe.example/home/news/",
        "https://doe.example/home/publications/x.html",
    ]


def test_the_feed_is_well_formed_whatever_the_news_hold(project):
    """What no text can hold is dropped, and its line is named."""
    odd = "\x07\x0b\x1b\ufffe\uffff\u202e\x85"
    (project / "news" / "news.csv").write_text(
        f"date,text,link\n2021-02-03,Fo{odd}am & <b>,\n", encoding="utf-8"
    )
    here = load_portfolio(project)
    (entry,) = ET.fromstring(feeds.atom(here)).findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "Fo…am & <b>"
    (problem,) = here.problems
    assert str(problem) == "news/news.csv:2: file: there is a control character (U+0007): remove it"
