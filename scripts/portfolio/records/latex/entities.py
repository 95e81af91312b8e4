"""HTML's names of characters, which publishers leave in fields."""

import re
import unicodedata
from collections.abc import Callable
from html import unescape

from portfolio.texts import clean

_ENTITY = re.compile(
    r"(?:\{\\?&\}|\\?&)((?:\{\\?#\}|\\?#)(?:\d{2,7}|x[0-9a-fA-F]{2,6})|[a-zA-Z]{2,8}\d{0,2});"
)
_ESCAPES = re.compile(r"[{}\\]")


def decoded(text: str, *, written: Callable[[str], str] = str) -> str:
    """Return ``text`` with the characters that entities stand for, each as ``written`` says.

    What has been escaped twice is decoded twice; an entity that no one knows stays as it is.
    """
    if "&" not in text or ";" not in text:
        return text

    def character(found: re.Match[str]) -> str:
        entity = f"&{_ESCAPES.sub('', found[1])};"
        meant = unescape(entity)
        if (
            meant == entity
            or not clean(meant)
            or unicodedata.category(meant[0]) in {"Cc", "Cs", "Co"}
        ):
            return found.group()
        return written(meant)

    return _ENTITY.sub(character, _ENTITY.sub(character, text))
