"""The title of a paper on a page that may be in another language, or run the other way."""

import unicodedata

from portfolio.pages.html import tag
from portfolio.pages.words import Words
from portfolio.records.languages import is_tag
from portfolio.records.paper import Paper

_DIRECTIONS = {"L": "ltr", "R": "rtl", "AL": "rtl"}


def title_in(paper: Paper, say: Words) -> str:
    """Return a paper's title as HTML, which names its language where that is not the page's."""
    return paper.again(f"title {say.lang}", None, lambda: _title(paper, say))


def _title(paper: Paper, say: Words) -> str:
    told = paper.values.get("language", "")
    lang = told if is_tag(told) and _base(told) != _base(say.lang) else ""
    if _direction(paper.title) not in {"", say.direction}:
        return tag("bdi", paper.title_html, lang=lang)
    return tag("span", paper.title_html, lang=lang) if lang else paper.title_html


def _base(lang: str) -> str:
    return lang.partition("-")[0].lower()


def _direction(text: str) -> str:
    """Return which way a text runs, by its first letter; nothing where it has none."""
    return next(filter(None, (_DIRECTIONS.get(unicodedata.bidirectional(c)) for c in text)), "")
