"""Whatever stands in a field, it becomes text and HTML that is safe to show."""

import string
import time

import html5lib
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from portfolio.records.dates import read_day
from portfolio.records.formats import csl, ris
from portfolio.records.formats.record import Record
from portfolio.records.identifiers import doi_in, web_address
from portfolio.records.latex.convert import to_html, to_text
from portfolio.records.people.names import read_names

TAGS = {"em", "strong", "sup", "sub", "code", "html", "head", "body"}
PIECES = r"""
\emph{ \textbf{ \frac \'e {\"u} \url{ \href{ $x^2$ $ \( \) } { <script> & &amp; % ~ # ^ _ --
\ , ]]> "'` \begin{x} \verb| \item and \section* \newcommand
"""
PIECES = st.sampled_from([*PIECES.split(), " ", "\n", " and ", "山", "\ue000", "\ue100"])
LATEX = st.one_of(
    st.lists(PIECES, max_size=12).map("".join), st.text(string.printable, max_size=60)
)
anything = settings(deadline=None, max_examples=300)


@anything
@given(LATEX.filter(lambda latex: "$" not in latex and "\\(" not in latex))
@example("\\emph{a \\textbf{b}")
@example("<img src=x onerror=alert(1)>")
def test_html_has_our_tags_and_no_attributes(latex):
    """Nothing in a field opens a tag of its own or gives one an attribute."""
    html = to_html(latex)
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    for element in tree.iter():
        assert element.tag in TAGS
        assert not element.attrib
    assert html.count("<em>") == html.count("</em>")


@anything
@given(LATEX)
def test_text_has_neither_private_letters_nor_stray_spaces(latex):
    """Text is one line in which nothing of the conversion is left."""
    text = to_text(latex)
    assert text == " ".join(text.split())
    assert not any("\ue000" <= letter <= "\uf8ff" for letter in text)


@anything
@given(LATEX)
def test_every_list_of_names_is_read(field):
    """No list of names is too odd: each name that comes of it has letters to show."""
    for commas in (False, True):
        assert all(name.display and name.sort for name in read_names(field, commas=commas).names)


@anything
@given(st.text(string.printable, max_size=40))
def test_addresses_are_of_the_web_or_nothing(text):
    """What a link gets is a web address without quotes, brackets or spaces."""
    for href in (web_address(text), web_address(f"https://{text}")):
        assert href == "" or href.startswith(("http://", "https://", "HTTP", "Http"))
        assert not set(href) & set("\"'<> \n\\") - {"'"}


@anything
@given(st.text("0123456789/-. JanFebmay", max_size=14))
def test_dates_are_in_the_calendar(text):
    """A date that is read has a month of the year, and a day only with a month."""
    day = read_day(text)
    assert day.month is None or 1 <= day.month <= 12
    assert day.day is None or day.month
    assert str(day) == "" or day.year


@anything
@given(st.text(string.printable, max_size=40))
def test_a_doi_is_bare(text):
    """A DOI that is read starts with its prefix and has no spaces."""
    doi = doi_in(text)
    assert doi == "" or (doi.startswith("10.") and not set(doi) & set(' \n"'))


@pytest.mark.parametrize("said", ["1" * 9000, "-" + "1" * 9000, "²", "9999-99-99", "X" * 5000])
def test_no_number_is_too_long_to_be_a_date(said):
    """What cannot be a year, month or day is shown as it is, or left out, and stops nothing."""
    fields = dict.fromkeys(("year", "month", "day", "date", "urldate"), said)
    record = Record("a", "misc", (), (), fields)
    assert csl.read_csl(csl.write_csl([record])) == [record]
    assert ris.read_ris(ris.write_ris([record])) == [record]


@pytest.mark.parametrize(
    "said", [" ", "1 - ", "10.10", "10.1/", "abs/", "2024/", "a.h.", "{", "-1"]
)
def test_values_are_read_in_a_moment(said):
    """However long a field is, what it says of a work is known in a time that grows with it."""
    names = ("pages", "volume", "number", "doi", "url", "howpublished", "eprint", "year", "date")
    start = time.process_time()
    for name in names:
        record = Record("a", "article", (), (), {name: said * 10_000})
        assert csl.item_of(record)["type"] == "article-journal"
    assert time.process_time() - start < len(names)
