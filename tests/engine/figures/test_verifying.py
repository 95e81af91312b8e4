"""Notebooks are run again in a fresh environment, and the answer is kept beside them."""

import json
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import lab
import pytest

from portfolio.__main__ import main
from portfolio.figures.verified import Verified, identity, read_verified, table
from portfolio.notebook import parse_notebook
from portfolio.refusal import Refusal
from portfolio.starting import fresh


def apart(root):
    """Return data of a notebook that are no content of its project: hidden, linked, beside it."""
    return "link.csv", "../.settings/size.csv", f"../../{root.name}.csv"


@pytest.fixture(scope="module")
def verified(tmp_path_factory):
    """Return a project after its verification: `same` stands as it was run, `moved` does not."""
    root = tmp_path_factory.mktemp("lab")
    (root / "_quarto.yml").write_text("owner: {name: Jane Doe, site: https://doe.example}\n")
    lab.put(root, "same", "from portfolio.brand import DEFAULT\nprint(2.5)")
    lab.put(root, "broken", "1 / 0")
    (root / ".settings").mkdir()
    (root / ".settings" / "size.csv").write_text("1")
    (root / "notebooks" / "link.csv").symlink_to("../.settings/size.csv")
    (root.parent / f"{root.name}.csv").write_text("1")
    lab.put(root, "apart", *(f"open('{name}').read()" for name in apart(root)))
    lab.run(root, "same", "apart")
    path = root / "notebooks" / "same.ipynb"
    (root / "notebooks" / "moved.ipynb").write_text(path.read_text().replace('"2.5', '"5.0'))
    (root / "notebooks" / "verified.csv").write_text(
        "notebook,date,result,what,of\ngone,2020-01-01,same,,1\n"
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        patch.setattr(fresh, "build", lambda *_: Path(sys.executable))
        return root, main(["figures", "--verify", "--jobs", "2"])


def test_the_answer_says_what_moved_and_when(verified):
    """It fails if anything moved or failed; who has no notebook any more is forgotten."""
    root, status = verified
    today = datetime.now(UTC).date()
    found = read_verified(root)
    assert status == 1
    assert {name: (each.result, each.what, each.date) for name, each in found.items()} == {
        "apart": ("same", "", today),
        "broken": ("failed", "it did not run to its end", today),
        "moved": ("moved", "cell 2: 1 of 1 numbers moved, by up to 50 % (5.0 is now 2.5)", today),
        "same": ("same", "", today),
    }


def test_the_answer_belongs_to_what_was_verified(verified):
    """Its identity is the notebook's as long as code, outputs and record are what they were."""
    root, _ = verified
    notebook = parse_notebook((root / "notebooks" / "same.ipynb").read_text())
    assert identity(notebook) == read_verified(root)["same"].of
    notebook["metadata"]["portfolio"]["seconds"] += 1
    notebook["metadata"]["portfolio"]["processor"] += 1
    assert identity(notebook) == read_verified(root)["same"].of
    notebook["cells"][1]["outputs"] = []
    assert identity(notebook) != read_verified(root)["same"].of


def test_no_notebook_is_touched(verified):
    """What is compared stays as it was, and nothing is left of the run."""
    root, _ = verified
    assert '"5.0' in (root / "notebooks" / "moved.ipynb").read_text()
    assert (
        json.loads((root / "notebooks" / "broken.ipynb").read_text())["cells"][1]["outputs"] == []
    )
    assert not list((root / ".portfolio").glob("scratch-*"))


def test_a_table_reads_back_and_bad_lines_are_passed_over(tmp_path):
    """Whatever the words hold."""
    (tmp_path / "notebooks").mkdir()
    answer = Verified("a", date(2026, 1, 2), "moved", 'x, "y"', "0f")
    lines = "b,yesterday,same,,1\nc,2026-01-02,perhaps,,1\nd\n"
    (tmp_path / "notebooks" / "verified.csv").write_text(table([answer]) + lines)
    assert read_verified(tmp_path) == {"a": answer}


def test_without_a_lock_there_is_no_fresh_environment(tmp_path):
    """It is said which file lacks, and what to do."""
    with pytest.raises(Refusal, match=r"requirements\.lock: it is not there"):
        fresh.build(tmp_path, tmp_path / "environment")


def test_a_notebook_that_cannot_be_read_is_named_before_anything_runs(
    tmp_path, monkeypatch, capsys
):
    """In one line, with its place; no environment is made, and no accident is reported."""
    (tmp_path / "_quarto.yml").write_text("owner: {name: Jane Doe, site: https://doe.example}\n")
    lab.put(tmp_path, "good", "print(1)")
    (tmp_path / "notebooks" / "bad.ipynb").write_text('{"cells": [\n<<<<<<< HEAD\n')
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(fresh, "build", lambda *_: pytest.fail("an environment was made"))
    assert main(["figures", "--verify"]) == 1
    what = "git could not merge it, and its marks of that are there still"
    said = f"notebooks/bad.ipynb:2: bad: {what}: keep one of the two sides\n"
    assert capsys.readouterr().err == said
