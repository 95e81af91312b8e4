"""What readers see of papers, news and the owner."""

import re
from html import unescape

import html5lib

from portfolio.pages import happened, home
from portfolio.pages.around import Around
from portfolio.pages.made import text_of
from portfolio.pages.paper import head_of_paper
from portfolio.pages.portfolio import load_portfolio


def text(html):
    """Return what a reader reads of ``html``."""
    return " ".join(unescape(re.sub("<[^>]*>", " ", html)).split())


def test_the_owner_is_marked_among_the_authors(here):
    """Authors stay in order, and the owner stands out in either spelling."""
    html = home.showcase(here, here.papers)
    assert '<p class="authors"><strong class="me">Jane Doe</strong></p>' in html
    assert '<p class="authors">Rick Roe, <strong class="me">J. Doe</strong></p>' in html


def test_text_from_files_is_text(here):
    """Markup in a record is shown, not obeyed."""
    html = home.showcase(here, here.papers)
    assert "Waves &amp; &lt;u&gt;tides&lt;/u&gt;" in html
    assert "<u>" not in html


def test_a_card_leads_to_the_paper_and_how_to_cite_it(here):
    """A card's title leads to the paper's page, and its links to each place that it can be had."""
    html = home.showcase(here, [here.papers["doe2020waves"]])
    assert re.findall(r'<a href="([^"]*)"[^>]*>(.*?)</a>', html) == [
        ("/publications/doe2020waves.html", "Waves &amp; &lt;u&gt;tides&lt;/u&gt;"),
        ("https://doi.org/10.1000/waves", "Publisher"),
        ("/publications/doe2020waves.html#cite", "Cite"),
    ]


def test_a_papers_page_names_the_venue_in_full(here):
    """Journal, volume, number, pages and year stand together."""
    html = head_of_paper(here, here.papers["doe2020waves"])
    assert "Sea Letters, volume 3 (2), pages 5–8, 2020" in text(html)


def test_news_link_to_the_paper_that_they_name(here):
    """A slug in the link column leads to the paper's page; an item without a link has none."""
    html = happened.news(here)
    assert '<a href="/publications/doe2021foam.html">Foam is out &amp; about.</a>' in html
    assert '<li class="h-entry" id="day-2020-01-02"><time datetime="2020-01-02"' in html
    assert '>2 Jan 2020</time> <span class="e-content">Moved.</span>' in html
    assert text(happened.news(here, 1)) == "3 Feb 2021 Foam is out & about."


def test_the_owner_has_an_h_card(here):
    """Name, role, affiliation and links are marked up for machines too."""
    html = home.owner(here)
    assert text(html) == "Jane Doe Professor , Sea Institute Code"
    assert all(mark in html for mark in ("h-card", "p-name", "u-url", "p-job-title", "p-org"))


def test_titles_show_what_latex_means(project):
    """Emphasis, indices and formulas of a title and a summary reach the card and the page."""
    write(
        project,
        r"title={\emph{Deep} CO$_2$ at $O(n^2)$}, abstract={In $\alpha$.}, author={Doe, J.}",
    )
    here = load_portfolio(project)
    for html in (home.showcase(here, here.papers), text_of(Around(here, {}), here.papers["a"])):
        assert re.search(r"<em>Deep</em> CO<sub>2</sub> at <math [^>]*>.*?<msup>", html)
        assert re.search(r"In <math [^>]*>.*?<mi>α</mi>", html)


def test_marks_stand_behind_names_and_are_explained(project):
    """A mark is raised behind its author, what it means stands below, and the list may go on."""
    write(project, "title={T}, author={Doe*, Jane and Roe*, Rick and Poe, Ann and others}")
    here = load_portfolio(project)
    html = home.showcase(here, here.papers)
    assert (
        '<p class="authors"><strong class="me">Jane Doe</strong><sup>*</sup>, '
        "Rick Roe<sup>*</sup>, Ann Poe, et al.</p>"
    ) in html
    assert '<p class="legend"><sup>*</sup> equal contribution</p>' in html


def test_co_authors_lead_to_their_pages(project):
    """A co-author whom the table of people knows is a link, in cards and in linked data."""
    write(project, "title={T}, author={Doe, Jane and R{\\'e}my, Rick}")
    (project / "publications" / "people.csv").write_text(
        "name,link\nRick Remy,https://rick.example\n"
    )
    here = load_portfolio(project)
    html = head_of_paper(here, here.papers["a"])
    assert '<a href="https://rick.example" class="p-author h-card">Rick Rémy</a>' in html
    assert '"familyName": "Rémy", "url": "https://rick.example"}' in html


def test_nothing_in_a_record_runs(project):
    """Scripts, handlers and addresses that run are text on the page or not there at all."""
    evil = "<img src=x onerror=alert(1)></script><script>alert(1)</script>"
    fields = ("title", "author", "journal", "note", "abstract", "abbr", "doi", "volume", "pages",
              "url", "code", "pdf", "annotation", "arxiv")  # fmt: skip
    write(project, ", ".join(f"{name}={{{evil} javascript:alert(1)}}" for name in fields))
    here = load_portfolio(project)
    html = home.showcase(here, here.papers) + head_of_paper(here, here.papers["a"])
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    elements = list(tree.iter())
    assert {one.get("type") for one in elements if one.tag == "script"} == {"application/ld+json"}
    assert not [name for one in elements for name in one.attrib if name.startswith("on")]
    assert not [one for one in elements if "script:" in one.get("href", "").lower()]
    assert not [one for one in elements if one.tag == "img"]


def write(project, fields):
    """Make the project's bibliography one entry, ``a``, that has ``fields`` and a year."""
    bib = f"@article{{a, {fields}, year=2020}}"
    (project / "publications" / "publications.bib").write_text(bib, encoding="utf-8")
