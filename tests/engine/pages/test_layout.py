"""What goes before, beside and after the text of a page, and off again."""

import pytest

from portfolio.pages.home import INTRODUCTION
from portfolio.pages.layout import PLAIN, Layout, bare, introduced

HEAD = '<html><body><main id="main">'
FIGURE = '<figure id="fig-a"><img src="a.svg" alt=""></figure>'
SECTIONS = "".join(f'<h2 id="s{n}">Part <a href="#x">{n}</a></h2><p>t</p>' for n in range(4))
LAYOUT = Layout("<p>top</p>", "", "<p>foot</p>", contents="On this page", cite="Cite", read="Read")


def page(text):
    """Return a page of our look with a title and a ``text``."""
    return f"{HEAD}<h1>T</h1>{text}</main><footer></footer></body></html>"


def test_a_layout_comes_off_as_it_went_on():
    """What is added stands between marks: a page laid out anew is never laid out twice."""
    plain = page(f'<p class="lead">L</p>{SECTIONS}')
    laid = LAYOUT.put_on(plain)
    assert laid != plain
    assert bare(laid) == plain
    assert LAYOUT.put_on(bare(laid)) == laid


def test_top_title_text_and_foot_are_in_order():
    """The way back comes before the title, and how to cite after the text, within main."""
    laid = LAYOUT.put_on(page(SECTIONS))
    places = [laid.index(part) for part in ("top", "<h1>", 'id="s0"', "foot", "</main>")]
    assert places == sorted(places)


def test_the_figure_comes_before_the_summary():
    """A summary goes below a figure that follows it, and stays where none does."""
    lead = '<p class="lead">L</p>'
    laid = LAYOUT.put_on(page(lead + FIGURE + SECTIONS))
    assert laid.index("<figure") < laid.index(lead) < laid.index('id="s0"')
    assert LAYOUT.put_on(bare(laid)) == laid
    laid = LAYOUT.put_on(page(lead + SECTIONS + FIGURE))
    assert laid.index(lead) < laid.index('id="s0"') < laid.index("<figure")


@pytest.mark.parametrize(("count", "listed"), [(2, False), (3, True)])
def test_a_page_of_many_sections_has_a_list_of_them(count, listed):
    """Three sections are listed by their words, without links in links; fewer are seen at once."""
    text = "".join(f'<h2 id="s{n}">Part <a href="#x">{n}</a></h2>' for n in range(count))
    laid = LAYOUT.put_on(page(text))
    assert ('<a href="#s0">Part 0</a>' in laid) is listed
    assert ('<a href="#cite">Cite</a>' in laid) is listed


def test_a_page_without_layout_stays_as_it_is():
    """Home, the list and news are nobody else's."""
    assert PLAIN.put_on(page(SECTIONS)) == page(SECTIONS)


CARD = f'<div class="owner h-card"><h1 class="p-name">A</h1>\n{INTRODUCTION}\n'
PILLS = '<ul class="profiles"><li>x</li></ul>'


def test_the_first_paragraphs_of_home_introduce_the_owner():
    """They stand in the owner's card, before the links, once and for all."""
    text = f"<div>{CARD}{PILLS}</div></div>\n<p>I.</p>\n<p>You.</p>\n<h2>More</h2>"
    found = introduced(text)
    places = [
        found.index(part) for part in ("<h1", "I.", "You.", "profiles", "</div></div>", "<h2")
    ]
    assert places == sorted(places)
    assert introduced(found) == found


def test_lists_belong_to_the_introduction():
    """The links follow them as well, also where an item holds a list of its own."""
    lists = "<ul>\n<li>Ink\n<ol><li>Black</li></ol></li>\n</ul>"
    found = introduced(f"<div>{CARD}{PILLS}</div></div>\n<p>I.</p>\n{lists}\n<p>You.</p>\n<h2>")
    places = [found.index(part) for part in ("I.", "Ink", "Black", "You.", "profiles", "<h2")]
    assert places == sorted(places)
    assert introduced(found) == found


def test_a_page_has_one_title():
    """Where the author gives home a title, the owner's name is none."""
    found = introduced(f"<h1>About me</h1>{CARD}{PILLS}</div>")
    assert '<p class="name p-name">A</p>' in found
    assert found.count("<h1") == 1
