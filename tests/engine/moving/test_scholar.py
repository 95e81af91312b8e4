"""Citations of Jekyll's scholar and of Distill become Pandoc's, and what they cite comes along."""

import pytest

from portfolio.moving.move_in import move_in
from portfolio.moving.scholar import as_pandoc, keys_of

KEYS = {"a", "b", "Roe:2001aa", "2023N...7..771C"}


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("{% cite a %}", "[@a]"),
        ("{%- cite a b -%}", "[@a; @b]"),
        ("{% cite Roe:2001aa %}", "[@Roe:2001aa]"),
        ("{% cite 2023N...7..771C %}", "[@{2023N...7..771C}]"),
        ("{% cite a --locator 12 %}", "[@a, p. 12]"),
        ("{% cite a b -l 12 --locator=3-4 %}", "[@a, p. 12; @b, p. 3-4]"),
        ("{% cite a -l 2 --label chapter %}", "[@a, chap. 2]"),
        ("{% cite a --suppress_author %}", "[-@a]"),
        ("{% cite a --file other %}", "[@a]"),
        ("{% citet a %}", "@a"),
        ("{% citet a -l 12 %}", "@a [p. 12]"),
        ("{% citep a %}", "[@a]"),
        ("{% reference a %}", "@a"),
        ("{% cite nobody %}", "(nobody)"),
        ("{% cite a nobody %}", "[@a] (nobody)"),
        ('<d-cite key="a,b"></d-cite>', "[@a; @b]"),
        ('See<d-cite key="a">.', "See[@a]."),
        ("It is<d-footnote>So they\n say</d-footnote>.", "It is^[So they say]."),
        ("{% quote a %}\nOne.\nTwo.\n{% endquote %}", "\n\n> One.\n> Two.\n>\n> [@a]\n\n"),
        ("{% bibliography --cited %}", "\n\n::: {#refs}\n:::\n\n"),
        ("{% bibliography -f papers -q @*[year={{y}}]* %}", ""),
        ("`{% cite` and {% if a %}", "`{% cite` and {% if a %}"),
    ],
)
def test_a_citation_is_pandocs(written, said):
    """Keys, places in a work and lists of references are kept; unknown keys stay as words."""
    assert as_pandoc(written, KEYS) == said


def test_keys_are_those_that_tags_cite():
    """What a list of references is made of are no keys, nor are options."""
    text = "{% cite a b -l 1 %} {% bibliography --file c %} <d-cite key='d, e'>"
    text += "{% quote f -%}x{% endquote %}"
    assert list(keys_of(text)) == ["a", "b", "d", "e", "f"]


BIB = "@article{%s, title={%s}, author={Byron, Ada}, journal={Sea}, year=2020}\n"
OWN = {"_bibliography/papers.bib": BIB % ("waves", "Waves")}
OTHERS = {"_bibliography/blog.bib": BIB % ("roe", "Sails"), "_config.yml": "title: x\n"}


@pytest.mark.parametrize(
    ("name", "moved"),
    [("_posts/2021-02-03-why.md", "posts/why.qmd"), ("_pages/why.md", "why.qmd")],
    ids=["post", "page"],
)
def test_pages_that_cite_papers_of_the_site_have_its_bibliography(home, tmp_path, name, moved):
    """The keys stay citations, and references stand where their tag stood."""
    text = "---\ntitle: Why\n---\nAs {% cite waves %} and {% cite lost %}.\n\n## References\n\n"
    for path, said in {**OWN, name: text + "{% bibliography --cited %}\n\nThe end.\n"}.items():
        (tmp_path / "old" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "old" / path).write_text(said)
    report = str(move_in(home, tmp_path / "old"))
    page = (home / moved).read_text()
    assert "bibliography:\n- /publications/publications.bib\n" in page
    assert page.endswith(
        "As [@waves] and (lost).\n\n## References\n\n::: {#refs}\n:::\n\nThe end.\n"
    )
    assert f"{name}:1: lost: no bibliography that the page cites from has this key" in report


@pytest.mark.parametrize("named", ["", "bibliography: blog.bib\n"])
def test_what_else_a_page_cites_from_comes_along(home, tmp_path, named):
    """A bibliography that holds no papers of the site lies beside the page."""
    page = f"---\ntitle: Why\n{named}---\nAs <d-cite key='roe'></d-cite> says.\n"
    for path, said in {**OWN, **OTHERS, "_posts/2021-02-03-why.md": page}.items():
        (tmp_path / "old" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "old" / path).write_text(said)
    move_in(home, tmp_path / "old")
    text = (home / "posts/why.qmd").read_text()
    assert "bibliography:\n- /posts/files/blog.bib\n" in text
    assert text.endswith("As [@roe] says.\n")
    assert (home / "posts/files/blog.bib").read_text() == BIB % ("roe", "Sails")


def test_a_page_that_lists_a_file_lists_it_here(home, tmp_path):
    """All entries of a file stand in a list; those that are papers here lead to their pages."""
    page = "---\ntitle: Project\n---\nOur work:\n\n{% bibliography --file mine %}\n"
    mine = BIB % ("waves", "Waves") + BIB % ("roe", "Sails}, doi={10.1000/x")
    for path, said in {**OWN, "_bibliography/mine.bib": mine, "_pages/project.md": page}.items():
        (tmp_path / "old" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "old" / path).write_text(said)
    move_in(home, tmp_path / "old")
    assert (
        (home / "project.qmd")
        .read_text()
        .endswith(
            "Our work:\n\n"
            "- Ada Byron. [Waves](/publications/waves.html). *Sea*. 2020.\n"
            "- Ada Byron. [Sails](https://doi.org/10.1000/x). *Sea*. 2020.\n"
        )
    )


def test_a_papers_page_of_quarto_cites_on(home, tmp_path):
    """The text of a paper's own page keeps its citations, and what it cites from."""
    page = "---\ntitle: Waves\nauthor: Ada Byron\ndate: 2020-01-02\nbibliography: r.bib\n---\n"
    files = {
        "_quarto.yml": "project: {type: website}\n",
        "publications/waves/index.qmd": page + "More than @roe [p. 3] says of it.\n",
        "publications/waves/r.bib": BIB % ("roe", "Sails"),
    }
    for path, said in files.items():
        (tmp_path / "old" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "old" / path).write_text(said)
    move_in(home, tmp_path / "old")
    text = (home / "publications/waves.qmd").read_text()
    assert "bibliography:\n- /publications/files/r.bib\n" in text
    assert text.endswith("More than @roe [p. 3] says of it.\n")
