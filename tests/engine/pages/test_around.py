"""What stands around a paper's page: citing, versions, neighbours, and papers on the same topic."""

import re

import pytest

from portfolio.pages.around import Around
from portfolio.pages.byline import place
from portfolio.pages.paper import head_of_paper
from portfolio.pages.portfolio import load_portfolio, where_and_when
from portfolio.pages.ways import ways_to

BIB = "\n".join(
    f"@article{{k{n}, title={{Paper {n}}}, author={{Doe, Jane}}, year={2020 - n}, "
    f"keywords={{{w}}}}}"
    for n, w in enumerate(["waves, foam", "ice", "waves", "Foam; waves", "waves, foam, ice", ""])
)


@pytest.fixture
def around(project):
    """Return what stands around six papers, of which some share keywords."""
    (project / "publications" / "publications.bib").write_text(BIB)
    return Around(load_portfolio(project), {})


def paper(around, slug):
    """Return a paper by its slug."""
    return around.here.papers[slug]


@pytest.mark.parametrize(
    ("slug", "links"),
    [("k0", ["k1"]), ("k2", ["k1", "k3"]), ("k5", ["k4"])],
    ids=["first", "between", "last"],
)
def test_a_page_leads_to_the_papers_before_and_after_it(around, slug, links):
    """In the order of the list; the first has none before it, and the last none after it."""
    nav = around.foot(paper(around, slug)).partition('<nav class="neighbours"')[2]
    assert [
        link for link in ("k0", "k1", "k2", "k3", "k4", "k5") if f"/{link}.html" in nav
    ] == links


def test_papers_that_share_most_keywords_are_named(around):
    """Those with more in common come first, then those nearer in the list; any case will do."""
    assert [one.slug for one in around.related(paper(around, "k0"))] == ["k3", "k4", "k2"]
    assert around.related(paper(around, "k5")) == []


def test_a_paper_is_cited_in_every_format(around):
    """The block has a sentence and an entry in each, to copy and to download."""
    html = around.foot(paper(around, "k1"))
    assert '<section id="cite" class="cite">' in html
    for part in (
        "@article{k1,",
        "TY  - JOUR",
        "&quot;id&quot;: &quot;k1&quot;",
        "Jane Doe. <cite>",
    ):
        assert part in html
    for ending in (".bib", ".ris", ".json"):
        assert f'href="/publications/k1{ending}" download="k1{ending}"' in html
    assert html.count('class="copy"') == 4


def test_a_title_that_ends_its_sentence_gets_no_stop_more(project):
    """A question keeps its mark, and a stop stands once."""
    for title, said in (
        ("What is foam?", "foam? Sea"),
        ("Foam.", "Foam. Sea"),
        ("Foam", "Foam. Sea"),
    ):
        bib = f"@inproceedings{{a, title={{{title}}}, booktitle={{Sea 2020}}, year=2020}}"
        (project / "publications" / "publications.bib").write_text(bib)
        html = Around(load_portfolio(project), {}).foot(load_portfolio(project).papers["a"])
        sentence = html.partition('<p class="reference">')[2].partition("</p>")[0]
        assert said in re.sub("<[^>]*>", "", sentence)


def test_where_and_when_say_a_year_once(project):
    """A venue that holds its year does not get it again."""
    bib = "@inproceedings{a, title={T}, booktitle={Sea 2020}, year=2020}"
    (project / "publications" / "publications.bib").write_text(bib)
    here = load_portfolio(project)
    assert where_and_when(here.papers["a"]) == place(here, here.papers["a"]) == "Sea 2020"


def test_equal_contributions_are_told_by_name(project):
    """On the paper's page the mark is spelt out."""
    bib = "@misc{a, title={T}, author={Doe*, Jane and Roe*, Rick and Poe, Ann}, year=2020}"
    (project / "publications" / "publications.bib").write_text(bib)
    here = load_portfolio(project)
    assert "Jane Doe and Rick Roe contributed equally" in head_of_paper(here, here.papers["a"])


def test_the_buttons_of_a_paper_are_in_order(here):
    """PDF first, from arXiv where the site has none, and how to cite last."""
    ways = ways_to(here, here.papers["doe2021foam"])
    assert [(way.name, way.href) for way in ways] == [
        ("PDF", "https://arxiv.org/pdf/2101.00001"),
        ("arXiv", "https://arxiv.org/abs/2101.00001"),
    ]
