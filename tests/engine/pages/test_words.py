"""Every word of the interface, in every language."""

import re
from datetime import date
from pathlib import Path

import pytest
from babel import Locale

from portfolio.pages import reference
from portfolio.pages.own_words import faults_of_words, own_words
from portfolio.pages.translations import unmarked
from portfolio.pages.untranslated import untranslated
from portfolio.pages.words import ENGLISH, LANGUAGES, PLACE, shipped, spoken, table_of, words
from portfolio.records.site import load_site

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
    """A language has each key of English, no empty sentence, and the same places."""
    english, table = table_of(ENGLISH), table_of(lang)
    assert table.keys() == english.keys()
    for key, said in table.items():
        assert all(sentence.strip() for sentence in sentences(said)), key
        assert places(said) == places(english[key]), key
        if not isinstance(said, str):
            locale = Locale.parse(lang)
            rule = locale.ordinal_form if key.startswith("nth-") else locale.plural_form
            assert {"other"} <= said.keys() <= {*rule.tags, "other"}, key


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


def test_the_text_of_a_page_is_its_authors():
    """A page may write about what templates say, even with a stray end of the main part."""
    text = "<b>{say skip}</b><main><code>{say skip}</code></main>{say skip}</main><i>{say skip}</i>"
    said = text.replace("<b>{say skip}", "<b>Skip to the content")
    said = said.replace("<i>{say skip}", "<i>Skip to the content")
    assert spoken(text, words()) == said


def test_what_the_renderer_adds_to_a_text_is_told_in_words():
    """The head of folded code, and the note in place of what would run, are in the page's words."""
    said = spoken("<main><summary>{say term-code}</summary></main>", words("fr"))
    assert said == "<main><summary>Code</summary></main>"


def test_english_needs_no_babel(monkeypatch):
    """Pages in English are written without Babel, which takes its time to load."""
    monkeypatch.setitem(__import__("sys").modules, "babel", None)
    say = words("en-GB")
    assert (say.number(10000), say.day(date(2021, 2, 3))) == ("10,000", "3 Feb 2021")


def test_files_are_named_by_language():
    """A file of words is named by the tag of its language alone."""
    assert all(re.fullmatch("[a-z]{2,3}", path.stem) for path in LANGUAGES.glob("*.toml"))


def test_all_roles_have_words():
    """Whatever somebody has done to a work can be said."""
    assert {*reference._DONE.values(), *reference._ROLES.values()} <= table_of(ENGLISH).keys()  # noqa: SLF001


@pytest.mark.parametrize(
    ("settings", "line"),
    [
        ("notebok: Analysis", "3: words.notebok: no word of the interface has this key: write"),
        ("fr: {notebook: ''}", "3: words.fr.notebook: it is no text (): write the word"),
        ('volume: "{tome}"', "3: words.volume: nothing fills the place {tome}: it has {volume}"),
        ("nth-edition: {one: first}", "3: words.nth-edition: the form for all other numbers is"),
        ("nth-edition: {first: a, other: b}", "3: words.nth-edition: it has no form first: write"),
    ],
)
def test_own_words_that_cannot_be_said_are_named(tmp_path, settings, line):
    """Each has its own line, and the interface keeps its word."""
    text = f"owner: {{name: Jane Doe, site: https://doe.example}}\nwords:\n  {settings}\n"
    (tmp_path / "_quarto.yml").write_text(text, encoding="utf-8")
    (problem,) = faults_of_words(tmp_path)
    assert str(problem).startswith(f"_quarto.yml:{line}")
    site = load_site(tmp_path)
    assert own_words(site.words, "en") == own_words(site.in_language("fr").words, "fr") == {}


