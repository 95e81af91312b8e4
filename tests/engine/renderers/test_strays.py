"""What a stopped Quarto leaves beside sources goes, and what was there before stays."""

import pytest

from portfolio import children
from portfolio.renderers import RenderError, build, strays

STRAYS = (
    "index.html",
    "index_files/figure-html/a.png",
    "index.quarto_ipynb",
    "index.quarto_ipynb_1",
    "study.out.ipynb",
    "site_libs/quarto.js",
    "sub/page.html",
)
OWN = ("other.html", "index.html.txt", "index.quarto_ipynb_x", "sub/index.html", "my_files/a.png")


@pytest.fixture
def sources(project):
    """Have a page in a folder and a notebook too, and files that are nobody's but the owner's."""
    (project / ".portfolio").mkdir()
    (project / "sub").mkdir()
    (project / "sub" / "page.qmd").write_text("A page.\n")
    (project / "study.ipynb").write_text('{"cells": [], "metadata": {}, "nbformat": 4}')
    for name in OWN:
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).write_text("mine")
    return project


def names(project):
    """Return the files of the project."""
    found = (path for path in project.rglob("*") if path.is_file())
    return {path.relative_to(project).as_posix() for path in found}


def left(project):
    """Leave what a stopped Quarto leaves."""
    for name in STRAYS:
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).write_text("half")


def test_what_came_after_the_note_goes(sources):
    """Nothing else of the project is touched, and without a note nothing at all."""
    before = names(sources)
    strays.note(sources)
    left(sources)
    strays.clear(sources)
    assert names(sources) == before
    left(sources)
    strays.clear(sources)
    assert names(sources) == before | set(STRAYS)


def test_what_was_there_before_stays(sources):
    """A page that somebody wrote as HTML beside its source is his."""
    left(sources)
    before = names(sources)
    strays.note(sources)
    (sources / "index.quarto_ipynb_2").write_text("half")
    strays.clear(sources)
    assert names(sources) == before


def test_a_render_that_fails_leaves_no_strays(sources, monkeypatch):
    """However it ends."""
    before = names(sources)

    class Failed:
        returncode = 1

    def failing(*_, **__):
        left(sources)
        return Failed

    monkeypatch.setattr(children, "run", failing)
    (sources / ".portfolio" / "draft").mkdir()
    with pytest.raises(RenderError):
        build.render_with_quarto("quarto", sources, sources / ".portfolio" / "draft")
    assert names(sources) == before
