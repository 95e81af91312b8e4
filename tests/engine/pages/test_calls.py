"""Cells that only ask for parts of the site are answered without a shell, and as one would."""

import pytest

from portfolio.pages.calls import outputs_of
from portfolio.renderers.runner import Runner

IMPORT = "from portfolio import pages"
PORTFOLIO = "project:\n  type: portfolio\n"
PAGES = {
    "a part": [f"{IMPORT}\n\npages.owner()"],
    "parts of several cells": [IMPORT, "pages.publications()", "pages.news()"],
    "what is asked for": [f"{IMPORT}\npages.latest_news(1, heading='News & more')"],
    "the last of a cell": [f"{IMPORT}\npages.owner()\npages.paper('doe2021foam')"],
    "a cell that shows nothing": [f"{IMPORT}\npages.news()", IMPORT, "", "# a remark"],
}
OF_A_SHELL = {
    "no import": ["pages.owner()"],
    "a name of one's own": [f"{IMPORT}\nx = pages.owner()\nx"],
    "an argument that is none": [f"{IMPORT}\npages.paper(str('doe2021foam'))"],
    "arguments in a mapping": [f"{IMPORT}\npages.latest_news(**{{'count': 1}})"],
    "something else": [f"{IMPORT}\npages.owner()", "print(1)"],
    "another name": ["from portfolio import pages as p\np.owner()"],
    "another module": ["from portfolio.pages import owner\nowner()"],
    "a magic": [IMPORT, "%precision 3"],
    "no Python": [f"{IMPORT}\npages.owner("],
    "quiet": [f"{IMPORT}\npages.owner();"],
    "a table": [f"{IMPORT}\npages.table()"],
    "files beside the page": [f"{IMPORT}\npages.publications('other.bib')"],
    "no part": [f"{IMPORT}\npages.nothing()"],
    "a fault": [f"{IMPORT}\npages.paper('nobody')"],
}


@pytest.fixture
def portfolio(project):
    """Return the folder of a project that is a portfolio."""
    settings = project / "_quarto.yml"
    settings.write_text(PORTFOLIO + settings.read_text())
    return project


@pytest.fixture(scope="module")
def shell(tmp_path_factory):
    """Return a runner that runs every cell in a shell."""
    with Runner(tmp_path_factory.mktemp("root")) as runner:
        runner.prepare([f"{IMPORT}\n"], [])
        yield runner


def shown(outputs):
    """Return what a page shows of its cells' outputs."""
    return [[output["data"]["text/html"] for output in cell] for cell in outputs]


@pytest.mark.parametrize("cells", PAGES.values(), ids=PAGES)
def test_a_part_is_what_a_shell_shows(cells, portfolio, shell):
    """Whichever way the cells run, the page gets the same HTML."""
    given = outputs_of(cells, portfolio / "publications")
    assert given is not None
    assert shown(given) == shown(shell.run(cells, portfolio / "publications", seconds=60)[0])


@pytest.mark.parametrize("cells", OF_A_SHELL.values(), ids=OF_A_SHELL)
def test_whatever_else_cells_do_takes_a_shell(cells, portfolio):
    """Nothing is guessed: a page of which one cell does more is run as a whole."""
    assert outputs_of(cells, portfolio) is None


def test_papers_beside_a_page_take_a_shell(project):
    """In a website that is no portfolio, parts put files beside their page."""
    assert outputs_of(PAGES["a part"], project) is None


def test_a_part_is_never_out_of_date(portfolio):
    """What was saved since is there, in a process that has read the project before."""
    cells = PAGES["a part"]
    before = outputs_of(cells, portfolio)
    settings = portfolio / "_quarto.yml"
    settings.write_text(settings.read_text().replace("Professor", "Lecturer!"))
    assert "Lecturer!" not in str(before)
    assert "Lecturer!" in str(outputs_of(cells, portfolio))
