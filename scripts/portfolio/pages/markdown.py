"""Markdown that stands outside a page, such as a figure's caption, as HTML."""

from functools import cache
from html import escape

from portfolio import pandoc

_SECONDS = 10


@cache
def to_html(text: str) -> str:
    """Return a line of Markdown as HTML, its mathematics as MathML; as it is if that fails."""
    try:
        made = pandoc.to_html(text, "--from=markdown", "--wrap=none", seconds=_SECONDS)
    except pandoc.PandocError:
        return escape(text)
    return made.html.strip().removeprefix("<p>").removesuffix("</p>")
