"""The verbs of the command line, run as people run them."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SETTINGS = "owner: {name: Jane Doe, site: https://doe.example, repository: https://code.example}\n"
BIB = """% mine
@article{doe2020, title = {Waves},
   author = {Doe, Jane},  journal={Sea}, year = 2020 , doi={10.1000/w}}
@misc{roe2019, title={Foam}, author={Roe, Rick}}
"""
SCRIPTS = Path(__file__).parents[2] / "scripts"


@pytest.fixture
def home(tmp_path):
    """Return the folder of a project whose second paper has no year."""
    (tmp_path / "publications").mkdir()
    (tmp_path / "_quarto.yml").write_text(SETTINGS)
    (tmp_path / "publications" / "publications.bib").write_text(BIB)
    return tmp_path


@pytest.fixture
def portfolio(home):
    """Return a function that runs a verb in the project, and gives what came of it."""

    def run(*arguments, status=0):
        done = subprocess.run(
            [sys.executable, "-m", "portfolio", *map(str, arguments)],
            cwd=home,
            env=os.environ | {"PYTHONPATH": str(SCRIPTS)},
            capture_output=True,
            check=False,
            encoding="utf-8",
        )
        assert done.returncode == status, done.stderr
        return done

    return run


def test_export_writes_entries_as_they_are_and_problems_aside(portfolio):
    """Standard output is the file and nothing else; problems go to standard error."""
    done = portfolio("export", "--format", "bib")
    assert (
        "@article{doe2020, title = {Waves},\n   author = {Doe, Jane},  journal={Sea}" in done.stdout
    )
    assert "roe2019: there is no year" in done.stderr


@pytest.mark.parametrize(
    ("form", "wanted"),
    [
        ("ris", "TY  - JOUR\n"),
        ("csl-json", '"type": "article-journal"'),
        ("csv", "key,entrytype,title,author,year,doi,journal\n"),
    ],
)
def test_export_knows_every_format(portfolio, form, wanted):
    """Each format is one word on the command line."""
    assert wanted in portfolio("export", "--format", form).stdout


def test_export_of_normalised_entries(portfolio):
    """On request all entries have one manner."""
    text = portfolio("export", "--format", "bib", "--normalised").stdout
    assert "  journal       = {Sea},\n" in text


def test_export_reads_other_files(portfolio, tmp_path):
    """Other files can be named, several at once; problems say which one and where in it."""
    for name, text in (("a.bib", "@misc{a, title={A}}"), ("b.bib", "\n@misc{b, title={B}}\n")):
        (tmp_path / name).write_text(text)
    (tmp_path / "c.csv").write_text("key,year\na,2001\n")
    done = portfolio("export", "--format", "ris", "--bib", "a.bib", "b.bib", "--csv", "c.csv")
    assert "PY  - 2001" in done.stdout
    assert done.stdout.count("TY  - ") == 2
    assert "b.bib:2: b: there is no year" in done.stderr
    assert "a.bib:1: a: there is no year" not in done.stderr


def test_export_of_a_file_that_is_not_there(portfolio):
    """One line says so, and nothing is written."""
    done = portfolio("export", "--format", "bib", "--bib", "lost.bib", status=1)
    assert done.stdout == ""
    assert done.stderr.startswith("lost.bib:1: file: the file cannot be read")
    assert done.stderr.count("\n") == 1


def test_export_into_a_pipe_that_closes(home):
    """A reader who has seen enough causes no complaint."""
    entries = "".join(
        f"@misc{{k{n}, title={{{'T' * 200}}}, author={{A}}, year=2000}}\n" for n in range(900)
    )
    (home / "publications" / "publications.bib").write_text(entries)
    with subprocess.Popen(
        [sys.executable, "-m", "portfolio", "export", "--format", "bib"],
        cwd=home,
        env=os.environ | {"PYTHONPATH": str(SCRIPTS)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as writer:
        assert writer.stdout.read(10) == b"@misc{k0, "
        writer.stdout.close()
        assert writer.stderr.read() == b""
    assert writer.returncode == 0


def test_check_speaks_to_programs_and_to_github(portfolio):
    """The problems come as JSON or as workflow commands too, with the same exit status."""
    (found,) = json.loads(portfolio("check", "--format", "json", status=1).stdout)
    assert (found["path"], found["line"], found["key"]) == (
        "publications/publications.bib",
        4,
        "roe2019",
    )
    assert portfolio("check", "--format", "github", status=1).stdout == (
        "::error file=publications/publications.bib,line=4,title=roe2019"
        "::there is no year: give the entry a year field\n"
    )
    assert portfolio("check", status=1).stdout.startswith("publications/publications.bib:4: roe")


def test_check_of_a_site_that_is_not_rendered(portfolio):
    """Problems of the content come first, then one line says what to do about the site."""
    lines = portfolio("check", "--site", status=1).stdout.splitlines()
    assert [line.partition(":")[0] for line in lines] == ["publications/publications.bib", "_site"]
    assert "portfolio site" in lines[1]


def test_check_of_a_rendered_site(portfolio, home):
    """The audit's problems follow those of the content, without a browser if that is asked for."""
    (home / "_site").mkdir()
    (home / "_site" / "index.html").write_text("<title>Waves</title><h1>Waves</h1>")
    done = portfolio("check", "--site", "--no-browser", status=1)
    first, *others = done.stdout.splitlines()
    assert first.startswith("publications/publications.bib:4: roe2019: ")
    assert "_site/index.html:1: language: the page does not say its language: " in done.stdout
    assert others
    assert done.stderr == ""


@pytest.mark.parametrize(
    "verb",
    [
        *("site", "preview", "check", "figures", "finish", "export", "import", "add"),
        *("doctor", "figure", "page"),
    ],
)
def test_every_verb_has_help(portfolio, verb):
    """Each verb says what it does, in the list of verbs and on its own."""
    (line,) = [
        line
        for line in portfolio("--help").stdout.split("\n")
        if line.strip().startswith(f"{verb} ")
    ]
    assert line.split(maxsplit=1)[1] in " ".join(portfolio(verb, "--help").stdout.split())
