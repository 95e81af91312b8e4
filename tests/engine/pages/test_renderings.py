"""Of two renderings of a cell each is shown in its scheme alone, in a figure with one caption."""

import re

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


def in_states(said, texts=("Text.", "Text."), more=""):
    """Return the figure of two parts with states, as Quarto says so."""
    html = QUARTOS.replace(' data-renderings="{}"', f' data-states="{said}"{more}')
    for number, text in enumerate(texts, 1):
        old = f'id="fig-a-{number}" data-ref-parent="fig-a" alt="Text."'
        html = html.replace(old, old.replace("Text.", text))
    return in_schemes(html)


SAID = "{&quot;Wind &lt;m/s&gt;&quot;:[0,&quot;a &amp;amp; b&quot;]}"


def test_two_parts_of_quartos_become_two_states():
    """A group of radio buttons, each before its picture; what is not shown waits."""
    html = in_states(SAID, more=' start="a &amp;amp; b"')
    assert html.count("<figcaption") == html.count("<figure") == 1
    assert "Figure&nbsp;1: A <em>caption</em>." in html
    group = html[html.index("<fieldset") : html.index("</fieldset>")]
    assert group == (
        '<fieldset class="states"><legend>Wind &lt;m/s&gt;</legend>'
        '<label><input type="radio" name="fig-a-state">0</label><div class="state">'
        '<img loading="lazy" alt="Wind &lt;m/s&gt;: 0. Text." src="fig-a-output-1.png" width="571">'
        "</div>"
        '<label><input type="radio" name="fig-a-state" checked>a &amp;amp; b</label>'
        '<div class="state">'
        '<img alt="Wind &lt;m/s&gt;: a &amp;amp; b. Text." src="fig-a-output-2.png" width="571">'
        "</div>"
    )


def test_a_figure_shown_twice_has_two_groups_of_buttons():
    """A button pressed in one leaves the other as it is."""
    one = QUARTOS.replace(' data-renderings="{}"', f' data-states="{SAID}"')
    html = in_schemes(one + one)
    names = re.findall(r'<input type="radio" name="([^"]*)"', html)
    assert names == [*["fig-a-state"] * 2, *["fig-a-state-2"] * 2]
    assert html.count(" checked>") == 2
    assert in_schemes(html) == html


def test_each_state_has_the_text_that_its_author_gave_it():
    """A list of texts is one for each state, and says nothing else."""
    html = in_states(SAID, texts=("Calm.", "Wild."))
    assert html.index('alt="Calm."') < html.index('alt="Wild."')
    assert "Wind &lt;m/s&gt;:" not in html


def test_states_for_both_schemes_have_two_pictures_each():
    """They come by turns, light and dark, and the state's text is that of both."""
    both = "[&quot;light&quot;,&quot;dark&quot;]"
    four = PART.format(n=1, said="(a) C.") + "".join(PART.format(n=n, said="") for n in (2, 3, 4))
    html = QUARTOS.replace(QUARTOS[QUARTOS.index('<div class="cell-output') :], f"{four}</div>")
    html += QUARTOS[QUARTOS.index('<figcaption class="quarto-float-caption quarto-float-fig') :]
    html = in_schemes(html.replace("{}", f'{both}" data-states="{SAID}'))
    assert html.count('class="state"') == 2
    assert html.count("light-content") == html.count("dark-content") == 2
    assert html.count('loading="lazy"') == 4


def test_states_that_do_not_fit_their_pictures_change_nothing():
    """Whoever writes the attribute, in whatever way, the figure stays as it is."""
    for said in ("{", "[]", "{}", "{&quot;a&quot;:[1]}", "{&quot;a&quot;:[1,1]}", "1"):
        assert "(b)" in in_states(said)
    assert "(b)" in in_states("{&quot;a&quot;:[1,2,3]}")
