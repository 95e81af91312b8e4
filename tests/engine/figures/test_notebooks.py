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
from surroundings import search_path

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


def output(kind, shown, alt=""):
    """Return an output that shows a picture of a kind, and its alternative text if it has one."""
    metadata = {kind: {"alt": alt}} if alt else {}
    return v4.new_output("display_data", {kind: shown}, metadata=metadata)


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


@pytest.mark.parametrize("kind", ["image/png", "image/jpeg", "image/svg+xml"])
def test_the_alternative_text_may_stand_in_the_output(read, kind):
    """What the metadata of a picture's output say counts, unless the cell's own option does."""
    written = io.BytesIO()
    Image.new("RGB", (8, 5)).save(written, "JPEG" if kind == "image/jpeg" else "PNG")
    shown = "<svg/>" if kind == "image/svg+xml" else base64.b64encode(written.getvalue()).decode()
    outputs = [output(kind, shown, "Two waves.")]
    figure, problems = read(v4.new_code_cell("#| label: fig-a\nx", outputs=outputs))
    assert (figure.alt, problems) == ("Two waves.", [])
    said = v4.new_code_cell("#| label: fig-a\n#| fig-alt: One.\nx", outputs=outputs)
    assert read(said)[0].alt == "One."


def test_a_drawing_alone_is_a_figure(read):
    """A figure that is drawn as SVG only is the paper's like any other."""
    outputs = [output("image/svg+xml", "<svg/>", "A wave.")]
    figure, problems = read(v4.new_code_cell("#| label: fig-a\nx", outputs=outputs))
    assert (figure.svg, figure.png, problems) == ("<svg/>", b"", [])


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


def test_running_builds_no_grammar_of_addresses(tmp_path):
    """A package that takes seconds to load, and that no notebook needs, is left alone."""
    (tmp_path / "rfc3987_syntax.py").write_text("raise SystemExit('loaded')")
    code = "from portfolio.notebook import load_nbformat\nload_nbformat()\nimport nbclient, sys\n"
    code += "assert 'rfc3987_syntax' not in sys.modules"
    variables = environment(ROOT) | {"PYTHONPATH": search_path(tmp_path, ROOT / "scripts")}
    ran = subprocess.run([sys.executable, "-c", code], env=variables, check=False)
    assert ran.returncode == 0


def test_reading_loads_nothing_that_only_running_needs():
    """What each page's cell and each check import leaves nbformat alone, which takes seconds."""
    code = "import sys, portfolio.pages.check; sys.exit('nbformat' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], env=environment(ROOT), check=False)
    assert ran.returncode == 0
