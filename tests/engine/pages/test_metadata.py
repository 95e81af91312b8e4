"""What machines read of a paper."""

import json
import re

from portfolio.pages import metadata
from portfolio.pages.portfolio import load_portfolio


def tags(html):
    """Return the named meta tags, in order."""
    return re.findall(r'<meta name="([^"]*)" content="([^"]*)">', html)


def linked_data(html):
    """Return the page's JSON-LD."""
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html)[1])


def test_scholars_find_one_tag_for_each_author_and_one_venue(here):
    """Highwire tags: authors in order, the date as a year, a journal for an article."""
    found = tags(metadata.of_paper(here, here.papers["doe2020waves"]))
    assert [tag for tag in found if tag[0].startswith("citation_")] == [
        ("citation_title", "Waves &amp; &lt;u&gt;tides&lt;/u&gt;"),
        ("citation_author", "Roe, Rick"),
        ("citation_author", "Doe, J."),
        ("citation_publication_date", "2020"),
        ("citation_journal_title", "Sea Letters"),
        ("citation_volume", "3"),
        ("citation_issue", "2"),
        ("citation_firstpage", "5"),
        ("citation_lastpage", "8"),
        ("citation_doi", "10.1000/waves"),
        (
            "citation_abstract_html_url",
            "https://doe.example/home/publications/doe2020waves.html",
        ),
    ]


def test_a_conference_paper_names_its_conference(here):
    """The venue's tag decides what reference managers take the paper for."""
    found = dict(tags(metadata.of_paper(here, here.papers["doe2021foam"])))
    assert found["citation_conference_title"] == "SeaConf"
    assert "citation_journal_title" not in found


def test_linked_data_names_every_author(here):
    """The article lists all authors, knows the owner's home, and its other addresses."""
    article = linked_data(metadata.of_paper(here, here.papers["doe2020waves"]))
    assert article["@type"] == "ScholarlyArticle"
    assert article["author"] == [
        {"@type": "Person", "name": "Rick Roe", "givenName": "Rick", "familyName": "Roe"},
        {
            "@type": "Person",
            "@id": "https://doe.example/home/#owner",
            "name": "J. Doe",
            "givenName": "J.",
            "familyName": "Doe",
            "url": "https://doe.example/home/",
        },
    ]
    assert article["sameAs"] == ["https://doi.org/10.1000/waves"]


def test_linked_data_cannot_end_its_script(here):
    """No text in a record closes the script element early."""
    html = metadata.of_paper(here, here.papers["doe2020waves"])
    assert linked_data(html)["headline"] == "Waves & <u>tides</u>"
    assert "<u>" not in html


def test_the_home_page_is_the_owners_profile(here):
    """The home page says who the person is and where else to find them."""
    person = linked_data(metadata.of_owner(here))["mainEntity"]
    assert person == {
        "@type": "Person",
        "@id": "https://doe.example/home/#owner",
        "name": "Jane Doe",
        "url": "https://doe.example/home/",
        "jobTitle": "Professor",
        "description": "Waves and <tides>.",
        "affiliation": {
            "@type": "Organization",
            "name": "Sea Institute",
            "url": "https://sea.example",
        },
        "sameAs": ["https://code.example"],
    }


def test_a_known_day_is_told(project):
    """Indexers get the day with slashes and linked data with hyphens; text has no markup."""
    (project / "publications" / "publications.bib").write_text(
        r"@article{a, title={\emph{On} $x^2$}, author={Doe, Jane}, date={2020-03-04}}"
    )
    here = load_portfolio(project)
    html = metadata.of_paper(here, here.papers["a"])
    assert dict(tags(html))["citation_publication_date"] == "2020/03/04"
    assert dict(tags(html))["citation_title"] == "On x²"
    assert linked_data(html)["datePublished"] == "2020-03-04"


def test_scholars_find_the_pdf_on_this_site_only(project):
    """A PDF among the site's own files is named with its public address, one elsewhere is not."""
    bib = project / "publications" / "publications.bib"
    for pdf, found in (
        ("publications/files/a b.pdf", "https://doe.example/home/publications/files/a%20b.pdf"),
        ("https://elsewhere.example/a.pdf", None),
        ("publications/files/../../a.pdf", None),
    ):
        bib.write_text(f"@misc{{a, title={{T}}, author={{Doe, Jane}}, year=2020, pdf={{{pdf}}}}}")
        here = load_portfolio(project)
        assert (
            dict(tags(metadata.of_paper(here, here.papers["a"]))).get("citation_pdf_url") == found
        )
