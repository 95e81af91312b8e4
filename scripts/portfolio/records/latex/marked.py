"""Elements in text: private letters where LaTeX has made them, tags where authors typed them."""

import re
from collections.abc import Callable, Iterator
from html import escape

_NAMES = ("em", "strong", "sup", "sub", "code")
_FIRST, _CLOSES, _LAST = 0xE000, 0x10, 0xF8FF
_TYPED = {"i": "em", "em": "em", "b": "strong", "strong": "strong", "sup": "sup", "sub": "sub",
          "span": ""}  # fmt: skip
_TAG = re.compile(
    rf"[<\ue000-\ue01f](?:(?<=<)(?P<slash>/?)(?P<name>{'|'.join(_TYPED)})(?:\s[^<>]*)?>|(?<!<))",
    re.IGNORECASE,
)

_AS_WRITTEN = dict(zip("\\{}$~'`<", map(chr, range(0xF8F0, 0xF8F8)), strict=True))
_SIGNS = {letter: sign for sign, letter in _AS_WRITTEN.items()}


def as_written(sign: str) -> str:
    """Return a private letter for a sign that is no LaTeX and begins no tag, or the sign."""
    return _AS_WRITTEN.get(sign, sign)


def sign_of(letter: str) -> str:
    """Return the sign that a private letter stands for, or nothing."""
    return _SIGNS.get(letter, "")


def opening(element: str) -> str:
    """Return the private letter that opens an element."""
    return chr(_FIRST + _NAMES.index(element))


def closing(element: str) -> str:
    """Return the private letter that closes an element."""
    return chr(_FIRST + _CLOSES + _NAMES.index(element))


def is_private(letter: str) -> bool:
    """Whether a letter has no meaning of its own."""
    return _FIRST <= ord(letter) <= _LAST


def has_tags(text: str) -> bool:
    """Whether an author has typed tags of elements into ``text``."""
    return "</" in text and any(tag["name"] for tag in _TAG.finditer(text))


def unmarked(text: str) -> str:
    """Return ``text`` without its elements; a tag without its partner is text."""
    return _put_together(text, str, lambda _: "")


def as_html(text: str) -> str:
    """Return ``text`` as HTML: its elements as such, without attributes, and all else as text."""
    return _put_together(text, escape, str)


def _put_together(text: str, of_text: Callable[[str], str], of_tag: Callable[[str], str]) -> str:
    said, at = [], 0
    for start, end, tag in _tags(text):
        said += [of_text(text[at:start]), of_tag(tag)]
        at = end
    return "".join(said) + of_text(text[at:])


def _tags(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield where tags stand, in order, and what they are in HTML."""
    found = list(_TAG.finditer(text))
    if not found:
        return
    partners: dict[int, int] = {}
    opened: list[int] = []
    for number, tag in enumerate(found):
        if not _is_closing(tag):
            opened.append(number)
            continue
        for depth in range(len(opened) - 1, -1, -1):
            if _element(found[opened[depth]]) == _element(tag):
                partners[opened[depth]] = partners[number] = number
                del opened[depth:]
                break
            if not found[opened[depth]]["name"] and tag["name"]:
                break  # what LaTeX has opened, LaTeX closes
    for number, tag in enumerate(found):
        if number in partners:
            name = _TYPED[tag["name"].lower()] if tag["name"] else _element(tag)
            slash = "/" if _is_closing(tag) else ""
            yield tag.start(), tag.end(), f"<{slash}{name}>" if name else ""
        elif not tag["name"]:
            yield tag.start(), tag.end(), ""


def _is_closing(tag: re.Match[str]) -> bool:
    return bool(tag["slash"]) if tag["name"] else ord(tag.group()) >= _FIRST + _CLOSES


def _element(tag: re.Match[str]) -> str:
    """Return the name of a tag as it is typed, or of the element that LaTeX has made."""
    if tag["name"]:
        return f"<{tag['name'].lower()}"
    return _NAMES[(ord(tag.group()) - _FIRST) % _CLOSES]
