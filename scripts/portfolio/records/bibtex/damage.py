"""What can still be read of a BibTeX entry whose braces, quotes or commas are not in order."""

import re
from collections.abc import Mapping

from pybtex.database.input.bibtex import LowLevelParser
from pybtex.scanner import PybtexSyntaxError

Pairs = list[tuple[str, str]]

_NAME = r"[A-Za-z_][\w:.+/-]*"
_KEY = re.compile(r'\s*([^\s,={}"]++(?:[ \t]+[^\s,={}"]++)*+)?[ \t]*(?=,|\}|\)|\n|\Z)')
_FIRST_WORD = re.compile(r'\s*([^\s,={}"]++)(?!\s*=)')
_FIELD = re.compile(rf"[\s,}})]*({_NAME})\s*(?:=\s*|(?=[{{\"]))")
_NEXT_FIELD = re.compile(
    rf"(?:\n[^\S\n]*+|,\s*+)(?={_NAME}\s*=\s*(?:[\"{{]|[\w.-]+\s*(?:[,#}})]|\n|\Z)))"
    rf"|[}}\"]\s*(?={_NAME}\s*=\s*[\"{{])",
)
_SOUND = re.compile(r"\s*(?:[,})]|\Z)")


def recover(body: str, macros: Mapping[str, str]) -> tuple[str, Pairs]:
    """Return the key and fields of an entry, given all that follows its opening brace."""
    found = _KEY.match(body) or _FIRST_WORD.match(body)
    key = (found[1] or "") if found else ""
    return key, recover_fields(body[found.end() if found else 0 :], macros)


def recover_fields(text: str, macros: Mapping[str, str]) -> Pairs:
    """Return the fields in ``text``; a damaged one ends where the next seems to start."""
    pairs: Pairs = []
    position = 0
    while position < len(text):
        field = _FIELD.match(text, position)
        if not field:
            following = _NEXT_FIELD.search(text, position)
            if not following:
                break
            position = following.end()
            continue
        value, position = _value(text, field.end(), macros)
        pairs.append((field[1], value))
    return pairs


def _value(text: str, start: int, macros: Mapping[str, str]) -> tuple[str, int]:
    parser = LowLevelParser(text[start:], macros=_Named(macros), handle_error=_ignore)
    try:
        parser.parse_value()
    except PybtexSyntaxError:
        return _cut(text, start)
    end = start + parser.pos
    swallowed = _NEXT_FIELD.search(text, start, end)
    if swallowed and (end >= len(text.rstrip()) or not _SOUND.match(text, end)):
        return _cut(text, start)
    return "".join(parser.current_value), end


def _cut(text: str, start: int) -> tuple[str, int]:
    """Take the value up to where the next field seems to start, without its outer marks."""
    following = _NEXT_FIELD.search(text, start)
    end = following.start() if following else len(text)
    value = text[start:end].strip()
    closed_by = following and text[end] in '}"'
    value = value.rstrip("}\n ,").rstrip() if not closed_by else value
    return _balanced(value.lstrip('{"').rstrip('"')), end + (1 if closed_by else 0)


def _balanced(value: str) -> str:
    depth, kept = 0, []
    for char in value:
        depth += (char == "{") - (char == "}")
        if depth < 0:
            depth = 0
            continue
        kept.append(char)
    return "".join(kept) + "}" * depth


class _Named(dict[str, str]):
    """Macros of which an undefined one stands for its own name."""

    def __init__(self, macros: Mapping[str, str]) -> None:
        super().__init__()
        self._macros = macros

    def __getitem__(self, name: str) -> str:
        try:
            return self._macros[name]
        except KeyError:
            return name


def _ignore(_: PybtexSyntaxError) -> None:
    """Let go of a complaint that has been made already."""
