"""The feeds of the news and of the papers, as other people's readers see them."""

import json
import re
from datetime import date
from html import unescape

import needs
import pytest
from jsonschema import Draft202012Validator

from portfolio.pages import feeds, formats
from portfolio.pages.portfolio import load_portfolio

JSON_FEED = {  # what jsonfeed.org/version/1.1 demands
    "type": "object",
    "required": ["version", "title", "items"],
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": {"type": "string"},
        "home_page_url": {"type": "string", "pattern": "^https?://"},
        "feed_url": {"type": "string", "pattern": "^https?://"},
        "language": {"type": "string"},
        "authors": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/author"}},
        "items": {"type": "array", "items": {"$ref": "#/$defs/item"}},
    },
    "additionalProperties": False,
    "$defs": {
        "author": {"type": "object", "minProperties": 1},
        "item": {
            "type": "object",
            "required": ["id", "content_html"],
            "properties": {
                "id": {"type": "string", "minLength": 1},
                "url": {"type": "string", "pattern": "^https?://"},
                "external_url": {"type": "string", "pattern": "^https?://"},
                "title": {"type": "string"},
                "content_html": {"type": "string", "minLength": 1},
                "image": {"type": "string", "pattern": "^https?://"},
                "date_published": {"type": "string", "pattern": r"^\d{4}(-\d\d){2}T[\d:]{8}Z$"},
                "authors": {"type": "array", "items": {"$ref": "#/$defs/author"}},
            },
            "additionalProperties": False,
        },
    },
}


def read(here, feed):
    """Return the feed as feedparser reads its Atom, which has no fault."""
    parsed = needs.package("feedparser").parse(formats.atom(here, feed))
    assert not parsed.bozo, parsed.get("bozo_exception")
    return parsed


def news(root, *rows):
    """Write the news and return the ids of their feed by text."""
    (root / "news" / "news.csv").write_text("\n".join(["date,text,link", *rows, ""]))
    here = load_portfolio(root)
    return {entry.title: entry.id for entry in feeds.news(here).entries}


def test_the_feed_dates_come_from_the_news(here):
    """The feed is as old as its newest item, whenever it is made."""
    parsed = read(here, feeds.news(here))
    assert parsed.feed.updated == "2021-02-03T00:00:00Z"
    assert parsed.feed.title == "Jane Doe: news"
    assert parsed.feed.language == "en"


def test_each_item_of_news_has_an_address_of_its_own(here):
    """Items lead to what they name, absolutely, else to the page of the news."""
    entries = read(here, feeds.news(here)).entries
    assert [entry.link for entry in entries] == [
        "https://doe.example/home/publications/doe2021foam.html",
        "https://doe.example/home/news/index.html",
    ]
    assert (
        entries[0].content[0].value
        == f'<p><a href="{entries[0].link}">Foam is out &amp; about.</a></p>'
    )
    assert len({entry.id for entry in entries}) == 2


def test_papers_come_whole_and_newest_first(here):
    """A paper's entry has its people, where it appeared, and links; it leads to its page."""
    first, second = read(here, feeds.papers(here)).entries
    assert (first.title, first.published) == ("Foam", "2021-01-01T00:00:00Z")
    assert second.title == "Waves & <u>tides</u>"
    assert second.id == second.link == "https://doe.example/home/publications/doe2020waves.html"
    assert [author.name for author in second.authors] == ["Rick Roe", "J. Doe"]
    said = second.content[0].value
    assert "<p>Rick Roe, J. Doe</p>" in said
    assert "Sea Letters" in said
    assert 'href="https://doi.org/10.1000/waves"' in said


def test_what_is_yet_to_appear_is_as_new_as_the_newest(project):
    """A paper without a year stands beside the newest, not in 1970."""
    bib = project / "publications" / "publications.bib"
    bib.write_text("@misc{a, title={Soon}}\n@misc{b, title={Now}, year=2024, month=5}\n")
    days = {entry.title: entry.day for entry in feeds.papers(load_portfolio(project)).entries}
    assert days == {"Soon": date(2024, 5, 1), "Now": date(2024, 5, 1)}


def test_a_feed_of_papers_holds_the_newest_fifty(project):
    """However long the list, subscribers load a short file."""
    bib = "".join(f"@misc{{k{n}, title={{T{n}}}, year={1900 + n}}}\n" for n in range(99))
    (project / "publications" / "publications.bib").write_text(bib)
    entries = feeds.papers(load_portfolio(project)).entries
    assert [entry.title for entry in entries] == [f"T{n}" for n in range(98, 48, -1)]


@pytest.mark.parametrize("up", [True, False], ids=["on-top", "at-the-end"])
def test_an_id_stays_whatever_joins_it(project, up):
    """A second item of a day, and a corrected text, leave the ids of the others as they were."""
    rows = ["2021-02-03,First,", "2020-01-02,Older,"]
    rows = rows if up else rows[::-1]
    before = news(project, *rows)
    after = news(project, *(["2021-02-03,Second,", *rows] if up else [*rows, "2021-02-03,Second,"]))
    assert after["First"] == before["First"]
    assert after["Older"] == before["Older"]
    assert len(set(after.values())) == 3


def words_of(html):
    """Return the text of some HTML; readers of feeds take out attributes that they do not know."""
    return re.sub(r"<[^>]*>", "", unescape(html)).split()


def test_both_formats_say_the_same(here):
    """JSON Feed follows its specification, and holds the entries of the Atom."""
    for feed in feeds.feeds_of(here, has_page=True):
        said = json.loads(formats.json_feed(here, feed))
        assert [*Draft202012Validator(JSON_FEED).iter_errors(said)] == []
        entries = read(here, feed).entries
        assert [item["id"] for item in said["items"]] == [entry.id for entry in entries]
        assert len(entries) > 0
        for item, entry in zip(said["items"], entries, strict=True):
            assert words_of(item["content_html"]) == words_of(entry.content[0].value)
            assert item["date_published"][:10] == entry.published[:10]


def test_without_news_and_a_page_for_them_there_is_no_feed_of_them(project):
    """News without a page lead home; neither gives no feed."""
    here = load_portfolio(project)
    assert feeds.feeds_of(here, has_page=False)[0].page == "https://doe.example/home/"
    (project / "news" / "news.csv").unlink()
    here = load_portfolio(project)
    assert [feed.stem for feed in feeds.feeds_of(here, has_page=False)] == [feeds.PAPERS]
    assert feeds.feeds_of(here, has_page=True)[0].entries == ()


def test_a_feed_is_sound_whatever_its_records_hold(project):
    """What no text can hold is dropped, and its line is named."""
    odd = "\x07\x0b\x1b\ufffe\uffff\u202e\x85"
    (project / "news" / "news.csv").write_text(
        f"date,text,link\n2021-02-03,Fo{odd}am & <b>,\n", encoding="utf-8"
    )
    here = load_portfolio(project)
    (entry,) = read(here, feeds.news(here)).entries
    assert entry.content[0].value == "<p>Fo…am &amp; &lt;b&gt;</p>"
    (problem,) = here.problems
    assert str(problem) == "news/news.csv:2: file: there is a control character (U+0007): remove it"
