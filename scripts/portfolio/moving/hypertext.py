"""Pages of a source in HTML: their text as Markdown, their titles, and the days they tell."""

import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from portfolio import pandoc
from portfolio.moving.bodies import films_in

_DAY = re.compile(
    r"""<time\b[^>]*\bdatetime=["']?(\d{4}-\d\d-\d\d)"""
    r"""|<meta\b[^>]*(?:published_time|\bdate)["'][^>]*\bcontent=["']?(\d{4}-\d\d-\d\d)""",
    re.IGNORECASE,
)
_DAY_OF_PATH = re.compile(r"(?:^|/)(\d{4})[-/](\d\d)[-/](\d\d)(?=[-/.])")

_MARKDOWN = (
    "markdown-raw_html-raw_attribute-native_divs-native_spans-fenced_divs-bracketed_spans"
    "-header_attributes-link_attributes-fenced_code_attributes-simple_tables-multiline_tables"
    "-grid_tables-smart"
)
_TO_MARKDOWN = ("--from=html", "--wrap=none", f"--to={_MARKDOWN}")
_NAV = re.compile(
    r"<(head|title|nav|header|footer|script|style)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE
)
_NO_TABLE = "[TABLE]"
_OF_TABLES = re.compile(r"</?(?:table|tbody|thead|tr|td|th|colgroup|col)\b[^>]*>", re.IGNORECASE)
_BREAKS = re.compile(r"^\\\n", re.MULTILINE)


def as_markdown(path: Path, text: str, file: Callable[[str], str] = lambda _: "") -> str:
    """Return the text of a page, which may be in HTML, as Markdown."""
    return markdown_of(text, file) if is_html(path) else text


def markdown_of(html: str, file: Callable[[str], str]) -> str:
    """Return a page in HTML as Markdown, without what is about it; ``file`` knows what is here."""
    shown = films_in(_NAV.sub("", html), file, '<a href="{1}">{0}</a>'.format)
    with suppress(pandoc.PandocError):
        told = pandoc.to_html(shown, *_TO_MARKDOWN).html
        if _NO_TABLE not in told:
            return told  # else a table is there for the layout, or holds more than words
        told = pandoc.to_html(_OF_TABLES.sub("<p></p>", shown), *_TO_MARKDOWN).html
        return _BREAKS.sub("", told)
    return html


def title_in(path: Path, text: str) -> str:
    """Return the title that a page in HTML has, without the site's; nothing for others."""
    found = re.search(r"<title[^>]*>(.*?)</title>", text, re.DOTALL | re.IGNORECASE)
    found = found if is_html(path) else None
    return " ".join(found[1].split()).split(" | ")[0].split(" \u2013 ")[0] if found else ""


def is_html(path: Path) -> bool:
    """Whether a file is a page in HTML."""
    return path.suffix.lower() in {".html", ".htm"}


def day_in(name: str, text: str) -> str:
    """Return the day that a page, or else its path in the site, tells; nothing where none does."""
    if found := _DAY_OF_PATH.search(name):
        return "-".join(found.groups())
    told = _DAY.search(text)
    return told[1] or told[2] if told else ""
