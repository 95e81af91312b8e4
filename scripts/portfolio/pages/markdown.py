"""Markdown that stands outside a page, such as a figure's caption, as HTML."""

from functools import cache
from html import escape

from portfolio import pandoc
from portfolio.pages.harmless import harmless

_SECONDS = 10


@cache
def to_html(text: str) -> str:
    """Return a line of Markdown as HTML of which nothing runs, its mathematics as MathML.

    One that Pandoc cannot read is shown as it is.
    """
    try:
        made = pandoc.to_html(text, "--from=markdown", "--wrap=none", seconds=_SECONDS)
    except pandoc.PandocError:
        return escape(text)
    html = harmless(made.html).strip()
    alone = html.count("<p>") == 1
    return html.removeprefix("<p>").removesuffix("</p>") if alone else html
