"""LaTeX in bibliographies becomes the text that it stands for."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pylatexenc.latex2text import LatexNodes2Text

from portfolio.records.latex.convert import formulas_in, to_html, to_text
from portfolio.records.latex.formulas import formula_html, only_mathml

WRITTEN = [r"\'e", r"{\"u}", r"\^{\i}", r"\c{c}", r"\v{C}apek", r"{\ss}", r"\o{}", r"{\L}", r"\&"]
WRITTEN += [r"\%", r"\_", "``", "--", "---", "~", "{Big}", "word", " ", "(", "é", r"{\H o}"]


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"{TideNet}: a {\'e}tude", "TideNet: a étude"),
        (r"M{\"u}ller \& S{\o}n", "Müller & Søn"),
        ("4071--4081", "4071–4081"),
        (r"$\alpha$-divergence", "α-divergence"),
        ("two\n   lines", "two lines"),
        ("R & D", "R & D"),
        ("50% of it", "50% of it"),
        (r"5{\%} of {\textless}10{\textmu}m", "5% of <10µm"),
        (r"{\$}x{\^{}}2{\$} and \~{}a", "$x^2$ and ~a"),
        (r"\$$\lbrace$$\lbrace$ $$x$$", "${{ x"),
        (r"\unknown{\textgreater} \textasciitilde b", "> ~b"),
        (r"50\% of it", "50% of it"),
    ],
)
def test_latex_becomes_text(latex, text):
    """Accents are composed, braces and commands go, and nothing that was text is lost."""
    assert to_text(latex) == text


@settings(deadline=None, max_examples=200)
@given(st.lists(st.sampled_from(WRITTEN), max_size=10).map("".join))
def test_letters_and_signs_agree_with_pylatexenc(latex):
    """Accents, letters, signs and dashes are what pylatexenc makes of them."""
    slow = LatexNodes2Text(math_mode="text", strict_latex_spaces=False).latex_to_text(latex)
    assert to_text(latex) == " ".join(slow.split())


@pytest.mark.parametrize(
    ("latex", "html"),
    [
        (r"\emph{E. coli} \& {\it vivo}", "<em>E. coli</em> &amp; <em>vivo</em>"),
        (
            r"H\textsubscript{2}O, CO$_2$, 5\textsuperscript{th}",
            "H<sub>2</sub>O, CO<sub>2</sub>, 5<sup>th</sup>",
        ),
        ("a < b & <u>c</u>", "a &lt; b &amp; &lt;u&gt;c&lt;/u&gt;"),
        ("from $5 to $10", "from $5 to $10"),
        (r"$\frac{1$", r"<code>\frac{1</code>"),
    ],
)
def test_latex_becomes_html(latex, html):
    """Emphasis and indices are kept, all else is text, and a broken formula is its source."""
    assert to_html(latex) == html


def test_formulas_become_mathml():
    """A formula is MathML between words, and text where only text can stand."""
    html = to_html(r"the $\ell_1$ norm")
    assert html.startswith("the <math ")
    assert html.endswith("</math> norm")
    assert "<msub><mi>ℓ</mi><mn>1</mn></msub>" in html
    assert to_text(r"the $\ell_1$ norm") == "the ℓ₁ norm"
    assert formulas_in(r"\(a\) and $b^2$ cost $5") == ["a", "b^2"]


def test_formulas_cannot_carry_markup():
    """Whatever a formula says, it comes out as MathML without addresses or handlers."""
    html = formula_html(r"\href{javascript:alert(1)}{x}<img src=x onerror=alert(1)>\text{</math>}")
    assert "<img" not in html
    assert "href" not in html.replace(r"\href", "")


@pytest.mark.parametrize(
    ("inside", "kept"),
    [
        ("<mi>x</mi>", True),
        ("<mi><script>x</script></mi>", False),
        ('<mi href="javascript:x">x</mi>', False),
        ('<mi onclick="x">x</mi>', False),
        ('<p xmlns="http://www.w3.org/1999/xhtml">x</p>', False),
        ("<mi>x", False),
    ],
)
def test_only_mathml_reaches_a_page(inside, kept):
    """Other elements, addresses, handlers and broken markup are refused."""
    html = f'<math xmlns="http://www.w3.org/1998/Math/MathML">{inside}</math>'
    assert only_mathml(html) == (html if kept else "")
