"""The home page: the owner's card, and the papers to see first."""

import io
import re

import pytest
from PIL import Image

from portfolio.pages import home
from portfolio.pages.check import problems
from portfolio.pages.portfolio import load_portfolio
from portfolio.pages.portrait import SIZE, made, squared
from portfolio.records.problems import ContentError


@pytest.fixture
def settings(project):
    """Return the function that adds a line to the owner's block and loads the project."""

    def settings(line):
        path = project / "_quarto.yml"
        path.write_text(path.read_text().replace("  role:", f"  {line}\n  role:"))
        return load_portfolio(project)

    return settings


def test_mail_comes_first_among_the_links(settings):
    """It is a link like the others, and no profile."""
    html = home.owner(settings("email: jane@doe.example"))
    links = re.findall(r'<a href="([^"]*)" class="(u-\w+)"( rel="me")?', html)
    assert links == [
        ("mailto:jane@doe.example", "u-email", ""),
        ("https://code.example", "u-url", ' rel="me"'),
    ]


def test_a_portrait_is_a_square_of_few_bytes(settings, project):
    """Whatever its shape, it is cut to what is shown, twice as dense."""
    Image.new("RGB", (900, 1600), "#888").save(project / "me.jpg")
    here = settings("portrait: me.jpg")
    assert 'alt="Portrait of Jane Doe" class="portrait u-photo"' in home.owner(here)
    picture = Image.open(io.BytesIO(squared((project / "me.jpg").read_bytes())))
    assert picture.size == (2 * SIZE, 2 * SIZE)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("portrait: gone.jpg", "there is no such picture (gone.jpg)"),
        ("portrait: _quarto.yml", "the picture cannot be shown (_quarto.yml)"),
        ("email: jane at doe", "it is no address of e-mail (jane at doe)"),
    ],
)
def test_what_cannot_be_shown_of_the_owner_is_said(settings, line, said):
    """A file that is gone or no picture, and an address that is none."""
    here = settings(line)
    assert any(said in problem.what for problem in problems(here.root))


def test_a_portrait_that_is_no_picture_stops_the_site_with_a_line(settings):
    """The line names the setting and says what to do, as `check` does."""
    settings("portrait: _quarto.yml")
    with pytest.raises(ContentError, match=r"^_quarto.yml:1: owner.portrait: the .*: save it as"):
        made("_quarto.yml", b"no picture")


def test_selected_papers_can_end_with_the_way_to_all(here):
    """The link says how many there are."""
    assert home.all_publications(here) == (
        '<p class="more"><a href="/publications/index.html">All 2 publications</a></p>'
    )
