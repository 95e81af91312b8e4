"""`check` names what is wrong, each with its place and a remedy."""

import nbformat
import pytest

from portfolio.moving.export import exported
from portfolio.pages.check import problems
from portfolio.pages.cite import bibtex
from portfolio.pages.portfolio import load_portfolio


def lines(project):
    """Return the problems as people see them."""
    return [str(problem) for problem in problems(project)]


def test_a_sound_project_has_no_problems(project):
    """Content that says what it should gives no line."""
    assert lines(project) == []


@pytest.mark.parametrize(
    ("path", "content", "wanted"),
    [
        (
            "publications/lost.qmd",
            "---\ntitle: Lost\n---\n",
            (
                "publications/lost.qmd:1: lost: no paper has this slug: "
                "name it after a paper's slug, or remove it"
            ),
        ),
        (
            "publications/doe2021foam.qmd",
            "---\ntitle: Froth\n---\n",
            "publications/doe2021foam.qmd:2: title: it is not the paper's: write title: Foam",
        ),
        (
            "news/news.csv",
            "date,text,link\n2021-02-03,Foam.,foam\n",
            (
                "news/news.csv:2: 2021-02-03: the link foam is neither an address nor a paper's "
                "slug: correct it or leave it empty"
            ),
        ),
        (
            "publications/publications.bib",
            "@misc{a, title={T}, year=2000, author={Doe, Janet}}",
            (
                "publications/publications.bib:1: hint: a: Janet Doe is not a known spelling of "
                "Jane Doe: if it is the same person, add it to owner.spellings in _quarto.yml"
            ),
        ),
        (
            "publications/publications.bib",
            "@misc{a, title={T}, year=2000, author={Roe†, Rick}}",
            (
                "publications/publications.bib:1: hint: a: nothing says what the mark † behind an "
                "author's name means: add annotation = {† its meaning}, or remove the mark"
            ),
        ),
        (
            "publications/publications.bib",
            r"@misc{a, title={On $\frac{a$}, year=2000, author={Roe, Rick}}}",
            (
                r"publications/publications.bib:1: a: a formula in the title cannot be read "
                r"(\frac{a): mend its LaTeX"
            ),
        ),
        (
            "publications/more.bib",
            "@misc{pre, title={{Foam}}, author={Doe, J.}, year=2020, eprint={2101.00001}}",
            (
                "publications/more.bib:1: hint: pre: it has the title of doe2021foam and an author "
                "in common: if they are one work, add version_of = {doe2021foam} here, else tell "
                "them apart"
            ),
        ),
    ],
)
def test_each_problem_is_one_line(project, path, content, wanted):
    """A problem says where it is, what it is and what to do."""
    (project / path).write_text(content)
    assert wanted in lines(project)


@pytest.mark.parametrize(
    ("written", "title"),
    [
        (r"Sorting in $O(n \\log n)$", r"Sorting in {$O(n \log n)$}"),
        ("Sorting in O(n log n)", r"Sorting in {$O(n \log n)$}"),
        (
            "*E. coli* makes H~2~O -- and “it’s” `code`",
            "{\\em E. coli} makes H$_2$O -- and ``it's'' code",
        ),
        ("R&D at 5%", r"R\&D at 5\%"),
    ],
)
def test_a_page_may_write_its_title_in_markdown(project, written, title):
    """Formulas, emphasis and signs are the same title, however a page and a record write them."""
    bib = f"@misc{{a, title={{{title}}}, year=2020, author={{Roe}}}}"
    (project / "publications" / "more.bib").write_text(bib, encoding="utf-8")
    page = f"---\ntitle: '{written}'\n---\n".replace("\\\\", "\\")
    (project / "publications" / "a.qmd").write_text(page, encoding="utf-8")
    assert not [line for line in lines(project) if "it is not the paper's" in line]


