"""A figure's notebook and a paper's page start from files that run and render as they are."""

import shutil

import nbformat
import pytest
import yaml

from portfolio.figures.runs import executed
from portfolio.figures.staleness import stale
from portfolio.files import write
from portfolio.moving.bodies import literal
from portfolio.pages.check import problems
from portfolio.records.problems import ContentError
from portfolio.refusal import Refusal
from portfolio.renderers import build
from portfolio.starting import skeletons

TITLE = 'Waves: "foam" & $n$_k_ at #1, {50%} of [it] @sea'
BIB = r"""@article{Byron2020:waves, title = {Waves}, author = {Byron, Ada},
  journal = {Sea}, year = 2020}
@misc{foam, title = {Waves: "foam" \& \$n\$\_k\_ at \#1, \{50\%\} of [it] @sea},
  author = {Byron, Ada}, year = 2021}
"""


@pytest.fixture
def home(site):
    """Return the folder of a site with two papers; one has an odd key, one an odd title."""
    site.write("publications/publications.bib", BIB)
    return site.root


def test_the_notebook_is_valid_and_the_same_each_time(home):
    """Cell identifiers are of format 4.5 and come from no clock."""
    path = home / skeletons.figure(home, "foam")
    first = path.read_bytes()
    notebook = nbformat.read(path, as_version=nbformat.NO_CONVERT)
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    path.unlink()
    skeletons.figure(home, "foam")
    assert path.read_bytes() == first


@pytest.mark.parametrize("named", ["byron2020-waves", "Byron2020:waves"])
def test_a_paper_by_its_slug_or_its_key(home, named):
    """Either names the paper; the file has the slug."""
    slug = skeletons._paper(home, "Byron2020:waves").slug  # noqa: SLF001  the one that it has
    named = slug if named == "byron2020-waves" else named
    assert skeletons.page(home, named) == f"publications/{slug}.qmd"


def test_no_such_paper(home):
    """One line names the nearest."""
    with pytest.raises(ContentError) as refused:
        skeletons.figure(home, "fom")
    assert str(refused.value) == (
        "publications:1: fom: no paper has this slug or this key: the nearest is foam"
    )
    with pytest.raises(ContentError, match="`portfolio export` lists all papers"):
        skeletons.page(home, "zzzzzz")


@pytest.mark.parametrize("write", [skeletons.figure, skeletons.page])
def test_nothing_is_overwritten(home, write):
    """What is there is the owner's."""
    path = home / write(home, "foam")
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(Refusal, match="it is there already"):
        write(home, "foam")
    assert path.read_text(encoding="utf-8") == "mine"


def test_the_pages_title_is_the_papers(home):
    """Whatever a title holds, the page's front matter says it, and `check` agrees."""
    text = (home / skeletons.page(home, "foam")).read_text(encoding="utf-8")
    said = yaml.safe_load(text.split("---\n")[1])["title"]
    assert literal(TITLE) == said
    assert not [found for found in problems(home) if found.key == "title"]


def test_a_page_embeds_the_figure_that_is_there(home):
    """The label is the notebook's own; without a notebook nothing is embedded."""
    page = home / skeletons.page(home, "foam")
    assert "embed" not in page.read_text(encoding="utf-8")
    page.unlink()
    notebook = home / skeletons.figure(home, "foam")
    text = notebook.read_text(encoding="utf-8").replace("fig-foam", "fig-bubbles")
    notebook.write_text(text, encoding="utf-8")
    text = (home / skeletons.page(home, "foam")).read_text(encoding="utf-8")
    assert "{{< embed ../notebooks/foam.ipynb#fig-bubbles >}}" in text
    assert "](../notebooks/foam.ipynb)" in text


def test_what_is_to_be_written_is_named(home):
    """The figure's caption, its alternative text and both texts are placeholders."""
    skeletons.figure(home, "foam")
    skeletons.page(home, "foam")
    named = [found.path for found in problems(home) if found.key == "starter"]
    assert named == ["notebooks/foam.ipynb"] * 3 + ["publications/foam.qmd"]


@pytest.mark.long
def test_it_runs_and_renders(home):
    """`portfolio figures` runs the notebook, and the site shows figure, page and title."""
    skeletons.figure(home, "foam")
    skeletons.page(home, "foam")
    notebook = home / "notebooks" / "foam.ipynb"
    write(notebook, executed(notebook.read_text(encoding="utf-8"), notebook, home))
    assert list(stale(home)) == []
    build.build(home, choice="embedded", tell=lambda _: None)
    page = (home / "_site" / "publications" / "foam.html").read_text(encoding="utf-8")
    assert "foam_files/" in page
    assert "$n$_k_ at #1, {50%} of [it] @sea</h1>" in page
    assert (home / "_site" / "publications" / "thumbnails" / "foam.webp").is_file()
    rendered = (home / "_site" / "notebooks" / "foam.html").read_text(encoding="utf-8")
    assert 'href="../publications/foam.html"' in rendered


def test_the_first_figure_of_a_site_has_its_folder_while_it_runs(home):
    """A run that fails leaves neither the notebook nor the folder."""
    shutil.rmtree(home / "notebooks")

    def failing(_, path):
        assert path.parent.is_dir()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        skeletons.figure(home, "foam", run=failing)
    assert not (home / "notebooks").exists()
