"""`check` names links that lead nowhere, before anything is rendered."""

import oddities
import pytest

from portfolio.verbs.problems import problems_of


@pytest.fixture
def named(tmp_path):
    """Return a function that says what is wrong with the links of a page."""

    def links(text, more=None):
        page = f"---\ntitle: More\n---\n\nWords.\n\n{text}\n"
        oddities.lay({"more.qmd": page} | (more or {}), tmp_path)
        return [str(problem) for problem in problems_of(tmp_path) if problem.key == "link"]

    return links


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("[a](files/nothere.pdf)", "there is nothing where it leads (files/nothere.pdf)"),
        ("![a](images/no.png)", "there is nothing where it leads (images/no.png)"),
        ("[a](talks.qmd)", "the page that it leads to is not there (talks.qmd)"),
        ("[a](_drafts.qmd#b)", "the page that it leads to is no page of the site (_drafts.qmd)"),
        ("[a](publications/x.html)", "there is nothing where it leads (publications/x.html)"),
        ('<a href="/x/">a</a>', "there is nothing where it leads (x)"),
    ],
)
def test_a_link_that_leads_nowhere_is_named(named, link, said):
    """Files, pages and pictures that are not there, and sources that become no page, are named."""
    hidden = {"_drafts.qmd": "---\ntitle: Drafts\n---\n"}
    assert named(link, hidden) == [
        f"more.qmd:7: link: {said}: correct the link, or add what it names"
    ]


def test_links_to_all_that_a_site_makes_are_none_of_these(named):
    """Pages, their sources, papers, feeds, files, places on a page and other sites are there."""
    more = {
        "talks/talks.yml": "- title: On waves\n  date: 2020\n",
        "publications/files/x.pdf": "%PDF",
        "sub/index.qmd": "---\ntitle: Sub\n---\n",
    }
    links = (
        *("more.html", "more.qmd", "#a", "?a", "https://x.example/y.pdf", "mailto:a@x.example"),
        *("publications/", "publications/index.html", "publications/publications.bib", "/", "."),
        *("publications/files/x.pdf", "news/index.html", "news/feed.xml", "talks/index.html"),
        *("/sub/", "sub/index.html", "sitemap.xml", "publications/in/2020s.html", "../more.qmd"),
    )
    text = " ".join(f"[a]({href})" for href in links[:-1])
    assert named(f"{text} `[a](x.pdf)`\n\n```\n[a](x.pdf)\n```", more) == []
