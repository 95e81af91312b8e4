"""Captions of figures: units that stay with their numbers, and long ones that unfold."""

import re
from html import escape

from portfolio.pages.html import tag

_CAPTION = re.compile(r"(<figcaption\b[^>]*>)(.*?)(</figcaption>)", re.DOTALL)
_UNIT = re.compile(
    r"(?<=\d)[ \n](?=(?:%|‰|°C?|[nµμm]?s|min|h|[nµμmck]?m|[mk]?g|[KMGT]i?B|[kMGT]?Hz|px|pt|dB"
    r"|million|billion|thousand)(?![\w-]))"
)
_WHOLE = re.compile(r"<math\b.*?</math>|<[^>]*>", re.DOTALL)
_SENTENCE_END = re.compile(r"(?<=[\w)\]”%\x00])\.(?=\s+[A-Z“(\x00])")
_LONG = 140
"""Letters: about two lines."""


def unbroken(html: str) -> str:
    """Return a page whose captions break no line between a number and its unit."""
    return _CAPTION.sub(lambda said: said[1] + _UNIT.sub("\u00a0", said[2]) + said[3], html)


def folded(html: str, words: str) -> str:
    """Return a page whose long captions show a sentence and unfold the rest at some ``words``."""
    return _CAPTION.sub(lambda said: said[1] + _folded(said[2], words) + said[3], html)


def _folded(caption: str, words: str) -> str:
    outline = _WHOLE.sub(lambda part: "\0" * len(part[0]), caption)  # sentences end outside tags
    end = _SENTENCE_END.search(outline)
    letters = len(outline.replace("\0", ""))
    if "<details" in caption or letters < _LONG or not end or _is_open(caption[: end.end()]):
        return caption
    first, rest = caption[: end.end()], caption[end.end() :].strip()
    summary = tag("summary", escape(words))
    return f"{first} {tag('details', summary + tag('div', rest))}"


def _is_open(html: str) -> bool:
    """Whether an element begins here that ends later."""
    tags = re.findall(r"<(/?)([a-zA-Z]\w*)[^>]*?(/?)>", html)
    depth = sum(-1 if close else 1 for close, name, own in tags if not own and name != "br")
    return depth > 0
