"""A new site is its owner's from the first moment, and is made whole or not at all."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from portfolio.pages.portfolio import load_portfolio
from portfolio.refusal import Refusal
from portfolio.renderers.project import load_project
from portfolio.starting import new, owned, starter

EXAMPLES = Path(__file__).parents[1] / "moving" / "examples"
TOP = {"_quarto.yml", "README.md", "index.qmd", "publications", "news", "notebooks", "scripts"}
TOP |= {"tests"}
OF_TOOLS = {"404.qmd", "_extensions", "requirements.txt", "requirements.lock", "Makefile"}
OF_TOOLS |= {"netlify.toml", ".github", ".devcontainer", ".gitignore", ".gitattributes"}
OF_TOOLS |= {".portfolio.json"}


def blanks(owner="Ada Byron", site="https://ada.github.io/home"):
    """Return what is filled into the starter."""
    return starter.Blanks(owner, site, "quarto-portfolio[audit]==9.9.9")


def everything(folder):
    """Return the bytes of each file below a folder."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_it_has_the_fixed_top_level(tmp_path):
    """What people edit, what tools demand, and nothing else."""
    new.new(tmp_path / "site", blanks())
    assert {path.name for path in (tmp_path / "site").iterdir()} == TOP | OF_TOOLS
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_it_is_its_owners(tmp_path):
    """Name, address, repository and engine stand where they belong, and load without a problem."""
    root = tmp_path / "site"
    new.new(root, blanks())
    here = load_portfolio(root)
    assert here.problems == ()
    assert here.site.owner.name == "Ada Byron"
    assert here.site.address == "https://ada.github.io/home"
    assert here.site.repository == "https://github.com/ada/home"
    assert [name.display for paper in here.papers for name in paper.authors] == ["Ada Byron"]
    assert "\nquarto-portfolio[audit]==9.9.9\n" in (root / "requirements.txt").read_text()
    assert load_project(root).setting("format.html.template") == "_extensions/portfolio/page.html"


@pytest.mark.parametrize(
    "name", ["Mary O'Neil", "王小明", "Jean-Luc: A", "No", "# 1", "{x} & y", "Null", 'A "B" C']
)
def test_any_name_can_own_a_site(tmp_path, name):
    """YAML and BibTeX give the name back as it was said."""
    new.new(tmp_path / "site", blanks(owner=name))
    here = load_portfolio(tmp_path / "site")
    assert here.site.owner.name == name
    assert here.site.repository
    assert yaml.safe_load((tmp_path / "site" / "_quarto.yml").read_text("utf-8"))["project"]


def test_a_site_elsewhere_has_no_repository_yet(tmp_path):
    """Where the address does not tell the repository, the setting is left out."""
    new.new(tmp_path / "site", blanks(site="https://example.org/people/ada"))
    assert load_portfolio(tmp_path / "site").site.repository == ""


def test_papers_move_in(tmp_path):
    """With a source the papers are its own, and no example stands among them."""
    report = new.new(tmp_path / "site", blanks(), EXAMPLES / "al-folio")
    here = load_portfolio(tmp_path / "site")
    assert len(here.papers) == 2
    assert str(report)
    assert "replacethis" not in [paper.key for paper in here.papers]
    assert (tmp_path / "site" / "publications" / "people.csv").read_text("utf-8").count("\n") > 1


REFUSED = {
    "file in the way": (lambda at: (at / "paper.bib").write_text("mine"), {}, "something in it"),
    "no owner": (None, {"owner": " "}, "nobody is named"),
    "no address": (None, {"site": "ada.github.io"}, "no address on the web"),
}


