"""Talks, people and the like on pages."""

import re
from html import unescape

import pytest
from html5lib import parse

from portfolio.pages import check
from portfolio.pages.byline import authors
from portfolio.pages.inline import inline, plain
from portfolio.pages.item_pictures import pictures
from portfolio.pages.items import VIEWS, Choice, items_html
from portfolio.pages.items_made import is_made, made_pages, with_menu
from portfolio.pages.metadata import structured
from portfolio.pages.portfolio import load_portfolio
from portfolio.pages.times import span_in_words
from portfolio.pages.words import words
from portfolio.records.kinds.known import KINDS
from portfolio.records.kinds.spans import read_span
from portfolio.records.problems import ContentError

TALKS = """- title: Waves & *foam*
  event: SeaConf
  date: 2021-03-04
  slides: https://slides.example/s.pdf
  papers: [doe2021foam]
  people: [Jane Doe, Rick Roe]
- {title: Tides, date: Fall 2020, selected: true}
- {title: Currents, date: 2018, link: notes.pdf}
"""
PEOPLE = """- {name: Jane Doe, role: Lead, group: Lead}
- {name: Rick Roe, group: Students, link: 'https://roe.example', orcid: 0000-0002-1825-0097}
- {name: Mary Major, now: Professor at Sea University}
"""


@pytest.fixture
def here(project):
    """Return a portfolio with talks and people."""
    for folder in ("talks", "people"):
        (project / folder).mkdir()
    (project / "talks" / "talks.yml").write_text(TALKS, encoding="utf-8")
    (project / "talks" / "notes.pdf").write_bytes(b"%PDF-1.4")
    (project / "people" / "people.yml").write_text(PEOPLE, encoding="utf-8")
    return load_portfolio(project)


def text_of(html):
    """Return what a reader reads."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def test_a_list_says_when_what_and_where(here):
    """Each talk has its date, title, place, people and ways to what belongs to it."""
    html = items_html(here, "talks", Choice("list"))
    first = text_of(html.partition("</li><li class")[0])
    assert first == "4 Mar 2021 Waves & foam SeaConf with Jane Doe , Rick Roe Slides Foam"
    assert '<time datetime="2021-03-04">4 Mar 2021</time>' in html
    assert '<a href="/talks/notes.pdf">Currents</a>' in html
    assert '<a href="/publications/doe2021foam.html">Foam</a>' in html
    assert '<strong class="me">Jane Doe</strong>' in html
    assert '<a href="https://roe.example">Rick Roe</a>' in html


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_shows_all(here, view):
    """Nothing is lost in any view, and its HTML is sound."""
    html = items_html(here, "talks", Choice(view))
    assert re.findall(r'id="talks-([\w-]+)"', html) == ["waves-foam", "tides", "currents"]
    parse(f"<!DOCTYPE html><title>x</title>{html}", treebuilder="etree")


def test_by_year_there_are_headings(here):
    """A list by year has each year once, the newest first."""
    html = items_html(here, "talks", Choice("year"))
    assert re.findall(r"<h2>(\d+)</h2>", html) == ["2021", "2020", "2018"]


def test_people_stand_in_their_groups_and_former_ones_last(here):
    """Groups keep the order of the table; who has left is among the alumni."""
    html = items_html(here, "people", Choice())
    assert re.findall(r"<h2>([^<]+)</h2>", html) == ["Lead", "Students", "Alumni"]
    assert "now Professor at Sea University" in text_of(html)
    assert "https://orcid.org/0000-0002-1825-0097" in html


def test_some_can_be_chosen(here):
    """The newest, those of a group, and selected ones."""
    assert "Tides" not in items_html(here, "talks", Choice("list", count=1))
    assert text_of(items_html(here, "talks", Choice("list", selected=True))) == "Fall 2020 Tides"
    assert "Jane" not in items_html(here, "people", Choice(group="students"))


@pytest.mark.parametrize("kind", sorted(KINDS.keys() - {"talks", "people"}))
def test_what_is_empty_leaves_nothing(here, kind):
    """A kind without anything gives no HTML, and no page."""
    assert items_html(here, kind, Choice()) == ""
    assert not is_made(here, kind)


def test_a_kind_has_a_page_unless_somebody_wrote_one(here):
    """A table in a folder of its own has a page; one of the owner's own is left alone."""
    frame = "<head></head><body><main></main></body>"
    pages = dict(made_pages(here, frame))
    assert pages.keys() == {"/talks/index.html", "/people/index.html"}
    assert "<h1>Talks</h1>" in pages["/talks/index.html"]
    (here.root / "talks" / "index.qmd").write_text("---\ntitle: Talks\n---\n")
    assert dict(made_pages(here, frame)).keys() == {"/people/index.html"}


def test_the_menu_leads_to_made_pages_once(here):
    """A page that nobody has written has a place in the menu, unless its owner gave it one."""
    page = '<header class="site"><nav aria-label="x"><ul><li>{}</li></ul></nav></header><ul></ul>'
    shown = with_menu(here, page.format('<a href="/talks/index.html">Mine</a>'))
    assert re.findall(r'<a href="/(\w+)/index.html">(\w+)</a>', shown) == [
        ("talks", "Mine"),
        ("people", "People"),
    ]
    assert with_menu(here, "<p>no menu</p>") == "<p>no menu</p>"


