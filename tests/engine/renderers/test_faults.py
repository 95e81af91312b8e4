"""What a render would refuse is found in the sources, before anything is run."""

import pytest

from portfolio.__main__ import main
from portfolio.renderers import RenderError
from portfolio.renderers.faults import demand_text, problems

SETTINGS = "project:\n  type: default\n  render: ['*.qmd']\nformat: {html: {template: page.html}}\n"


@pytest.fixture
def root(tmp_path):
    """Return a project with a file beside it, and hidden ones in it."""
    root = tmp_path / "site"
    (root / ".git").mkdir(parents=True)
    (root / "files").mkdir()
    (root / "_quarto.yml").write_text(SETTINGS)
    (root / "page.html").write_text("$body$")
    (tmp_path / "secret.txt").write_text("secret")
    (root / ".git" / "config").write_text("secret")
    (root / ".env").write_text("secret")
    (root / "files" / "own.txt").write_text("own")
    (root / "files" / "out.txt").symlink_to(tmp_path / "secret.txt")
    return root


def of_the_page(root):
    """Return what is wrong with the page."""
    return [line for line in problems(root) if line.startswith("index.qmd")]


TORN = "Cut.\n\n```{python}\n1\n```\n\nThen\n\n"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("::: {.a}\n\nIt goes on.", "12: pandoc: Div unclosed, closing implicitly: mend the page"),
        (r"On $\frac{1$.", r"12: pandoc: the formula cannot be read (\frac{1): mend its LaTeX"),
        (
            "[^1]: Alone.",
            "12: pandoc: Note with key '1' defined but not used: mend the page",
        ),
        (
            "```{python}\nx = 1\ndef (\n```",
            "13: cell: SyntaxError: invalid syntax (line 2 of its code): mend the cell",
        ),
    ],
)
def test_what_pandoc_and_python_refuse_is_named_at_its_line(root, text, line):
    """Whatever stands before it on the page, cells too."""
    (root / "index.qmd").write_text(f"---\ntitle: A\n---\n{TORN}{text}\n")
    assert of_the_page(root) == [f"index.qmd:{line}"]


@pytest.mark.parametrize(
    "code", ["%matplotlib inline", "!ls", "print?", "x = !ls", "await f()", "x = %who_ls"]
)
def test_what_only_ipython_reads_is_no_fault(root, code):
    """Cells are run by IPython, which knows more than Python."""
    (root / "index.qmd").write_text(f"---\ntitle: A\n---\n\n```{{python}}\n{code}\n```\n")
    assert of_the_page(root) == []


def links(root, text):
    """Return what is wrong with the links of a page's text."""
    (root / "index.qmd").write_text(f"---\ntitle: A\n---\n\n{text}\n")
    return [line.partition(": ")[2] for line in problems(root) if ": link: " in line]


@pytest.mark.parametrize(
    "text",
    [
        "[x](/.git/config)",
        "[x](.env)",
        "![x](.env)",
        "[x](<.env>)",
        "[x](%2eenv)",
        "[x](.env?a#b)",
        "[x](files/../.env)",
        "[x]\n\n[x]: .env",
        "<a href='.env'>x</a>",
        '<img alt="" src=".env">',
        "[x](files/out.txt)",
        "[x](../secret.txt)",
    ],
)
def test_a_link_to_what_is_not_published_is_named(root, text):
    """However it is written: hidden, behind a link that leads out, or outside the project."""
    (line,) = links(root, text)
    assert line.startswith("link: ")


@pytest.mark.parametrize(
    "text",
    [
        "[x](files/own.txt)",
        "[x](files/none.txt)",
        "[x](../none.txt)",
        "[x](https://a.example/.env)",
        "[x](//a.example/.env)",
        "[x](mailto:a@b.example)",
        "[x](#.env)",
        "`[x](.env)` and\n\n```\n[x](.env)\n```",
        "[x](files/)",
    ],
)
def test_other_links_are_nobodys_business(root, text):
    """Files of the project, other hosts, and what is not there."""
    assert links(root, text) == []


def test_text_that_quarto_would_lose_letters_of_is_refused(root, monkeypatch, capsys):
    """Before Quarto begins, with the place of the first such letter."""
    (root / "index.qmd").write_bytes("---\ntitle: A\n---\n\ncafé\n".encode("latin-1"))
    with pytest.raises(
        RenderError, match=r"^index.qmd:5: text: it is not UTF-8: save it as UTF-8$"
    ):
        demand_text(root)
    monkeypatch.chdir(root)
    assert main(["prepare"]) == 1
    assert capsys.readouterr().err == "index.qmd:5: text: it is not UTF-8: save it as UTF-8\n"


def test_text_in_utf_8_is_not_refused(root):
    """With a mark, too."""
    (root / "index.qmd").write_text("\ufeff---\ntitle: A\n---\n\ncafé\n", encoding="utf-8")
    demand_text(root)
