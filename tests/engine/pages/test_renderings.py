"""Of two renderings of a cell each is shown in its scheme alone, in a figure with one caption."""

from portfolio.pages.renderings import in_schemes

PART = """<div class="cell-output cell-output-display">
<div id="fig-a-{n}" class="quarto-float quarto-figure quarto-figure-center" alt="Text.">
<figure class="quarto-float quarto-subfloat-fig">
<div aria-describedby="fig-a-{n}-caption-0ceaefa1">
<img src="fig-a-output-{n}.png" id="fig-a-{n}" data-ref-parent="fig-a" alt="Text." width="571">
</div>
<figcaption class="quarto-float-caption-bottom quarto-subfloat-caption" id="fig-a-{n}-caption-0c">
{said}
</figcaption>
</figure>
</div>
</div>
"""
QUARTOS = f"""<div id="fig-a" class="cell quarto-float quarto-figure" data-renderings="{{}}">
<figure class="quarto-float quarto-float-fig">
<div aria-describedby="fig-a-caption-0c">
{PART.format(n=1, said="(a) A <em>caption</em>.")}{PART.format(n=2, said="(b)")}</div>
<figcaption class="quarto-float-caption quarto-float-fig quarto-uncaptioned" id="fig-a-caption-0c">
Figure&nbsp;1
</figcaption>
</figure>
</div>
"""
"""What Quarto 1.9 makes of a numbered figure with renderings, without what does not matter."""


def test_two_parts_of_quartos_become_one_figure():
    """The figure keeps its name and its caption, and each picture goes to its scheme."""
    said = "[&quot;dark&quot;,&quot;light&quot;]"
    html = in_schemes(QUARTOS.replace("{}", said))
    assert html.count("<figcaption") == html.count("<figure") == 1
    assert "Figure&nbsp;1: A <em>caption</em>." in html
    dark, light = html.index("dark-content"), html.index("light-content")
    assert dark < html.index("output-1.png") < light < html.index("output-2.png")
    assert html.count('loading="lazy"') == 2
    assert 'id="fig-a-1"' not in html


def test_a_figure_of_real_parts_stays_one():
    """Where a cell shows something else than one picture for each scheme, nothing is moved."""
    html = QUARTOS.replace("{}", "[&quot;light&quot;]")
    assert "(b)" in in_schemes(html)


def test_what_is_hidden_is_not_loaded():
    """A picture for one scheme waits until it is shown, in whatever way it came."""
    html = '<div class="cell-output light-content">\n<img src="a.png">\n</div><img src="b.png">'
    assert in_schemes(html) == html.replace('<img src="a', '<img loading="lazy" src="a')
