"""Every word of the interface, in every language."""

import re
from datetime import date
from pathlib import Path

import pytest

from portfolio.pages import reference
from portfolio.pages.words import ENGLISH, LANGUAGES, PLACE, shipped, spoken, table_of, words

ROOT = Path(__file__).parents[3]
ENGINE = ROOT / "scripts" / "portfolio"
_SAID = re.compile(r"""\bsay(?:\.html)?\(\s*"([^"]+)"|\{say ([a-z0-9-]+)\}""")


def sentences(said):
    """Return all forms of what stands at a key."""
    return [said] if isinstance(said, str) else list(said.values())


def places(said):
    """Return the places for values in what stands at a key."""
    return {place for sentence in sentences(said) for place in PLACE.findall(sentence)}


def test_all_that_is_said_is_in_the_table():
    """Python and the template say nothing that English has no words for."""
    sources = [*ENGINE.rglob("*.py"), ROOT / "_extensions" / "portfolio" / "page.html"]
    said = {
        next(filter(None, key))
        for path in sources
        if path.name != "words.py"
        for key in _SAID.findall(path.read_text(encoding="utf-8"))
    }
    assert said
    assert said <= table_of(ENGLISH).keys()


@pytest.mark.parametrize("lang", shipped())
def test_languages_say_the_same(lang):
    """A language has no key that English has not, no empty sentence, and the same places."""
    english, table = table_of(ENGLISH), table_of(lang)
    assert table.keys() <= english.keys()
    for key, said in table.items():
        assert all(sentence.strip() for sentence in sentences(said)), key
        assert places(said) == places(english[key]), key
        assert isinstance(said, str) or "other" in said, key


@pytest.mark.parametrize(
    ("number", "said"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (22, "22nd")],
)
def test_what_ranks_has_its_ending(number, said):
    """A number that ranks is written with the ending that English gives it."""
    assert words()("nth-edition", n=number) == f"{said} edition"


def test_words_are_text():
    """A sentence is escaped in HTML, and the values put into it are not."""
    say = words(ENGLISH, {"all-entries": "All & more: {files}"})
    assert say.html("all-entries", files="<b>x</b>") == "All &amp; more: <b>x</b>"


def test_a_template_names_words():
    """What a template names is said; what nobody knows stays as it is."""
    assert (
        spoken("<a>{say skip}</a> {say what}", words()) == "<a>Skip to the content</a> {say what}"
    )


def test_english_needs_no_babel(monkeypatch):
    """Pages in English are written without Babel, which takes its time to load."""
    monkeypatch.setitem(__import__("sys").modules, "babel", None)
    say = words("en-GB")
    assert (say.number(10000), say.day(date(2021, 2, 3))) == ("10,000", "3 Feb 2021")


def test_files_are_named_by_language():
    """A file of words is named by the tag of its language alone."""
    assert all(re.fullmatch("[a-z]{2,3}", path.stem) for path in LANGUAGES.iterdir())


def test_all_roles_have_words():
    """Whatever somebody has done to a work can be said."""
    assert {*reference._DONE.values(), *reference._ROLES.values()} <= table_of(ENGLISH).keys()  # noqa: SLF001