@pytest.mark.parametrize(
    ("field", "problem"),
    [
        ("papers: [nobody]", "papers: no paper has this slug or key (nobody): correct it, or remo"),
        ("link: gone.pdf", "link: it is no address, and no file of the project (gone.pdf): begin"),
        ("link: 'http://[::1'", "link: it is no address, and no file of the project (http://[::1)"),
        ("picture: gone.png", "picture: there is no such picture (gone.png): name a file from the"),
        ("files: [gone.zip]", "files: it is no address, and no file of the project (gone.zip): b"),
    ],
)
def test_what_leads_nowhere_is_named(here, field, problem):
    """A paper, a file or a picture that is not there is named with its line."""
    (here.root / "talks" / "talks.yml").write_text(f"- title: A\n  {field}\n")
    said = [str(each) for each in check.problems(here.root) if each.path == "talks/talks.yml"]
    assert len(said) == 1
    assert said[0].startswith(f"talks/talks.yml:2: {problem}")


def test_a_picture_that_cannot_be_shown_is_named_by_the_render_too(here):
    """Who renders without checking gets the same line, and no accident."""
    (here.root / "talks" / "talks.yml").write_text("- title: A\n  picture: bad.png\n")
    (here.root / "talks" / "bad.png").write_bytes(b"\x89PNG\r\n\x1a\n and no more")
    [(_, _, make)] = pictures(load_portfolio(here.root))
    with pytest.raises(ContentError) as error:
        make()
    [said] = [one for one in check.problems(here.root) if one.path == "talks/talks.yml"]
    assert error.value.problems == (said,)
    assert "talks/talks.yml:2: picture: the picture cannot be shown (bad.png)" in str(said)


@pytest.mark.parametrize(
    ("written", "english", "german"),
    [
        ("2019-09 – present", "Sep 2019 – present", "Sept. 2019 – heute"),
        ("2020-05-18/2020-05-20", "18–20 May 2020", "18. Mai 2020 – 20. Mai 2020"),
        ("2020-05/2020-08", "May – Aug 2020", "Mai 2020 – Aug. 2020"),
        ("2018 - 2020", "2018–2020", "2018–2020"),
        ("2020-05/2020", "May 2020 – 2020", "Mai 2020 – 2020"),
        ("2020/2020-05", "2020 – May 2020", "2020 – Mai 2020"),
        ("Fall 2020", "Fall 2020", "Herbst 2020"),
        ("once upon a time", "once upon a time", "once upon a time"),
        ("", "", ""),
    ],
)
def test_dates_are_said_in_the_language(written, english, german):
    """What can be read is written as the language does, all else as it stands."""
    assert span_in_words(read_span(written), words()) == english
    assert span_in_words(read_span(written), words("de")) == german


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("plain & <b>", "plain &amp; &lt;b&gt;"),
        ("H<sub>2</sub>O", "H<sub>2</sub>O"),
        ("a [b](https://c.example) d", 'a <a href="https://c.example">b</a> d'),
        ("a [b](/c/index.qmd) d", 'a <a href="/c/index.html">b</a> d'),
        ("a [b](javascript:alert) d", "a b d"),
        ("a ![b](/c.png) d", 'a <img src="/c.png" alt="b"> d'),
        ("a </li> *b*", "a &lt;/li&gt; *b*"),
        ("</b>a<b>", "&lt;/b&gt;a&lt;b&gt;"),
        ("<b><i>a</b></i>", "&lt;b&gt;&lt;i&gt;a&lt;/b&gt;&lt;/i&gt;"),
        ("*a* **b** _c_ `d` snake_case_name 2*3", None),
    ],
)
def test_a_line_of_markdown(text, html):
    """Links, emphasis and code are marked, and nothing in it runs."""
    if html is None:
        html = "<em>a</em> <strong>b</strong> <em>c</em> <code>d</code> snake_case_name 2*3"
    assert inline(text) == html


def test_a_line_of_markdown_as_text():
    """Where there is room for text alone, marks are left out."""
    assert plain("*a* & [b](https://c.example) `d`") == "a & b d"
    assert plain(r"in $O(\sqrt{n})$ and $x_1^2 < 2$") == "in O(√(n)) and x₁² < 2"


LAB = """owner:
  name: Tide Lab
  kind: group
  site: https://lab.example
  affiliation: {text: Sea Institute, href: "https://sea.example"}
"""


@pytest.fixture
def lab(project):
    """Return the portfolio of a group with two members and one who has left."""
    (project / "_quarto.yml").write_text(LAB, encoding="utf-8")
    (project / "people").mkdir()
    (project / "people" / "people.yml").write_text(
        PEOPLE.replace("name: Jane Doe,", "name: Jane Doe, spellings: [J. Doe],"), encoding="utf-8"
    )
    return load_portfolio(project)


def test_a_groups_members_are_all_marked(lab):
    """The names of all members are marked on the papers of a lab."""
    marked = [authors(lab, paper).count('class="me"') for paper in lab.papers]
    assert marked == [1, 2]


def test_a_groups_people_have_their_papers(lab):
    """Each member's papers are with the member, by any spelling of the name."""
    html = items_html(lab, "people", Choice())
    counted = re.findall(r"<summary>(\d+ papers?)</summary>", html)
    assert counted == ["2 papers", "1 paper"]


def test_programs_know_a_group_and_its_members(lab):
    """The home page is of an organisation, and authors are persons by themselves."""
    who = structured.profile(lab)["mainEntity"]
    assert who["@type"] == "ResearchOrganization"
    assert [member["name"] for member in who["member"]] == ["Jane Doe", "Rick Roe"]
    paper = next(paper for paper in lab.papers if len(paper.authors) == 2)
    roe, doe = (structured.person(lab, name) for name in paper.authors)
    assert roe["identifier"]["value"] == "0000-0002-1825-0097"
    assert roe["url"] == "https://roe.example"
    assert "@id" not in doe
