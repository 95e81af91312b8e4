"""Small things on pages: captions, addresses of e-mail, widths of pictures, what scrolls, icons."""

import re
from html import unescape

import pytest

from portfolio.pages.captions import folded, unbroken
from portfolio.pages.highlighted import COLOURED, lightened
from portfolio.pages.icons import icon, icon_of
from portfolio.pages.scrolling import FOCUS, focusable
from portfolio.pages.shy import shy
from portfolio.pages.widths import given, narrowed
from portfolio.shipped import EXTENSION

LONG = "Words that say what is drawn here, one after the other. " * 4


@pytest.mark.parametrize("said", ["90 %", "12 ms", "3 million", "20 °C", "5 GB"])
def test_a_unit_stays_with_its_number(said):
    """No line of a caption breaks between them; text elsewhere is the author's."""
    kept = said.replace(" ", "\u00a0")
    assert (
        unbroken(f"<figcaption>a {said}, b</figcaption>") == f"<figcaption>a {kept}, b</figcaption>"
    )
    assert unbroken(f"<p>a {said}, b</p>") == f"<p>a {said}, b</p>"
    assert unbroken("<figcaption>2 methods</figcaption>") == "<figcaption>2 methods</figcaption>"


def test_a_long_caption_unfolds():
    """Its first sentence shows, and the rest does on demand; doing it twice is doing it once."""
    caption = f"<figcaption>Figure 1: At 0.5 <math><mi>x.</mi> A</math> ends. {LONG}</figcaption>"
    found = folded(caption, "Read")
    assert found.startswith(
        "<figcaption>Figure 1: At 0.5 <math><mi>x.</mi> A</math> ends. <details>"
    )
    assert "<summary>Read</summary>" in found
    assert folded(found, "Read") == found


@pytest.mark.parametrize("said", ["Short. Very.", LONG.replace(". ", ", "), f"<b>One. {LONG}</b>"])
def test_other_captions_stay_whole(said):
    """So do short ones, those of one sentence, and those whose sentences end within an element."""
    assert folded(f"<figcaption>{said}</figcaption>", "Read") == f"<figcaption>{said}</figcaption>"


def test_addresses_of_mail_are_spelt_by_numbers():
    """The source has no @, a browser sees what was written, and only links are changed."""
    link = '<a class="x" href="mailto:ada@byron.example?subject=a">ada@byron.example</a>'
    found = shy(f"{link}<p>a@b.example</p>")
    assert "@byron" not in found
    assert unescape(found) == f"{link}<p>a@b.example</p>"
    assert shy(found) == found


@pytest.mark.parametrize(
    ("said", "pixels"),
    [
        ('width="200"', 200),
        ('width="50%"', 357),
        ('style="width:50%"', 357),
        ('style="width:2in"', 192),
        ('style="width:3zz"', 0),
        ('width="480" height="300"', 0),
        ("", 0),
    ],
)
def test_a_width_that_an_author_gives_is_heeded(said, pixels):
    """In pixels, in shares of the column, or as a length; a size of our own is none."""
    assert given(f'<img src="a.png" {said}>') == pixels


def test_a_narrowed_picture_keeps_its_shape():
    """It has both measures, so that the page does not jump, and no style."""
    found = narrowed('<img src="a.png" style="width:2in">', 192, (400, 200))
    assert found == '<img class="sized" src="a.png" width="192" height="96">'


def outputs(text):
    """Return the output of a cell that printed ``text``."""
    return f'<div class="cell-output cell-output-stdout">\n<pre><code>{text}</code></pre>'


def formula(signs):
    """Return a displayed formula with its source."""
    return f'<math display="block"><mi>{signs}</mi><annotation>{"y" * 99}</annotation></math>'


@pytest.mark.parametrize(
    ("html", "focus"),
    [
        (outputs("short\nlines"), 0),
        (outputs("a line that is longer than a phone is wide"), 1),
        (
            '<pre class="sourceCode"><code>a line that is longer than a phone is wide</code></pre>',
            0,
        ),
        (formula("x" * 8), 0),
        (formula("x" * 9), 1),
        (formula("<mspace width='9em'></mspace>"), 0),
        (formula("<mspace width='9em'></mspace>" * 5), 1),
        ("<p><table class='wide'><tr><td>1</td></tr></table></p>", 1),
    ],
)
def test_only_what_can_scroll_takes_the_focus(html, focus):
    """Code wraps; wide outputs and formulas scroll, and are reached by keyboard, once each."""
    assert focusable(html).count(FOCUS) == focus
    assert focusable(focusable(html)) == focusable(html)


@pytest.mark.parametrize(
    ("href", "name"),
    [
        ("mailto:a@b.example", "mail"),
        ("https://orcid.org/0000-0000-0000-0000", "orcid"),
        ("https://scholar.google.com/citations?user=x", "scholar"),
        ("https://scholar.google.co.uk/citations?user=x", "scholar"),
        ("https://www.github.com/ada", "github"),
        ("https://gitlab.university.example/ada", "gitlab"),
        ("https://sea.social/@ada", "mastodon"),
        ("https://sea.example/@ada/posts", "web"),
        ("https://notgithub.example/ada", "web"),
        ("/files/cv.pdf", "file"),
        ("https://[", "link"),
    ],
)
def test_a_link_has_the_icon_of_its_place(href, name):
    """The address tells it; unknown places have a plain one."""
    assert icon_of(href) == icon(name)


CODE = """<code class="sourceCode python"><span id="cb1-1"><a href="#cb1-1" aria-hidden="true" \
tabindex="-1"></a><span class="im">import</span> tides <span class="op">&lt;</span></span>
<span id="cb1-2"><a href="#cb1-2" aria-hidden="true" tabindex="-1"></a></span></code>"""


def test_code_has_no_more_markup_than_shows():
    """Links of lines without numbers go, and marks without a colour, unless the owner has some."""
    lines = CODE.replace('<a href="#cb1-1" aria-hidden="true" tabindex="-1"></a>', "")
    lines = lines.replace('<a href="#cb1-2" aria-hidden="true" tabindex="-1"></a>', "")
    light = lines.replace('<span class="op">&lt;</span>', "&lt;")
    assert lightened(CODE) == lightened(light) == light
    sheets = '<link rel="stylesheet" href="a.css"><link rel="stylesheet" href="my.css">'
    assert lightened(sheets + CODE) == sheets + lines
    numbered = f'<pre class="sourceCode numberSource">{CODE}</pre>'
    assert lightened(numbered) == numbered


def test_code_keeps_every_mark_that_has_a_colour():
    """What goes is what the style sheet does not name."""
    css = (EXTENSION / "site.css").read_text(encoding="utf-8")
    assert set(re.findall(r"\bcode \.(\w\w)\b", css)) == COLOURED
