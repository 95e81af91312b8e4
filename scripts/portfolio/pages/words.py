"""Every word of the interface, in the language of the page.

A language is a file in ``languages/``: a sentence for each key, or one for each form that counting
takes in it (CLDR's plural categories). What a language lacks is said in the next more general one,
in the end in English.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property, lru_cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from portfolio.records.languages import general, is_tag

if TYPE_CHECKING:
    from babel import Locale

ENGLISH = "en"
LANGUAGES = Path(__file__).parent / "languages"
PLACE = re.compile(r"\{([a-z]+)\}")
"""A place in a sentence for a value: ``{n}``."""
_MARK = re.compile(r"\{say ([a-z][a-z0-9-]*)\}")
_OURS_IN_TEXT = re.compile(r'<(?:summary|p class="interactive")>\{say [a-z0-9-]+\}</')
"""What the renderer puts into an author's text."""
_NOT_LATIN = re.compile(r"[\u0370-\u1fff\u3000-\ud7ff\uf900-\uffee]")
_DIRECTIONS = {"left-to-right": "ltr", "right-to-left": "rtl"}
_HTML = re.compile("<html[^>]*>")
_OF_PAGE = re.compile(r'<html\b[^>]*\slang="([^"]*)"')

Said = str | Mapping[str, str]
"""A sentence, or one for each plural category."""


@dataclass(frozen=True, eq=False)
class Words:
    """The words of one language: call it with a key and the values of its places.

    ``say("cite")``, ``say("n-papers", n=207)``. The form follows ``n``, which counts things, or
    ranks them under a key that starts with ``nth-``. Numbers are written as the language does,
    other values as they are.
    """

    lang: str
    table: Mapping[str, Said]

    def __call__(self, key: str, /, **values: object) -> str:
        """Return what stands at ``key`` as plain text; raise KeyError where no language has it."""
        return self._filled(key, values, str)

    def html(self, key: str, /, **values: object) -> str:
        """Return what stands at ``key`` as HTML; the values are HTML already."""
        return self._filled(key, values, escape)

    def term(self, english: str) -> str:
        """Return what records name in English, such as ``PhD thesis``: as it is, where unknown."""
        said = self.table.get(f"term-{_slug(english)}", english)
        return said if isinstance(said, str) else english

    def number(self, number: int) -> str:
        """Write a number as the language does: 10,000."""
        if self.is_english:
            return f"{number:,}"
        from babel.numbers import format_decimal  # noqa: PLC0415  English needs no Babel

        return str(format_decimal(number, locale=self._locale))

    def as_here(self, number: str) -> str:
        """Write a number that is written as Python does, 1,234.5 or 12.5%, as the language does."""
        if self.is_english:
            return number
        marks = self._locale.number_symbols["latn"]
        put = {",": marks["group"], ".": marks["decimal"]}
        percent = str(self._locale.percent_formats[None].pattern).lstrip("#,0")
        put["%"] = percent if percent.endswith("%") else "%"
        return "".join(put.get(each, each) for each in number)

    def day(self, day: date) -> str:
        """Write a day as the language does, with the month cut short."""
        if self.is_english:
            return f"{day.day} {day:%b %Y}"
        from babel.dates import format_skeleton  # noqa: PLC0415  English needs no Babel

        return str(format_skeleton("yMMMd", day, locale=self._locale))

    def month(self, day: date) -> str:
        """Write a day's month and year as the language does, the month cut short."""
        if self.is_english:
            return f"{day:%b %Y}"
        from babel.dates import format_skeleton  # noqa: PLC0415  English needs no Babel

        return str(format_skeleton("yMMM", day, locale=self._locale))

    def in_full(self, day: date, *, with_day: bool) -> str:
        """Write a day, or its month alone, as the language does in full."""
        from babel.dates import format_date, format_skeleton  # noqa: PLC0415  seldom needed

        if with_day:
            return str(format_date(day, "long", locale=self._locale))
        return str(format_skeleton("yMMMM", day, locale=self._locale))

    def period(self, first: date, last: date, *, with_day: bool) -> str:
        """Write the days, or months, from one to another as the language does."""
        from babel.dates import format_interval  # noqa: PLC0415  seldom needed

        return str(
            format_interval(first, last, "yMMMd" if with_day else "yMMMM", locale=self._locale)
        )

    def listed(self, items: Iterable[str]) -> str:
        """Return ``items``, text or HTML, with the language's mark between each two.

        Where all of them are in Latin letters it is their own.
        """
        listed = list(items)
        return (self("comma") if any(map(_NOT_LATIN.search, listed)) else ", ").join(listed)

    def _filled(self, key: str, values: Mapping[str, object], given: Callable[[str], str]) -> str:
        said = self.table[key]
        if not isinstance(said, str):
            said = str(said.get(self._form(key, int(str(values["n"]))), said["other"]))
        if "{" not in said:
            return given(said)
        return PLACE.sub(lambda place: self._written(values[place[1]]), given(said))

    def _written(self, value: object) -> str:
        return self.number(value) if isinstance(value, int) else str(value)

    def _form(self, key: str, number: int) -> str:
        """Return the plural category of a number, as one that counts or one that ranks."""
        if self.is_english:
            return _ranked(str(number)) if key.startswith("nth-") else _counted(number)
        rule = self._locale.ordinal_form if key.startswith("nth-") else self._locale.plural_form
        return str(rule(number))

    @property
    def own_name(self) -> str:
        """The name that the language has for itself: Français."""
        for tag in general(self.lang):
            if said := table_of(tag).get("language"):
                return str(said)
        name = str(self._locale.get_display_name())
        return name[:1].upper() + name[1:]

    @property
    def direction(self) -> str:
        """Which way the language is written: ``ltr`` or ``rtl``."""
        return "ltr" if self.is_english else _DIRECTIONS[self._locale.character_order]

    @property
    def is_english(self) -> bool:
        """Whether the language is one of the kinds of English."""
        return self.lang.partition("-")[0] == ENGLISH

    @cached_property
    def _locale(self) -> "Locale":
        from babel import Locale  # noqa: PLC0415  English needs no Babel

        return _locale(self.lang) or Locale.parse(ENGLISH)