def test_an_unknown_command_is_named_once(project):
    """A command of LaTeX that nobody knows is a hint with a count, and its text stays."""
    entry = (
        r"@misc{%s, title={\foo{Foam} and \bar{x}}, abstract={\foo{b}}, year=2020, author={Roe}}"
    )
    (project / "publications" / "more.bib").write_text(entry % "a" + "\n" + entry % "b")
    found = [line for line in lines(project) if "nobody knows" in line]
    assert found == [
        (
            "publications/more.bib:1: hint: a: nobody knows the command \\foo (in the title, "
            "4 times in all): its text is shown without it; write what it stands for"
        ),
    ]


def test_hints_come_last(project):
    """What is wrong stands before what may be as it should."""
    bib = "@misc{a, title={T}, year=2000, author={Doe, Janet}, pdf={x y.pdf}}"
    (project / "publications" / "a.bib").write_text(bib)
    found = [problem.hint for problem in problems(project)]
    assert found == sorted(found)
    assert True in found


def test_a_notebook_of_no_paper_is_named(project):
    """A notebook left over from another paper or another owner does not go unseen."""
    nbformat.write(nbformat.v4.new_notebook(), project / "notebooks" / "lost.ipynb")
    assert "notebooks/lost.ipynb:1: lost: no paper has this slug: " in "\n".join(lines(project))


def test_a_broken_notebook_is_named(project):
    """A notebook that is no notebook is a problem, not a crash."""
    (project / "notebooks" / "doe2021foam.ipynb").write_text("{")
    assert "notebooks/doe2021foam.ipynb:1: doe2021foam: the notebook cannot" in lines(project)[0]


VOLUMES = """@inproceedings{one, crossref = {P}, title = {One}, author = {Doe, Jane}}
@inproceedings{two, crossref = {P}, title = {Two}, author = {Doe, J.}}
@inproceedings{three, crossref = {own}, title = {Three}, author = {Roe, Rick}}
@proceedings{P, title = {Foam Days}, subtitle = {The First}, editor = {Poe, Ann}, year = 2019}
@proceedings{own, title = {Sea Days}, editor = {Doe, Jane}, year = 2018}
"""


def test_a_volume_by_others_is_no_paper(project):
    """A book of papers is listed if the owner made it; exports have it, and one line says so."""
    (project / "publications" / "publications.bib").write_text(VOLUMES)
    (project / "news" / "news.csv").write_text("date,text,link\n")
    here = load_portfolio(project)
    assert [paper.key for paper in here.papers] == ["one", "two", "three", "own"]
    assert [paper.venue for paper in here.papers][:2] == ["Foam Days: The First"] * 2
    for form, count in (("bib", "@proceedings{"), ("ris", "TY  - CONF"), ("csl-json", '"book"')):
        assert exported(here.papers, form).count(count) == 2
    assert "@proceedings{P" in bibtex(here, here.papers["one"])
    assert lines(project) == [
        (
            "publications/publications.bib:4: hint: P: what papers are in, by other people, is no "
            "paper of the list: nothing needs to be done, every export has it"
        )
    ]


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("publications/more.BIB", "more.bib"),
        ("publications/more.bib.txt", "more.bib"),
        ("publications/Papers.tsv", "papers.tsv"),
        ("publications/PEOPLE.CSV", "people.csv"),
        ("news/News.csv.txt", "news.csv"),
        ("notebooks/foam.IPYNB", "foam.ipynb"),
        ("talks.QMD", "talks.qmd"),
        ("publications/files/data.CSV", ""),
        ("publications/notes.txt", ""),
        ("news/data.csv", ""),
    ],
)
def test_what_only_its_name_keeps_from_being_read(project, path, meant):
    """A file is named that somebody must think of as content, and that nothing reads."""
    file = project / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("a")
    found = [line for line in lines(project) if line.startswith(f"{path}:")]
    remedy = f"nothing reads it, for the sake of its name: rename it to {meant}, or move it"
    assert found == ([f"{path}:1: file: {remedy}"] if meant else [])
