"""Text of the starter is named until its owner has replaced it."""

import json

import pytest

from portfolio.pages.check import problems
from portfolio.records.demo import leftovers


@pytest.fixture
def root(tmp_path):
    """Return the folder of a site that has nothing but its owner."""
    settings = "owner: {name: Ada Byron, site: https://ada.example}\n"
    (tmp_path / "_quarto.yml").write_text(settings, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    "path", ["a.qmd", "b/c.csv", "d.bib", "_quarto.yml", "README.md", "_metadata.yml"]
)
def test_each_kind_of_content(root, path):
    """The file, the line, and how the sentence goes on."""
    (root / path).parent.mkdir(exist_ok=True)
    (root / path).write_text("owner:\n  role: 'Replace this: your role'\n", encoding="utf-8")
    (line,) = map(str, leftovers(root))
    assert line == (
        f"{path}:2: starter: the starter's text is still there (your role): "
        "write your own, or remove it"
    )


def test_notebooks(root):
    """A cell's text is found where it stands in the file."""
    cells = [{"cell_type": "code", "source": ['#| fig-cap: "Replace this: a caption"\n']}]
    (root / "a.ipynb").write_text(json.dumps({"cells": cells}, indent=1), encoding="utf-8")
    (found,) = leftovers(root)
    assert (found.path, found.line) == ("a.ipynb", 6)
    assert "(a caption)" in found.what


@pytest.mark.parametrize(
    "path", ["_site/a.md", ".hidden/a.qmd", "_extensions/a.yml", "tests/a.md", "scripts/a.md"]
)
def test_what_is_no_content(root, path):
    """What is rendered, hidden, the engine's or code holds no text of the owner."""
    (root / path).parent.mkdir()
    (root / path).write_text("Replace this: all of it", encoding="utf-8")
    assert leftovers(root) == []


def test_other_words(root):
    """The sentence counts as it is written, capitals too."""
    (root / "a.qmd").write_text("We replace this: a valve.", encoding="utf-8")
    assert leftovers(root) == []


def test_check_names_them(root):
    """They are problems of the content like any other."""
    (root / "index.qmd").write_text("Replace this: who you are.\n", encoding="utf-8")
    found = [each for each in problems(root) if each.key == "starter"]
    assert [(each.path, each.line) for each in found] == [("index.qmd", 1)]
