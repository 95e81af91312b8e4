"""Text files in whatever encoding people saved them, as Unicode with plain line ends."""

import re
from collections.abc import Iterator
from pathlib import Path

from portfolio.records.problems import Problem

_MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


def read_text(path: Path, *, shown_as: str, problems: list[Problem]) -> str:
    """Return the text of the file at ``path``; report bytes that are not UTF-8, losing none."""
    return decode(path.read_bytes(), shown_as=shown_as, problems=problems)


def decode(data: bytes, *, shown_as: str, problems: list[Problem]) -> str:
    """Return ``data`` as text: UTF-8, or UTF-16 if so marked, with Latin-1 for lines that are not.

    Line ends become line feeds and control characters go.
    """
    text = _marked(data)
    if text is None:
        text = "".join(_lines(data, shown_as, problems))
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n")
    control = _CONTROL.search(text)
    if not control:
        return text
    line = text.count("\n", 0, control.start()) + 1
    what = f"there is a control character (U+{ord(control.group()):04X})"
    problems.append(Problem(shown_as, line, "file", what, "remove it"))
    return _CONTROL.sub("", text)


def _marked(data: bytes) -> str | None:
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            return _decoded(data[len(mark) :], encoding)
    return _decoded(data, "utf-8")


def _lines(data: bytes, shown_as: str, problems: list[Problem]) -> Iterator[str]:
    """Yield ``data`` line by line: a file pasted from many sources may mix its encodings."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    reported = False
    for number, line in enumerate(re.split(rb"(?<=\n)|(?<=\r)(?!\n)", data), 1):
        text = _decoded(line, "utf-8")
        if text is None:
            text = _decoded(line, "cp1252") or line.decode("latin-1")
            if not reported:
                what, remedy = "it is not UTF-8 (read as Latin-1)", "save the file as UTF-8"
                problems.append(Problem(shown_as, number, "file", what, remedy))
                reported = True
        yield text


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None
