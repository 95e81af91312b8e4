"""Papers on a page of a website that is no portfolio: all that the page names is beside it."""

import re

import pytest

from portfolio import pages
from portfolio.pages.check import problems
from portfolio.records.problems import ContentError

BIB = """@article{waves, title={Waves}, author={Roe, Rick and Doe, Jane}, year=2020,
  doi={10.1000/waves}, selected={true}}
@misc{foam, title={Foam}, author={Doe, Jane}, year=2019}
"""


@pytest.fixture
def website(tmp_path, monkeypatch):
    """Return the folder of a website, on whose page ``cv/papers.qmd`` a cell is running."""
    root = tmp_path / "a website"
    for folder in ("publications", "cv"):
        (root / folder).mkdir(parents=True)
    (root / "_quarto.yml").write_text("project: {type: website}\n")
    (root / "publications" / "publications.bib").write_text(BIB)
    monkeypatch.chdir(root / "cv")
    monkeypatch.setenv("QUARTO_DOCUMENT_PATH", str(root / "cv"))
    monkeypatch.setenv("QUARTO_DOCUMENT_FILE", "papers.qmd")
    return root


def test_what_the_page_names_lies_beside_it(website):
    """Downloads, style sheet and script are among the page's figures."""
    named = re.findall(r'(?:src|href)="(papers_files/figure-html/[^"]*)"', pages.publications())
    assert {name.rpartition(".")[2] for name in named} >= {
        "bib",
        "ris",
        "json",
        "css",
        "js",
    }
    assert [name for name in named if not (website / "cv" / name).is_file()] == []
    assert len(set(named)) == 2 + 3 * 3


def test_pages_of_one_folder_share_nothing(website, monkeypatch):
    """Without Quarto each page has a folder of its own too, which git leaves alone."""
    monkeypatch.delenv("QUARTO_DOCUMENT_FILE")
    for name, bib in (("a.qmd", "waves"), ("b.qmd", "foam")):
        (website / "cv" / f"{bib}.bib").write_text(BIB)
        monkeypatch.setenv("PORTFOLIO_PAGE", name)
        folder = f"{name.removesuffix('.qmd')}_files"
        assert f'href="{folder}/figure-html/papers/' in pages.publications(f"{bib}.bib")
        assert (website / "cv" / folder / ".gitignore").read_text() == "*\n"
    assert {path.name for path in (website / "cv").glob("*_files")} == {"a_files", "b_files"}


def test_titles_lead_to_the_paper_or_to_a_page_of_the_owners(website):
    """A title leads to the paper, to the source of its page where there is one, or nowhere."""
    assert (
        '<a href="https://doi.org/10.1000/waves" class="p-name u-url">Waves</a>'
        in pages.publications()
    )
    assert "<h3>Foam</h3>" in pages.publications()
    (website / "publications" / "foam.qmd").touch()
    assert '<a href="/publications/foam.qmd" class="p-name u-url">Foam</a>' in pages.publications()


def test_a_name_stands_out_only_where_an_owner_is_named(website):
    """The settings of a website need no owner, and its name is marked once they have one."""
    assert 'class="me"' not in pages.publications()
    (website / "_quarto.yml").write_text("project: {type: website}\nowner: {name: Jane Doe}\n")
    assert '<strong class="me">Jane Doe</strong>' in pages.publications()


def test_a_running_kernel_sees_edits(website):
    """Quarto's preview keeps kernels, in which a changed entry has to show."""
    assert "Froth" not in pages.publications()
    bib = website / "publications" / "publications.bib"
    bib.write_text(BIB.replace("{Foam}", "{Froth}"))
    assert "Froth" in pages.publications()


@pytest.mark.parametrize("named", ["refs.bib", "/cv/refs.bib"])
def test_files_can_be_named(website, named):
    """From the page's folder or from the project's, instead of the usual place."""
    (website / "cv" / "refs.bib").write_text("@misc{ship, title={Ships}, author={A}, year=2018}")
    html = pages.publications(named)
    assert "Ships" in html
    assert "Waves" not in html


def test_a_file_that_is_not_there_is_named(website):
    """One line says which, rather than an empty page."""
    with pytest.raises(ContentError, match=r"^papers.qmd:1: lost.bib: there is no such file: "):
        pages.publications("lost.bib")
    (website / "publications" / "publications.bib").unlink()
    with pytest.raises(ContentError, match=r"there is no bibliography"):
        pages.publications()


def test_the_other_parts_work_too(website):
    """Selected papers, one paper, the table and the news need no owner either."""
    (website / "news").mkdir()
    (website / "news" / "news.csv").write_text("date,text,link\n2021-02-03,Out!,waves\n")
    assert re.findall(r"<h3>.*?>(\w+)</a>", pages.selected()) == ["Waves"]
    assert "Rick Roe" in pages.paper("waves")
    assert "<template" not in pages.paper("waves")
    assert list(pages.table()["key"]) == ["waves", "foam"]
    assert '<a href="https://doi.org/10.1000/waves">Out!</a>' in pages.news()


def test_quarto_is_given_markdown_and_jupyter_html(monkeypatch):
    """For Quarto a cell with HTML is a widget, and has the page ask another host for scripts."""
    monkeypatch.setenv("QUARTO_DOCUMENT_FILE", "papers.qmd")
    html = pages.Html("<p>```</p>")
    assert html._repr_mimebundle_() == {"text/markdown": "````{=html}\n<p>```</p>\n````"}
    monkeypatch.delenv("QUARTO_DOCUMENT_FILE")
    assert html._repr_mimebundle_() == {"text/html": "<p>```</p>"}


def test_its_papers_can_be_checked(website):
    """The verb that names problems asks a website for no owner."""
    (website / "publications" / "publications.bib").write_text("@misc{a, title={A}, author={B}}")
    assert [problem.what for problem in problems(website)] == ["there is no year"]
