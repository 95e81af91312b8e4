"""A line of Markdown as HTML: links, emphasis and code here, whatever else there is by Pandoc."""

import re
from html import escape, unescape

from portfolio.pages.html import tag
from portfolio.pages.markdown import to_html
from portfolio.records.identifiers import web_address
from portfolio.records.latex.formulas import formula_text

_MARKS = re.compile(
    r"(?<!!)\[(?P<text>[^\[\]]+)\]\((?P<href>[^()\s]+)\)|\*\*(?P<strong>[^*]+)\*\*"
    r"|\*(?P<em>[^*\s][^*]*)\*|(?<!\w)_(?P<low>[^_\s][^_]*)_(?!\w)|`(?P<code>[^`]+)`"
)
_MORE = re.compile(r"[$\\^~<]|\]\[|https?://\S+>|\n\s*\n|^\s*[-#>|]|!\[|@\w", re.MULTILINE)
_SOURCE = re.compile(r"\.(?:qmd|ipynb)(?=#|\Z)")
_VOID = {"br", "img", "hr", "wbr"}
_TAG = re.compile(r"<[^>]*>")
_ELEMENT = re.compile(r"<(/?)(\w+)[^>]*>")
_FORMULA = re.compile(r"<math\b.*?<annotation\b[^>]*>(.*?)</annotation>.*?</math>", re.DOTALL)


def inline(text: str) -> str:
    """Return a line of Markdown as HTML of which nothing runs."""
    if not _MORE.search(_MARKS.sub("", text)):
        return _MARKS.sub(_marked, escape(text, quote=False))
    html = to_html(text)
    return html if _is_closed(html) else escape(text, quote=False)


def plain(text: str) -> str:
    """Return what a line of Markdown says, without marks; formulas as titles have them."""
    html = _FORMULA.sub(lambda found: escape(formula_text(unescape(found[1]))), inline(text))
    return " ".join(unescape(_TAG.sub("", html)).split())


def _is_closed(html: str) -> bool:
    """Whether each element ends that begins, and no other, so that what is around stays whole."""
    opened: list[str] = []
    for closing, name in _ELEMENT.findall(html):
        if not closing and name not in _VOID:
            opened.append(name)
        elif closing and (not opened or opened.pop() != name):
            return False
    return not opened


def _marked(found: re.Match[str]) -> str:
    if found["href"]:
        href = unescape(found["href"])
        inside = _SOURCE.sub(".html", href) if href.startswith("/") else ""
        address = web_address(href) or inside or (href if href.startswith("mailto:") else "")
        return tag("a", found["text"], href=address) if address else found["text"]
    if found["code"]:
        return tag("code", found["code"])
    if found["strong"]:
        return tag("strong", found["strong"])
    return tag("em", found["em"] or found["low"])