@pytest.mark.parametrize(("before", "given", "said"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_made_changes_nothing(tmp_path, before, given, said):
    """One line says why, and the folder is as it was."""
    folder = tmp_path / "site"
    folder.mkdir()
    if before:
        before(folder)
    there = everything(tmp_path)
    with pytest.raises(Refusal, match=said):
        new.new(folder, blanks(**given))
    assert everything(tmp_path) == there


def test_a_site_that_is_there_keeps_its_state(tmp_path):
    """Whoever types `new` in a site of his own is refused, and what was remembered stays."""
    new.new(tmp_path / "site", blanks())
    (tmp_path / "site" / ".portfolio" / "cells").mkdir(parents=True)
    (tmp_path / "site" / ".portfolio" / "cells" / "a.json").write_text("[]")
    there = everything(tmp_path)
    with pytest.raises(Refusal, match="there is something in it already"):
        new.new(tmp_path / "site", blanks())
    assert everything(tmp_path).items() >= there.items()


def test_a_source_that_cannot_move_in_leaves_no_site(tmp_path):
    """A mistyped source is no reason to start half a site."""
    with pytest.raises(Refusal, match="no such file or folder"):
        new.new(tmp_path / "site", blanks(), tmp_path / "none.bib")
    assert list(tmp_path.iterdir()) == []


def test_a_fresh_clone_from_a_host_is_free(tmp_path):
    """README, licence and ignored files that a host made stay; all else is added."""
    folder = tmp_path / "site"
    (folder / ".git").mkdir(parents=True)
    for name in ("README.md", "LICENSE", ".gitignore"):
        (folder / name).write_text(f"mine: {name}\n")
    new.new(folder, blanks())
    assert (folder / "README.md").read_text() == "mine: README.md\n"
    assert (folder / "index.qmd").exists()
    assert ".gitignore" not in owned.load(folder).digests


def test_the_engine_knows_what_it_wrote(tmp_path):
    """Every file that an upgrade may replace is on record, and none that holds a person's words."""
    new.new(tmp_path / "site", blanks())
    record = json.loads((tmp_path / "site" / ".portfolio.json").read_text())
    assert {"Makefile", ".github/workflows/publish.yml", "requirements.lock"} <= set(
        record["files"]
    )
    assert "_extensions/portfolio/page.html" in record["files"]
    words = {"index.qmd", "_quarto.yml", "README.md", "publications/publications.bib"}
    assert not words & set(record["files"])


def test_nothing_to_fill_in_is_left_blank(tmp_path):
    """No blank of the starter is forgotten in any file."""
    new.new(tmp_path / "site", blanks())
    for name, data in everything(tmp_path / "site").items():
        assert not starter.BLANK.search(data.decode("latin-1")), name


def run(folder, *arguments, **more):
    """Run the command line in a folder."""
    command = [sys.executable, "-m", "portfolio", *map(str, arguments)]
    return subprocess.run(
        command, cwd=folder, capture_output=True, encoding="utf-8", check=False, **more
    )


def test_the_history_starts_with_one_commit(tmp_path):
    """On the branch that is published, with nothing left over."""
    who = {
        f"GIT_{who}_{what}": "a@b.example"
        for who in ("AUTHOR", "COMMITTER")
        for what in ("NAME", "EMAIL")
    }
    given = ("--owner", "Ada Byron", "--site", "https://ada.example")
    made = run(tmp_path, "new", "a site", *given, env=os.environ | who)
    assert made.returncode == 0, made.stderr
    assert '  cd "a site"\n' in made.stdout
    git = ["git", "-C", str(tmp_path / "a site")]
    said = [
        subprocess.run([*git, *words], capture_output=True, text=True, check=True).stdout
        for words in (["status", "--porcelain"], ["rev-list", "--count", "main"])
    ]
    assert said == ["", "1\n"]


def test_what_is_not_given_is_asked_for_only_where_somebody_answers(tmp_path):
    """A script that forgets the owner gets one line, and no site."""
    made = run(tmp_path, "new", "site", stdin=subprocess.DEVNULL)
    assert made.returncode == 1
    assert made.stderr == '--owner: it is not given: say it, such as --owner "Ada Byron"\n'
    assert list(tmp_path.iterdir()) == []
