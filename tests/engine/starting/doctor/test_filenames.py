"""File names are those that every system can hold, and can tell apart."""

import sys

import pytest

from portfolio.renderers.source import Mapping
from portfolio.starting.doctor import filenames
from portfolio.starting.doctor.git import Repository
from portfolio.starting.doctor.project import Project


def lines(tmp_path, *names):
    """Return what is said of a repository with these files."""
    repository = Repository(
        prefix="", branch="main", branches=frozenset(), has_commit=True, remote="", address="",
        tracked=names, changed=(), untracked=(), left_out=(),
    )  # fmt: skip
    project = Project(tmp_path, Mapping("_quarto.yml", {}, {}), repository)
    return list(map(str, filenames.problems(project)))


@pytest.mark.parametrize(
    "name", ["a:b.qmd", "why?.qmd", "data/aux.csv", "NUL", "a. ", "end./x", 'say "it".md', "a\\b"]
)
def test_names_that_windows_refuses(tmp_path, name):
    """Letters with a meaning there, names of devices, and dots or blanks at the end."""
    (line,) = lines(tmp_path, name, "fine.qmd")
    assert "Windows cannot have files named" in line


def test_ordinary_names(tmp_path):
    """Blanks, accents and dots within are no trouble."""
    assert lines(tmp_path, ".github/a.yml", "É tude.qmd", "console.py", "a.b.c", "auxiliary") == []


def test_names_that_differ_in_capitals(tmp_path):
    """Files, and folders, that macOS and Windows take for the same."""
    (line,) = lines(tmp_path, "Waves.qmd", "waves.qmd")
    assert line.startswith("waves.qmd:1: name: on Windows and macOS it is the same as Waves.qmd")
    (line,) = lines(tmp_path, "Notes/a.md", "notes/b.md")
    assert line.startswith("notes:1: name: on Windows and macOS it is the same as Notes")


def test_names_that_differ_in_how_accents_are_written(tmp_path):
    """An accent on its letter and one beside it are the same to macOS."""
    assert len(lines(tmp_path, "\u00e9tude.qmd", "e\u0301tude.qmd")) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="needs a system that tells capitals apart")
def test_a_whole_site(site):
    """The files that git knows are those that are looked at."""
    site.write("Index.qmd", "")
    assert site.only().startswith("index.qmd:1: name: ")
