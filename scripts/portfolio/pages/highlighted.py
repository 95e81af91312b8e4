"""Highlighted code with no more markup than shows, which in long notebooks is half of a page.

Pandoc begins each line with a link that only numbered code shows, and marks each token with its
kind, of which our style sheet colours few.
"""

import re

COLOURED = frozenset({"cf", "ch", "co", "do", "im", "kw", "ss", "st", "vs"})
"""The kinds of tokens that the style sheet tells apart."""
_CODE = re.compile(r'(<code class="sourceCode[^>]*>)(.*?)(?=</code>)', re.DOTALL)
_LINK = re.compile(r'<a href="#cb[\d-]+" aria-hidden="true" tabindex="-1"></a>')
_TOKEN = re.compile(r'<span class="(\w\w)">([^<]*)</span>')
_NUMBERED = "numberSource"
_SHEET = 'rel="stylesheet"'


def lightened(html: str) -> str:
    """Return a page of our look with light code; twice is as once.

    Where an owner's own sheet may colour more, tokens keep their kinds.
    """
    if 'class="sourceCode' not in html or _NUMBERED in html:
        return html
    ours_alone = html.count(_SHEET) <= 1
    token = _TOKEN if ours_alone else None
    return _CODE.sub(lambda code: code[1] + _lightened(code[2], token), html)


def _lightened(code: str, token: re.Pattern[str] | None) -> str:
    code = _LINK.sub("", code)
    return token.sub(_shown, code) if token else code


def _shown(token: re.Match[str]) -> str:
    return token[0] if token[1] in COLOURED else token[2]
