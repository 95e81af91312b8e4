"""The tiny site, rendered once by each renderer."""

from functools import cache
from pathlib import Path

import pytest
from tinysite import copied

from portfolio.renderers import build
from portfolio.renderers.quarto import find_quarto

NEEDS_QUARTO = pytest.mark.skipif(find_quarto() is None, reason="needs Quarto 1.9 or later on PATH")


@pytest.fixture(scope="session")
def rendered_by(tmp_path_factory):
    """Return the function that gives the tiny site as a renderer made it, on first need."""

    @cache
    def rendered_by(renderer: str) -> Path:
        root = copied(tmp_path_factory.mktemp(renderer) / "a tiny site")
        build.build(root, choice=renderer, tell=lambda _: None)
        return root

    return rendered_by


@pytest.fixture(scope="session", params=["embedded", pytest.param("quarto", marks=NEEDS_QUARTO)])
def tinysite(request, rendered_by):
    """Return the folder of the tiny site, rendered by each renderer."""
    return rendered_by(request.param)


@pytest.fixture
def project(tmp_path):
    """Return the folder of a project with one page, to be changed by the test."""
    (tmp_path / "_quarto.yml").write_text(
        "project:\n  render: ['*.qmd', '*.ipynb']\nformat:\n  html:\n    template: page.html\n",
        encoding="utf-8",
    )
    (tmp_path / "page.html").write_text("<main>$body$</main>\n", encoding="utf-8")
    (tmp_path / "index.qmd").write_text("---\ntitle: Home\n---\n\nWelcome.\n", encoding="utf-8")
    return tmp_path
