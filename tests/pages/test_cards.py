"""What readers see of papers, news and the owner."""

import re
from html import unescape

from portfolio.pages import cards


def text(html):
    """Return what a reader reads of ``html``."""
    return " ".join(unescape(re.sub("<[^>]*>", " ", html)).split())


def test_the_owner_is_marked_among_the_authors(here):
    """Authors stay in order, and the owner stands out in either spelling."""
    html = cards.listing(here, here.papers)
    assert '<p class="authors"><strong class="me">Jane Doe</strong></p>' in html
    assert '<p class="authors">Rick Roe, <strong class="me">J. Doe</strong></p>' in html


def test_text_from_files_is_text(here):
    """Markup in a record is shown, not obeyed."""
    html = cards.listing(here, here.papers)
    assert "Waves &amp; &lt;b&gt;tides&lt;/b&gt;" in html
    assert "<b>" not in html


def test_publications_are_grouped_by_year(here):
    """Each year is a heading, the newest first."""
    assert re.findall(r"<h2[^>]*>(.*?)</h2>", cards.publications(here)) == ["2021", "2020"]


def test_a_card_leads_to_page_sources_and_bibtex(here):
    """A card links the paper's page, each place it can be had, and its entry."""
    html = cards.listing(here, [here.papers["doe2020waves"]])
    links = re.findall(r'<a href="([^"]*)"[^>]*>(.*?)</a>', html)
    assert links[1:] == [
        ("/publications/doe2020waves.html", "Page"),
        ("https://doi.org/10.1000/waves", "DOI"),
        ("/publications/doe2020waves.bib", "Download"),
    ]
    assert "@article{doe2020waves," in html


def test_a_papers_page_names_the_venue_in_full(here):
    """Journal, volume, number, pages and year stand together."""
    html = cards.page_of_paper(here, here.papers["doe2020waves"])
    assert "Sea Letters, volume 3 (2), pages 5–8, 2020" in text(html)


def test_news_link_to_the_paper_that_they_name(here):
    """A slug in the link column leads to the paper's page; an item without a link has none."""
    html = cards.news(here)
    assert '<a href="/publications/doe2021foam.html">Foam is out &amp; about.</a>' in html
    assert '<time datetime="2020-01-02">2 Jan 2020</time><span>Moved.</span>' in html
    assert text(cards.news(here, 1)) == "3 Feb 2021 Foam is out & about."


def test_the_owner_has_an_h_card(here):
    """Name, role, affiliation and links are marked up for machines too."""
    html = cards.owner(here)
    assert text(html) == "Jane Doe , Professor , Sea Institute Code"
    assert all(mark in html for mark in ("h-card", "p-name u-url", "p-job-title", "p-org"))