def test_own_words_have_their_language(tmp_path):
    """What stands at the top is in the language of the site, the rest in its own."""
    told = "lang: de\nwords: {notebook: Rechnung, fr: {notebook: Calculs, page: Fiche}}\n"
    owner = (
        "owner: {name: Jane Doe, site: https://doe.example, role: Forscherin, fr: {role: Prof}}\n"
    )
    (tmp_path / "_quarto.yml").write_text(told + owner, encoding="utf-8")
    site = load_site(tmp_path)
    sites = {lang: site.in_language(lang) for lang in ("de", "fr-CA", "es")}
    said = {lang: words(lang, own_words(one.words, lang)) for lang, one in sites.items()}
    assert [say("notebook") for say in said.values()] == ["Rechnung", "Calculs", "Cuaderno"]
    assert [one.owner.role for one in sites.values()] == ["Forscherin", "Prof", "Forscherin"]
    assert list(faults_of_words(tmp_path)) == []


@pytest.mark.parametrize(
    ("lang", "number", "day"),
    [
        ("en", "10,000", "3 Feb 2021"),
        ("de", "10.000", "3. Feb. 2021"),
        ("fr", "10\N{NARROW NO-BREAK SPACE}000", "3 févr. 2021"),
        ("zh", "10,000", "2021年2月3日"),
    ],
)
def test_numbers_and_days_are_written_as_the_language_does(lang, number, day):
    """CLDR says how."""
    say = words(lang)
    assert (say.number(10000), say.day(date(2021, 2, 3))) == (number, day)


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "1,234.5 12%"),
        ("de", "1.234,5 12\N{NO-BREAK SPACE}%"),
        ("pt", "1.234,5 12%"),
        ("fr", "1\N{NARROW NO-BREAK SPACE}234,5 12\N{NO-BREAK SPACE}%"),
    ],
)
def test_numbers_of_python_are_written_as_the_language_does(lang, said):
    """Point, groups and per cent are the language's."""
    assert words(lang).as_here("1,234.5 12%") == said


@pytest.mark.parametrize("tag", ["xx", "../en", "", "en-x-lolcat"])
def test_a_language_that_nobody_knows_is_spoken_in_english(tag):
    """A slip in `lang` costs the site its words, and no render."""
    say = words(tag)
    assert (say("notebook"), say.number(7), say.direction) == ("Notebook", "7", "ltr")


@pytest.mark.parametrize(
    ("address", "lang", "plain"),
    [
        ("fr/news/index.html", "fr", "news/index.html"),
        ("fr/news/index.html", "fr-CA", "news/index.html"),
        ("index.pt-BR.html", "pt-BR", "index.html"),
        ("cv/index.html", "en", "cv/index.html"),
        ("notes/v1.2.html", "en", "notes/v1.2.html"),
        ("index.fr.html", "en", "index.fr.html"),
    ],
)
def test_an_address_names_a_language_where_the_page_is_in_it(address, lang, plain):
    """A folder called `cv` is no Chuvash, unless its pages say that they are."""
    assert unmarked(address, lang) == plain


PAGE = "---\ntitle: A page\n{}---\n"


@pytest.mark.parametrize(
    ("files", "lines"),
    [
        ({}, []),
        ({"en-GB/_metadata.yml": "lang: en-GB\n", "en-GB/index.qmd": PAGE.format("")}, []),
        (
            {"fr/index.qmd": PAGE.format("")},
            ["fr/index.qmd:1: hint: lang: it stands beside index.qmd as its version in fr, and is"],
        ),
        ({"cv/talks.qmd": PAGE.format("")}, []),
        (
            {"index.qmd": PAGE.format("lang: xx\n")},
            ["index.qmd:3: lang: nobody knows the language"],
        ),
        (
            {"it.qmd": PAGE.format("lang: it\n")},
            ["it.qmd:3: hint: lang: COUNT words of the interf"],
        ),
    ],
    ids=["none", "a folder", "nobody says so", "no language", "no such language", "no words"],
)
def test_what_languages_lack_is_said(tmp_path, files, lines):
    """A page in the wrong language, a language without words, and one that is none."""
    settings = {"_quarto.yml": "owner: {name: Jane Doe, site: https://doe.example}\n"}
    for name, text in (settings | {"index.qmd": PAGE.format("")} | files).items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    said = list(map(str, untranslated(tmp_path, load_site(tmp_path))))
    count = str(len(table_of(ENGLISH)))
    assert len(said) == len(lines)
    assert all(map(str.startswith, said, [line.replace("COUNT", count) for line in lines]))
