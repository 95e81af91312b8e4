"""What may be wider than a phone scrolls, and is then reached by keyboard.

Without knowing how wide a reader's window is, and in which font, all that may be too wide on a
phone takes the focus; with scripts, what does not scroll gives it back.
"""

import re

from portfolio.pages.html import tag

_OUTPUT = re.compile(
    r'(<div class="cell-output[^>]*>\s*)<pre(?![^>]*\stabindex)([^>]*)>(.*?)</pre>', re.DOTALL
)
_DISPLAYED = '<math display="block"'
_FORMULA = re.compile(_DISPLAYED + r"(?![^>]*\stabindex)([^>]*)>(.*?)</math>", re.DOTALL)
_TABLE = re.compile(r"<table(?![^>]*\stabindex)(?=[\s>])")
_SOURCE = re.compile(r"<annotation\b.*?</annotation>", re.DOTALL)
_SPACE = re.compile(r"<m(?:space|td)\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")
_ENTITY = re.compile(r"&#?\w+;")
_COLUMNS = 24
"""Letters of code that a phone shows on a line, within a list or a quotation too."""
_SIGNS = 8
"""Signs of a formula that it shows in any font: relations take an em and a half each."""
FOCUS = ' tabindex="0"'
SCRIPT = tag("script", src="/theme/scrolls.js", defer=True)
"""What takes the focus from that which does not scroll."""


def focusable(html: str) -> str:
    """Return a page on which tables, wide outputs and formulas take the focus; twice is as once."""
    html = _OUTPUT.sub(_output, html)
    html = _TABLE.sub(f"<table{FOCUS}", html)
    return _FORMULA.sub(_formula, html)


def may_scroll(html: str, *, is_ours: bool) -> bool:
    """Return whether something on a page in order may be wider than some reader's window.

    In themes of Quarto's code scrolls too.
    """
    return FOCUS in html or _DISPLAYED in html or (not is_ours and "<pre" in html)


def _output(found: re.Match[str]) -> str:
    before, said, content = found.groups()
    longest = max(map(_columns, _plain(content).split("\n")))
    focus = FOCUS if longest > _COLUMNS else ""
    return f"{before}<pre{said}{focus}>{content}</pre>"


def _columns(line: str) -> int:
    """Return how many columns a line takes at most: letters of other scripts may take two."""
    return sum(1 if letter < "\u0250" else 2 for letter in line)


def _formula(found: re.Match[str]) -> str:
    said, content = found.groups()
    signs = "".join(_plain(_SPACE.sub("--", _SOURCE.sub("", content))).split())
    focus = FOCUS if len(signs) > _SIGNS else ""
    return f"{_DISPLAYED}{said}{focus}>{content}</math>"


def _plain(html: str) -> str:
    return _ENTITY.sub(".", _TAG.sub("", html))
