"""What may be wider than a phone scrolls, and is then reached by keyboard.

Without knowing how wide a reader's window is, all that can be too wide on a phone takes the focus;
with scripts, what does not scroll gives it back.
"""

import re

from portfolio.pages.html import tag

_OUTPUT = re.compile(
    r'(<div class="cell-output[^>]*>\s*)<pre(?![^>]*\stabindex)([^>]*)>(.*?)</pre>', re.DOTALL
)
_FORMULA = re.compile(r'<math display="block"(?![^>]*\stabindex)([^>]*)>(.*?)</math>', re.DOTALL)
_SOURCE = re.compile(r"<annotation\b.*?</annotation>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_ENTITY = re.compile(r"&#?\w+;")
_COLUMNS = 30
"""Letters of code that a phone shows on a line."""
_SIGNS = 24
"""Signs of a formula that it shows, or fewer."""
FOCUS = ' tabindex="0"'
SCRIPT = tag("script", src="/theme/scrolls.js", defer=True)
"""What takes the focus from that which does not scroll."""


def focusable(html: str) -> str:
    """Return a page on which the wide outputs and formulas take the focus; twice is as once."""
    html = _OUTPUT.sub(_output, html)
    return _FORMULA.sub(_formula, html)


def _output(found: re.Match[str]) -> str:
    before, said, content = found.groups()
    longest = max(map(len, _plain(content).split("\n")), default=0)
    focus = FOCUS if longest > _COLUMNS else ""
    return f"{before}<pre{said}{focus}>{content}</pre>"


def _formula(found: re.Match[str]) -> str:
    said, content = found.groups()
    signs = "".join(_plain(_SOURCE.sub("", content)).split())
    focus = FOCUS if len(signs) > _SIGNS else ""
    return f'<math display="block"{said}{focus}>{content}</math>'


def _plain(html: str) -> str:
    return _ENTITY.sub(".", _TAG.sub("", html))
