"""What Quarto gives for the cells of a page, where an output would run by itself."""

import pytest

from portfolio.live import found_in
from portfolio.pages.computed import computed

CHART = """<div style="height:525px"> <script src="https://cdn.example/plotly.js"></script>
<div id="a" class="plotly-graph-div"></div> <script>if ("</div>") { Plotly.newPlot(
"a", [{"y":[1,3,2],"type":"bar"}], {"template":{}}, {"responsive": true} ) };</script> </div>"""
PLAIN = '<div class="cell-output cell-output-display">\n{}\n</div>'
FIGURE = """<div id="fig-bars" class="cell-output cell-output-display quarto-float">
<figure class="quarto-float figure">
<div aria-describedby="fig-bars-caption-0">
{}
</div>
<figcaption id="fig-bars-caption-0">Figure&nbsp;1: Bars.</figcaption>
</figure>
</div>"""
PAGE = """<main><p>Before</p>
<div id="d6eabd19" class="cell"{} data-execution_count="1">
{}
</div>
<p>After</p></main>"""


@pytest.mark.parametrize("output", [PLAIN, FIGURE], ids=["plain", "figure"])
@pytest.mark.parametrize(
    ("said", "asked"), [("", None), (' data-live="true"', True), (' data-live="false"', False)]
)
def test_a_chart_is_handed_over_as_its_cell_asks(output, said, asked):
    """What the library draws takes the place of its scripts, and all around it stays."""
    html = computed(PAGE.format(said, output.format(CHART)))
    [(place, live)] = found_in(html)
    assert (live.library, live.data["data"][0]["y"], live.asked) == ("plotly", [1, 3, 2], asked)
    assert "<script" not in html
    around = PAGE.format(said, output.format("|")).split("|")
    assert [part.split() for part in html.split(place)] == [part.split() for part in around]


SOURCE = """Words.

```{{python}}
#| label: {}
#| fig-alt: One bar is
#|   twice the other.
chart
```
"""


@pytest.mark.parametrize(
    ("cell", "output", "label"),
    [
        ("d6eabd19", FIGURE, "fig-bars"),
        ("cell-bars", PLAIN, "bars"),
        ("bars", PLAIN, "bars"),
    ],
)
def test_a_chart_keeps_what_its_cell_says_of_it(cell, output, label):
    """Quarto leaves it out of its page; it is found in the source, by the cell's label."""
    page = PAGE.format("", output.format(CHART)).replace("d6eabd19", cell)
    [(_, live)] = found_in(computed(page, SOURCE.format(label)))
    assert live.alt == "One bar is twice the other."
    [(_, live)] = found_in(computed(page, SOURCE.format("other")))
    assert not live.alt


def test_what_only_loads_a_library_goes():
    """No script of another host stays that the policy would stop."""
    loads = '<script>window.PlotlyConfig = {MathJaxConfig: "local"};</script>'
    outputs = PLAIN.format(loads) + PLAIN.format(CHART)
    assert "<script" not in computed(PAGE.format("", outputs))


def test_scripts_of_the_author_stay():
    """A page of one's own holds what its owner likes, and its other outputs are as they were."""
    own = PLAIN.format("<script>mine()</script>") + PLAIN.format("<p>Bokeh</p>")
    html = PAGE.format("", own)
    assert computed(html) == html
