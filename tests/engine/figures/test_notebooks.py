"""Figures come from notebooks as their last run left them."""

import base64
import io
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat import v4
from PIL import Image

from portfolio.environment import environment
from portfolio.figures.notebooks import read_figures

ROOT = Path(__file__).parents[3]


def picture(colour="navy"):
    """Return a small PNG."""
    written = io.BytesIO()
    Image.new("RGB", (8, 5), colour).save(written, "PNG")
    return written.getvalue()


def cell(source, png=None):
    """Return a code cell, with a picture among its outputs if one is given."""
    data = {"image/png": base64.b64encode(png).decode()} if png else {"text/plain": "1"}
    return v4.new_code_cell(source, outputs=[v4.new_output("display_data", data)])


@pytest.fixture
def read(tmp_path):
    """Return a function that reads the figures of one notebook made of ``cells``."""

    def one(*cells):
        nbformat.write(v4.new_notebook(cells=list(cells)), tmp_path / "paper.ipynb")
        figures, problems = read_figures(tmp_path)
        return figures.get("paper"), [problem.what for problem in problems]

    return one


def test_the_last_labelled_figure_is_the_papers(read):
    """Of several labelled pictures the last is the one that the paper shows."""
    options = "#| label: fig-b\n#| fig-cap: A caption.\n#| fig-alt: An alternative.\n"
    figure, problems = read(
        cell("#| label: fig-a\nx", picture("red")), cell(f"{options}y", picture()), cell("z")
    )
    assert (figure.label, figure.caption, figure.alt) == ("fig-b", "A caption.", "An alternative.")
    assert figure.png == picture()
    assert problems == []


def test_a_figure_without_alternative_text_is_named(read):
    """A picture that says nothing to those who cannot see it is a problem."""
    figure, problems = read(cell("#| label: fig-a\nx", picture()))
    assert figure.label == "fig-a"
    assert problems == ["the figure fig-a has no alternative text"]


def test_a_notebook_that_was_not_run_has_no_figure(read):
    """A label without a picture gives no figure, and a line that says so."""
    figure, problems = read(cell("#| label: fig-a\nx"))
    assert figure is None
    assert problems == ["no labelled cell holds a picture"]


def test_options_that_are_no_yaml_are_a_problem(read):
    """A slip in a cell's options is named, not raised."""
    figure, (problem,) = read(cell("#| label: [\nx", picture()))
    assert figure is None
    assert problem.startswith("the notebook cannot be read")


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"cells": 1}', '{"cells": [{}]}', '{"cells": ['])
def test_a_file_that_is_no_notebook_is_a_problem(tmp_path, text):
    """JSON of another kind, or cut off, is named, not raised."""
    (tmp_path / "paper.ipynb").write_text(text, encoding="utf-8")
    figures, (problem,) = read_figures(tmp_path)
    assert figures == {}
    assert problem.what.startswith("the notebook cannot be read")


def test_reading_loads_nothing_that_only_running_needs():
    """What each page's cell and each check import leaves nbformat alone, which takes seconds."""
    code = "import sys, portfolio.pages.check; sys.exit('nbformat' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], env=environment(ROOT), check=False)
    assert ran.returncode == 0
