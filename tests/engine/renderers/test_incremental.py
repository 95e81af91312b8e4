"""A build that makes only what changed gives the bytes of one that makes everything."""

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import edits
import pytest
from surroundings import search_path

import portfolio
from portfolio.pages.made import Mould
from portfolio.records.problems import ContentError
from portfolio.renderers import RenderError
from portfolio.renderers.build import build
from portfolio.verbs.rendering import runner_of

_NOT_SOURCES = shutil.ignore_patterns("_site", ".portfolio", "__pycache__")


@pytest.fixture(scope="module")
def sites(tmp_path_factory):
    """Return a portfolio that is built again after each edit, and one that is built from nothing.

    Each has a runner of its own.
    """
    folder = tmp_path_factory.mktemp("sites")
    edited, clean = folder / "edited", folder / "clean"
    edits.settle(edited)
    clean.mkdir()
    with runner_of(edited) as one, runner_of(clean) as other:
        yield (edited, one), (clean, other)


def outcome(root, runner):
    """Build the site; return the bytes of each file, or what stands in the way."""
    try:
        build(root, choice="embedded", tell=lambda _: None, runner=runner)
    except (ContentError, RenderError) as error:
        return str(error)
    files = (path for path in (root / "_site").rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


def difference(found, expected):
    """Return what differs, in short."""
    if isinstance(found, str) or isinstance(expected, str):
        return "" if found == expected else f"{str(found)[:300]} instead of {str(expected)[:300]}"
    names = {name for name, _ in found.items() ^ expected.items()}
    return ", ".join(f"{n} ({n in found}, {n in expected})" for n in sorted(names))


def renew(source, target):
    """Make ``target`` a copy of the sources alone, in the same place as the last copy."""
    for path in target.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    shutil.copytree(source, target, ignore=_NOT_SOURCES, dirs_exist_ok=True)


SEED = 7
QUICK = (
    edits.edit_letter,
    edits.edit_notebook,
    edits.notebook_elsewhere,
    edits.notebook_elsewhere,
    edits.page_of_paper,
    edits.edit_data,
    edits.edit_prose,
    edits.edit_post,
    edits.edit_portrait,
    edits.remove_entry,
)


def test_what_is_made_again_is_what_a_clean_build_makes(sites, monkeypatch):
    """After each of a few edits, one on the other, every file has the same bytes."""
    monkeypatch.setenv("TIDE", "0")
    (edited, one), (clean, other) = sites
    chance = random.Random(SEED)
    outcome(edited, one)
    for edit in QUICK:
        edit(chance, edited)
        renew(edited, clean)
        assert not difference(outcome(edited, one), outcome(clean, other)), edit.__doc__


def test_one_changed_entry_makes_only_the_pages_that_show_it_again(tmp_path, monkeypatch):
    """Of many papers that is the changed one's own, and those of its neighbours in the list."""
    root = tmp_path / "site"
    edits.settle(root)
    entries = "".join(edits.ENTRY % (f"k{n}", f"Tide {n}", 1900 + n) for n in range(12))
    edits.change(edits.bib(root), lambda text: text + entries)
    made = []
    page = Mould.page

    def counted(mould, around, paper, *others):
        made.append(paper.slug)
        return page(mould, around, paper, *others)

    with runner_of(root) as runner:
        outcome(root, runner)
        monkeypatch.setattr(Mould, "page", counted)
        edits.change(edits.bib(root), lambda text: text.replace("Tide 5", "Ebb 5"))
        found = outcome(root, runner)
    assert sorted(made) == ["k4", "k5", "k6"]
    assert b"Ebb 5" in found["_site/publications/k4.html"]


PROGRAM = """
import sys
from portfolio.__main__ import main
sys.exit(main(["site"]))
"""


def built_alone(root):
    """Build the site in a process of its own; return what came of it, as `outcome` does."""
    variables = os.environ | {"PORTFOLIO_RENDERER": "embedded"}
    variables["PYTHONPATH"] = search_path(Path(portfolio.__file__).parents[1])
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=root,
        env=variables,
        capture_output=True,
        text=True,
        check=False,
    )
    if ran.returncode:
        lines = [line for line in ran.stderr.splitlines() if not line.startswith("[")]
        return "\n".join(lines)
    files = (path for path in (root / "_site").rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


@pytest.mark.stress
@pytest.mark.parametrize("seed", range(8))
def test_random_edits_leave_nothing_stale(seed, tmp_path, monkeypatch):
    """Forty edits in a row, some of them at once; now and then in a process of its own."""
    monkeypatch.setenv("TIDE", "0")
    chance = random.Random(seed)
    edited, clean = tmp_path / "edited", tmp_path / "clean"
    edits.settle(edited)
    clean.mkdir()
    told, runner, tide = [], runner_of(edited), "0"
    for _ in range(40):
        for edit in chance.sample(edits.EDITS, chance.choice([1, 1, 2, 3])):
            edit(chance, edited)
            told.append(edit.__name__)
        if tide != os.environ["TIDE"]:  # a process has its variables from the start
            runner.close()
            runner, tide = runner_of(edited), os.environ["TIDE"]
        renew(edited, clean)
        again = chance.random() < 0.3
        found = built_alone(edited) if again else outcome(edited, runner)
        wrong = difference(found, built_alone(clean))
        assert not wrong, f"{wrong} after {' '.join(told[-9:])}"
    runner.close()
