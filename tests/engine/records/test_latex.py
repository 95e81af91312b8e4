"""LaTeX in bibliographies becomes the text that it stands for."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pylatexenc.latex2text import LatexNodes2Text

from portfolio.records.latex.convert import formulas_in, to_html, to_text, unknown_in
from portfolio.records.latex.formulas import formula_html, formula_text, only_mathml

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
        (r"The \LaTeX{} Companion to {\TeX}", "The LaTeX Companion to TeX"),
        (r"Win32\slash Intel", "Win32/Intel"),
        (r"\mkbibquote{a \enquote{b}} \mkbibparens{c}", "“a ‘b’” (c)"),
        (r"\raise-0.5ex\hbox{x} y\kern.1em z\hskip 1em plus 2pt \raisebox{1pt}{q}", "x yz q"),
        (r"\foo[1]{kept} \bar{x}\, \baz too [1]", "kept x̄ too [1]"),
        (r"a\footnote{b} \cite[p.~3]{c} \textcolor{red}{d}", "a (b) [c] d"),
        (r"\noopsort{1973}b \SortNoop{x}c \bibinfo{author}{d} \natexlab{e}", "b c d e"),
        (
            r"\'{\^e} \d{\^a} \c{\i} \~{\i} \t{oo} \G{o} \H o \k a {\c c}",
            "ế ậ i\u0327 ĩ o͡o ȍ ő ą ç",
        ),
        ('M"uller "and" 5" Stra"se, "it"s', 'Müller "and" 5" Straße, "it"s'),
        ("The `Small' Print, don't, `it's'", "The ‘Small’ Print, don't, ‘it's’"),
        ("''both ends'' and `code`", "“both ends” and ‘code’"),
        (r"Sr\&\#273;an {\&}amp; &amp;amp; &#123;", "Srđan & & {"),
        ("a&nbsp;b&shy;c &eacute; &bogus; R&D; &#8212; &#xe9;", "a bc é &bogus; R&D; — é"),
        ("soft\u00adhyphen, zero\u200bwidth, no\u00a0break", "softhyphen, zerowidth, no break"),
        (r"\MakeUppercase{\"a\ss} \lowercase{AB} \char65 \symbol{66}", "ÄSS ab A B"),
        (
            r"\verb|a -- b| \path{c_d} \nolinkurl{x~y} \url{https://a.b/~c--d}",
            "a -- b c_d x~y https://a.b/~c--d",
        ),
        (r"\SI{10}{\milli\metre\per\second} \num{2e6} \SI{5}{\percent}", "10 mm/s 2 × 10⁶ 5 %"),
        (r"\ce{2H2 + O2 -> 2H2O} \ce{^{13}C}", "2H2 + O2 → 2H2O 13C"),
        (r"\begin{itemize}\item a\end{itemize} \nicefrac{1}{2} \texorpdfstring{a}{b}", "a 1/2 a"),
        (r"\textdegree C \texttrademark{} \S 3 \pounds5 \copyright", "°C ™ §3 £5 ©"),
        (r"\mnras{} \etal", "Monthly Notices of the Royal Astronomical Society et al."),
        ("<i>In vivo</i>, a<b and </i> <u>x</u>", "In vivo, a<b and </i> <u>x</u>"),
        (r"\string<i>x</i>", "<i>x</i>"),
        (r"5$^{th}$, 2\({}^{\mbox{nd}}\), 10$^{-3}$, x$_{max}$", "5th, 2nd, 10⁻³, x_max"),
        (r"Rosi\ifmmode \acute{n}\else \'{n}\fi{}ska", "Rosińska"),
        (r"77\textdegreeK, B\aa\aath, \oeuvre, \eg{} this", "77°K, Bååth, œuvre, e.g. this"),
        (r"two words.\nAnother\nline and \nosuch", "two words. Another line and"),
        (r"G\''{u}nter \''Ohm", "Günter Öhm"),
        (r"\"Escaped\" and \"Odd", '"Escaped" and Ödd'),
        (r"\url{{https://a.b/x\_y}}", "https://a.b/x_y"),
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
        (
            "<i>In vivo</i> H<sub>2</sub>O <SPAN class='nocase'>x</span> <b onclick=y>z</b>",
            "<em>In vivo</em> H<sub>2</sub>O x <strong>z</strong>",
        ),
        (
            r"{\textless}i{\textgreater}x{\textless}/i{\textgreater} &lt;b&gt;y&lt;/b&gt;",
            "<em>x</em> <strong>y</strong>",
        ),
        ("<i>open <b>and</i> shut</b>", "<em>open &lt;b&gt;and</em> shut&lt;/b&gt;"),
        (r"\emph{<b>x} y</b>", "<em>&lt;b&gt;x</em> y&lt;/b&gt;"),
        (
            "<script>alert(1)</script><img src=x>",
            "&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x&gt;",
        ),
        (
            r"{\bf a {\it b}} \ce{SO4^2-}",
            "<strong>a <em>b</em></strong> SO<sub>4</sub><sup>2-</sup>",
        ),
        ("from $5 to $10", "from $5 to $10"),
        (r"$\frac{1$", r"<code>\frac{1</code>"),
    ],
)
def test_latex_becomes_html(latex, html):
    """Emphasis and indices are kept, all else is text, and a broken formula is its source."""
    assert to_html(latex) == html


@pytest.mark.parametrize("tex", [r"\=\sqrt\[", r"\d\sqrt[", r"\frac{1", r"\'", r"\begin{x", "_{"])
def test_a_broken_formula_is_text(tex):
    """However a formula is torn, there is a text for it on one line."""
    assert to_text(f"a ${tex}$ b").startswith("a ")


def test_unknown_commands_are_told():
    """A command that nobody knows is told as often as it stands there."""
    assert unknown_in(r"\foo{a} \emph{\foo b} \baz \alpha \ss \textsc{x}") == ("foo", "foo", "baz")
    assert unknown_in("none at all") == ()


@pytest.mark.parametrize(
    ("tex", "text"),
    [(r"\mbox{max}_1", "max₁"), (r"\operatorname{div} u", "div u"), (r"\foo{x}^2", "x²")],
)
def test_formulas_keep_their_words(tex, text):
    """No command in a formula takes its text along either."""
    assert formula_text(tex) == text


@pytest.mark.parametrize(
    "tex",
    [
        r"\chi_{\rm eff}",
        r"\hbox {N}^3\hbox{LO}",
        r"{\cal O}(n {\l}og n)",
        r"\rm d x",
        r"\mathrmHe^3",
        r"\sqrtn",
    ],
)
def test_old_commands_are_formulas_too(tex):
    """Switches of fonts, boxes, and commands that an export has torn apart become MathML."""
    html = formula_html(tex)
    assert html.startswith("<math ")
    assert "merror" not in html


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