def words(lang: str = ENGLISH, own: Mapping[str, Said] | None = None) -> Words:
    """Return the words of a language, with the owner's ``own`` over them."""
    tag = lang.replace("_", "-")
    found = _words(tag if is_tag(tag) else ENGLISH)
    return Words(found.lang, {**found.table, **own}) if own else found


def spoken(html: str, say: Words) -> str:
    """Return a page with words where its template says ``{say key}``; unknown keys stay.

    It says which way it is written, where that is not from the left. What an author wrote in
    ``main`` stays as it is.
    """
    if say.direction == "rtl" and " dir=" not in (head := _HTML.search(html) or [""])[0]:
        html = html.replace(head[0], f'{head[0][:-1]} dir="rtl">', 1)
    before, opening, rest = html.partition("<main")
    main, closing, after = rest.rpartition("</main>")
    main = _OURS_IN_TEXT.sub(lambda ours: _told(ours[0], say), main)
    return "".join((_told(before, say), opening, main, closing, _told(after, say)))


def _told(html: str, say: Words) -> str:
    return _MARK.sub(lambda mark: say.html(mark[1]) if mark[1] in say.table else mark[0], html)


def language_of(html: str) -> str:
    """Return the language that a page says it is in."""
    found = _OF_PAGE.search(html)
    return found[1] if found else ENGLISH


def is_known(lang: str) -> bool:
    """Return whether there is a language of this code."""
    return any(map(table_of, general(lang))) or _locale(lang) is not None


def shipped() -> list[str]:
    """Return the languages that there are files of."""
    return sorted(path.stem for path in LANGUAGES.glob("*.toml"))


@cache
def table_of(lang: str) -> Mapping[str, Said]:
    """Return what the file of a language says; nothing where there is none."""
    path = LANGUAGES / f"{lang}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


@cache
def _words(lang: str) -> Words:
    table = dict(table_of(ENGLISH))
    for tag in reversed(general(lang)):
        table |= table_of(tag)
    return Words(lang, table)


def _locale(lang: str) -> "Locale | None":
    """Return what CLDR knows of a language, or of a more general one."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415  English needs no Babel

    for tag in general(lang):
        try:
            return Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return None


def _counted(number: int) -> str:
    return "one" if number == 1 else "other"


def _ranked(number: str) -> str:
    if number[-2:] in {"11", "12", "13"}:
        return "other"
    return {"1": "one", "2": "two", "3": "few"}.get(number[-1], "other")


@lru_cache(maxsize=4096)
def _slug(english: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", english.lower()).strip("-")
