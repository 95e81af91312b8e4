"""Settings and home page with what a source tells of its owner, where they say nothing yet."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from portfolio.mapping import read_yaml
from portfolio.records.demo import MARK

_OWNER = re.compile(r"^owner:[ \t]*\n(?P<block>(?:[ \t]+.*\n|[ \t]*\n)+)", re.MULTILINE)
_MENU = re.compile(r"^site-menu:[ \t]*\n(?:([ \t]*)- .*\n)+", re.MULTILINE)
_FIRST = re.compile(r"^([ \t]+)\S", re.MULTILINE)
_PLAIN = re.compile(r"[A-Za-z/][\w./@+-]*(?: [\w./@+-]+)*")


def settings_with(text: str, owner: Mapping[str, Any], menu: Sequence[tuple[str, str]] = ()) -> str:
    """Return settings that say of the owner and in the menu what they do not say yet."""
    return _menu_with(_owner_with(text, owner), menu)


def _menu_with(text: str, menu: Sequence[tuple[str, str]]) -> str:
    """Return settings whose menu ends with the entries that it does not have yet."""
    found = _MENU.search(text)
    if not found:
        return text
    new = [(words, href) for words, href in menu if href not in found[0]]
    lines = (f"{found[1]}- {{text: {_written(w)}, href: {_written(h)}}}\n" for w, h in new)
    return text[: found.end()] + "".join(lines) + text[found.end() :]


def _owner_with(text: str, owner: Mapping[str, Any]) -> str:
    found = _OWNER.search(text)
    first = _FIRST.search(found["block"]) if found else None
    if not found or not first or not owner:
        return text
    block, margin = found["block"], first[1]
    for key, value in owner.items():
        there = re.search(rf"^{margin}{re.escape(key)}:[ \t]*(.*)\n", block, re.MULTILINE)
        line = f"{margin}{key}: {_written(value)}\n"
        if there and (MARK in there[1] or there[1] == "[]"):
            block = block.replace(there[0], line, 1)
        elif not there:
            block = line.join(_after_name(block, margin))
    return text[: found.start("block")] + block + text[found.end("block") :]


def home_with(text: str, bio: str) -> str:
    """Return a home page that has what introduces its owner in place of the starter's words."""
    lines = [line for line in text.split("\n") if line.startswith(MARK)]
    return text.replace(lines[0], bio, 1) if lines and bio else text


def _after_name(block: str, margin: str) -> Iterator[str]:
    """Yield a block up to the line of the name, and from there on."""
    name = re.search(rf"^{margin}name:.*\n", block, re.MULTILINE)
    place = name.end() if name else 0
    yield from (block[:place], block[place:])


def _written(value: Any) -> str:
    if isinstance(value, str) and _PLAIN.fullmatch(value) and read_yaml(value) == value:
        return value
    return json.dumps(value, ensure_ascii=False)  # JSON is a kind of YAML
