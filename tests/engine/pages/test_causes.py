"""What the files of a paper are made from is told before they are made, and leaves nothing out."""

import pytest

from portfolio.pages.causes import Causes
from portfolio.pages.portfolio import load_portfolio

BIB = "publications/publications.bib"


def causes(project):
    """Return what the files of each paper are made from, by slug."""
    here = load_portfolio(project)
    known = Causes(here)
    return {paper.slug: known.of(paper) for paper in here.papers}


def replaced(name, old, new):
    """Return a change of a file's text."""

    def change(project):
        text = (project / name).read_text()
        assert old in text
        (project / name).write_text(text.replace(old, new, 1))

    return change


def added(name, text):
    """Return a change that adds a file."""

    def change(project):
        (project / name).parent.mkdir(exist_ok=True)
        (project / name).write_text(text)

    return change


ALL = {"doe2020waves", "doe2021foam"}


@pytest.mark.parametrize(
    ("change", "concerned"),
    [
        (replaced(BIB, "{Foam}", "{Froth}"), {"doe2021foam"}),
        (replaced(BIB, "@article", "\n\n@comment{x}\n\n@article"), set()),
        (added("publications/papers.csv", "key,note\ndoe2021foam,Best paper\n"), ALL),
        (added("notebooks/doe2020waves.ipynb", "{}"), ALL),
        (added("index.qmd", "Text.\n"), ALL),
        (replaced("_quarto.yml", "Jane Doe", "Joan Doe"), ALL),
        (replaced("news/news.csv", "Moved.", "Back."), ALL),
        (added("talks/talks.csv", "date,title\n2020-01-01,On foam\n"), ALL),
    ],
    ids=["title", "place", "table", "notebook", "page", "owner", "news", "talk"],
)
def test_a_change_concerns_the_papers_that_may_show_it(project, change, concerned):
    """What all may show concerns all, a record its own paper, and where it stands nobody."""
    before = causes(project)
    change(project)
    after = causes(project)
    assert {slug for slug in before if before[slug] != after[slug]} == concerned


def test_a_volume_concerns_the_papers_that_are_in_it(project):
    """A paper's .bib file holds the entries that it takes fields from, so it changes with them."""
    with (project / BIB).open("a", encoding="utf-8") as bib:
        bib.write("@proceedings{sea, title = {Sea}, year = 2021, note = {One}}\n")
    replaced(BIB, "title = {Foam},", "title = {Foam}, crossref = {sea},")(project)
    before = causes(project)
    replaced(BIB, "{One}", "{Two}")(project)
    after = causes(project)
    changed = {slug for slug in before if before[slug] != after[slug]}
    assert "doe2021foam" in changed
    assert "doe2020waves" not in changed


def test_the_text_of_a_page_concerns_no_paper(project):
    """A sentence more, in a page that was there already, has no paper's page made again."""
    (project / "index.qmd").write_text("Text.\n")
    before = causes(project)
    (project / "index.qmd").write_text("Other text.\n")
    assert causes(project) == before


def test_a_notebook_that_is_saved_concerns_its_own_paper(project):
    """The other papers' pages show nothing of it."""
    for slug in ALL:
        (project / "notebooks" / f"{slug}.ipynb").write_text('{"cells": []}')
    before = causes(project)
    (project / "notebooks" / "doe2020waves.ipynb").write_text('{"cells": [], "nbformat": 4}')
    after = causes(project)
    assert {slug for slug in ALL if before[slug] != after[slug]} == {"doe2020waves"}


def test_what_is_made_of_a_paper_alone_sees_no_other(here):
    """It is given a portfolio that holds one paper, and what else all papers have in common."""
    waves = here.papers["doe2020waves"]
    alone = here.alone(waves)
    assert list(alone.papers) == [waves]
    assert (alone.site, alone.news, alone.say) == (here.site, here.news, here.say)
    assert alone.count("Foam") == 0
