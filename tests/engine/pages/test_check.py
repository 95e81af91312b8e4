"""`check` names what is wrong, each with its place and a remedy."""

import nbformat
import pytest

from portfolio import pages
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
                "Jane Doe: add it to owner.spellings in _quarto.yml, or, for somebody else, to "
                "publications/people.csv"
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


def two_papers(first, second):
    """Return the entries of two papers by these people."""
    return "".join(
        f"@misc{{{key}, title={{{key}}}, year=2000, author={{{people}}}}}\n"
        for key, people in (("a", first), ("b", second))
    )


@pytest.mark.parametrize(
    ("bib", "people", "asked"),
    [
        (two_papers("Doe, Jane and Doe, Ann", "Doe, J. and Doe, Ann"), "", 0),
        (two_papers("Doe, Ann", "Doe, Ann"), "", 1),
        (two_papers("Doe, Ann", "Doe, A."), "", 2),
        (two_papers("Doe, Ann", "Doe, Ann"), "name,link\nAnn Doe,\n", 0),
    ],
    ids=["beside the owner", "once a name", "two names", "known as somebody else"],
)
def test_a_name_is_asked_about_once_and_not_beside_the_owner(project, bib, people, asked):
    """Somebody of the owner's family name is the owner's spelling, or stands in a table."""
    (project / "publications" / "publications.bib").write_text(bib)
    (project / "publications" / "people.csv").write_text(people or "name,link\n")
    (project / "news" / "news.csv").write_text("date,text,link\n")
    assert sum("is not a known spelling" in line for line in lines(project)) == asked
    assert not [line for line in lines(project) if line.startswith("publications/people.csv")]


def test_the_owners_repository_may_be_left_out(project):
    """No address of a repository is asked for where nothing needs it."""
    path = project / "_quarto.yml"
    path.write_text(path.read_text().replace("  repository: https://code.example/doe\n", ""))
    assert lines(project) == []


@pytest.mark.parametrize(
    "named", ["x.pdf", "files/x.pdf", "/publications/files/x.pdf", "./files/x.pdf"]
)
def test_a_pdf_of_ones_own_may_be_named_in_any_way(project, named):
    """Whichever way its path is written, the paper leads to the file."""
    (project / "publications" / "files").mkdir()
    (project / "publications" / "files" / "x.pdf").write_bytes(b"%PDF-1.4")
    bib = two_papers("Doe, Jane", "Doe, J.").replace("year", f"pdf={{{named}}}, year", 1)
    (project / "publications" / "publications.bib").write_text(bib)
    (project / "news" / "news.csv").write_text("date,text,link\n")
    assert lines(project) == []
    assert load_portfolio(project).papers["a"].own_pdf == "/publications/files/x.pdf"


def test_bibtex_to_copy_holds_what_a_citing_author_wants(project):
    """What is the site's or a service's stands in the file to download alone, as it was written."""
    entry = (
        "@article{a, title={T {B}}, selected={true},\n  author={Doe, Jane}, award={Best, of all},\n"
        '  journal = "Sea", year=2000, abstract = {We\n  measure.},\n  biburl={https://x.example},\n'
        "  timestamp = {Mon},\n}"
    )
    (project / "publications" / "publications.bib").write_text(entry)
    here = load_portfolio(project)
    assert bibtex(here, here.papers["a"]) == (
        '@article{a, title={T {B}},\n  author={Doe, Jane},\n  journal = "Sea", year=2000,\n}'
    )
    assert exported(here.papers, "bib").strip() == entry


def test_no_heading_stands_above_papers_that_are_not_there(project, monkeypatch):
    """Where no paper is selected a home page has neither heading nor link for such."""
    monkeypatch.chdir(project)
    shown = str(pages.selected(heading="Selected papers", more=True))
    assert "Selected papers" not in shown
    assert "All 2 publications" not in shown
