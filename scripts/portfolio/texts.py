"""Text files in whatever encoding people saved them, as Unicode with plain line ends.

Nothing that people wrote is lost; what is no text, such as a control character, goes and is named.
"""

import codecs
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from portfolio.recent import recent

_MARKS = {
    codecs.BOM_UTF32_LE: "utf-32-le",
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
_NO_TEXT = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufeff\ufff9-\ufffb"
    "\ufffe\uffff\ud800-\udfff"
    + "".join(chr(plane << 16 | last) for plane in range(1, 17) for last in (0xFFFE, 0xFFFF))
    + "]"
)
"""Control characters, those that turn the direction of text, and what Unicode has no letter for."""
_PLAIN = re.compile(r"[\t\n\r -~]*")
"""What most texts are made of, so that they need not be looked at any closer."""
_OF_TERMINALS = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\))")
_NAMED = 20
"""As many lines of a file are named for such characters."""


@dataclass(frozen=True)
class Fault:
    """What is wrong with a text, and what to do about it."""

    line: int
    what: str
    remedy: str


@dataclass(frozen=True)
class Text:
    """The text of a file, how it was encoded, and what was wrong with it."""

    text: str
    encoding: str
    faults: tuple[Fault, ...] = ()


def read(path: Path) -> Text:
    """Return the text of the file at ``path``; raise OSError where it cannot be read."""
    return decode(path.read_bytes())


@recent(32_000_000)
def decode(data: bytes) -> Text:
    """Return ``data`` as text: UTF-8, UTF-16 or UTF-32, with Latin-1 for lines that are neither.

    Line ends become line feeds.
    """
    encoding, marked = _encoding(data)
    faults: list[Fault] = []
    if encoding == "utf-8":
        text = _decoded(marked, encoding) or "".join(_lines(marked, faults))
        encoding = "not UTF-8" if faults else encoding
    else:
        text = marked.decode(encoding, errors="replace")
        if "\ufffd" in text:
            what = f"some of it is no {encoding[:6].upper()}"
            faults.append(Fault(_line(text, text.index("\ufffd")), what, "save the file as UTF-8"))
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n")
    faults += _strangers(text)
    return Text(clean(text) if faults else text, encoding, tuple(faults))


def clean(text: str) -> str:
    """Return ``text`` without characters that no text can hold, whatever brought them there.

    What colours a terminal goes whole.
    """
    if _PLAIN.fullmatch(text):
        return text
    if "\x1b" in text:
        text = _OF_TERMINALS.sub("", text)
    return _NO_TEXT.sub(lambda found: _meant(found.group()), text)


def is_clean(text: str) -> bool:
    """Return whether ``text`` holds nothing that `clean` would take from it."""
    # The last pattern is slow, and a text has few letters.
    return bool(_PLAIN.fullmatch(text)) or not _NO_TEXT.search("".join(set(text)))


def unescaped(text: str) -> str:
    """Return ``text`` with what HTML's entities stand for, clean; absurd numbers stay."""
    try:
        return clean(html.unescape(text))
    except ValueError:  # of more digits than Python reads
        return text


def cleaned(value: Any) -> Any:
    """Return a value that was read from JSON or YAML with all its texts clean."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [cleaned(each) for each in value]
    if isinstance(value, dict):
        return {cleaned(key): cleaned(each) for key, each in value.items()}
    return value


def _encoding(data: bytes) -> tuple[str, bytes]:
    """Return how ``data`` is encoded, by its mark or by the NULs of unmarked UTF-16."""
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            return encoding, data[len(mark) :]
    start = data[:400]
    if len(data) % 2 == 0 and start.count(0) * 5 > len(start) * 2:
        return "utf-16-le" if start[1::2].count(0) > start[::2].count(0) else "utf-16-be", data
    return "utf-8", data


def _lines(data: bytes, faults: list[Fault]) -> Iterator[str]:
    """Yield ``data`` line by line: a file pasted from many sources may mix its encodings."""
    for number, line in enumerate(re.split(rb"(?<=\n)|(?<=\r)(?!\n)", data), 1):
        text = _decoded(line, "utf-8")
        if text is None:
            text = _decoded(line, "cp1252") or line.decode("latin-1")
            if not faults:
                what, remedy = "it is not UTF-8 (read as Latin-1)", "save the file as UTF-8"
                faults.append(Fault(number, what, remedy))
        yield text


def _strangers(text: str) -> Iterator[Fault]:
    """Name the characters that no text can hold, the first of each line."""
    if is_clean(text):
        return
    start = named = 0
    line = 1
    while named < _NAMED and (found := _NO_TEXT.search(text, start)):
        line += text.count("\n", start, found.start())
        yield Fault(line, f"there is a control character (U+{ord(found[0]):04X})", "remove it")
        end = text.find("\n", found.end())
        start, named = len(text) if end < 0 else end, named + 1


def _meant(letter: str) -> str:
    """Return what Windows means by a control character of Latin-1, or nothing."""
    if not "\x80" <= letter <= "\x9f":
        return ""
    return _decoded(letter.encode("latin-1"), "cp1252") or ""


def _line(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None
