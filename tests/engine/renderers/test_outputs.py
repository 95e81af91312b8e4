"""Quarto gets to see of each output what a page can show."""

import json
import subprocess
import sys

import pytest
from nbformat import v4, writes

from portfolio.live import found_in
from portfolio.renderers.outputs import filtered
from portfolio.shipped import EXTENSION

PLOTLY = {"application/vnd.plotly.v1+json": {"data": [{"type": "bar", "y": [1]}], "layout": {}}}
WIDGET = {
    "application/vnd.jupyter.widget-view+json": {"model_id": "a"},
    "text/plain": "IntSlider()",
}
HTML = {"text/html": "<b>bold</b>"}


def notebook(*bundles, source="x"):
    """Return the text of a notebook with an output for each bundle."""
    outputs = [v4.new_output("display_data", bundle) for bundle in bundles]
    return writes(v4.new_notebook(cells=[v4.new_code_cell(source, outputs=outputs)]))


def shown(text):
    """Return the data of the outputs of a notebook's only cell."""
    return [output["data"] for output in json.loads(text)["cells"][0]["outputs"]]


@pytest.mark.parametrize(
    ("option", "asked"), [("", None), ("#| live: true\n", True), ("#| live: false\n", False)]
)
def test_what_runs_is_handed_over_with_what_its_cell_asks(option, asked):
    """Quarto sees HTML that it passes on, and the step after rendering decides by the option."""
    text = filtered(notebook(PLOTLY, source=f"{option}#| fig-alt: Bars\nx"))
    [(_, live)] = found_in(shown(text)[0]["text/html"])
    assert (live.asked, live.alt) == (asked, "Bars")


def test_a_picture_comes_before_what_cannot_run():
    """A widget becomes a note, or the picture beside it; other HTML stays as it is."""
    picture = {"image/svg+xml": "<svg/>"}
    [note, still, html] = shown(filtered(notebook(WIDGET, WIDGET | picture, HTML)))
    assert "{say runs-with-its-code}" in note["text/html"]
    assert still == picture
    assert html == {"text/html": ["<b>bold</b>"]}


def test_a_notebook_without_any_means_the_same():
    """Nothing else of a notebook is changed, and what is none is passed on."""
    text = notebook(HTML, {"text/plain": "1"})
    assert json.loads(filtered(text)) == json.loads(text)
    assert filtered("no notebook") == "no notebook"


def test_the_script_is_what_quarto_runs():
    """It reads a notebook from one stream and writes it to the other, letters of all kinds too."""
    text = notebook({"text/plain": "Ω ≈ 1"})
    ran = subprocess.run(
        [sys.executable, EXTENSION / "outputs.py"],
        input=text.encode(),
        capture_output=True,
        check=True,
    )
    assert json.loads(ran.stdout) == json.loads(text)
