"""Pandoc, started at this one place: with limits, so that no text holds a whole site up."""

import json
import re
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypandoc

from portfolio import children

SECONDS = 60
"""How long Pandoc may take over a page; it reads megabytes of plain text in a few."""
_MEMORY = "2g"
_COLLECTING = ("-A1m", "-O64m")
"""New memory that fits a processor's cache, and old memory left alone for longer than usual: a
sixth of the time that pages take otherwise goes into collecting garbage."""
_OPTIONS = ("--to=html5", "--mathml", "--eol=lf")
_OUT_OF_MEMORY = 251
_UNTRANSLATED = re.compile(
    r"^\[WARNING\] (?:Could not load translations|The term \w+ has no translation)"
    r".*(?:\n[ \t].*)*\n?",
    re.MULTILINE,
)
"""Its own words for a language, of which a page shows none."""


class PandocError(Exception):
    """Pandoc gives nothing: says in few words why, such as that it took too long."""


@dataclass(frozen=True)
class Converted:
    """The HTML that Pandoc has made, and the first line of what it warned of."""

    html: str
    warning: str


def identity() -> str:
    """Return what changes with Pandoc, and with how it is called for everything."""
    program = Path(pypandoc.get_pandoc_path()).stat()
    return repr((program.st_size, program.st_mtime_ns, _OPTIONS))


def to_html(
    text: str, *options: str, seconds: float = SECONDS, folder: Path | None = None
) -> Converted:
    """Convert ``text`` to HTML with MathML; files that ``options`` name are sought in ``folder``.

    Raises PandocError if it takes more than ``seconds``, needs too much memory, or fails.
    """
    html, warnings = _ran((*_OPTIONS, *options), text, seconds, folder)
    return Converted(html, first_of(warnings))


def answer(script: Path, asked: object, folder: Path) -> tuple[Any, str]:
    """Return what a script in Lua, run by Pandoc in ``folder``, answers in JSON, and what it says.

    Raises PandocError as `to_html` does.
    """
    found, said = _ran(("lua", str(script)), json.dumps(asked, ensure_ascii=False), SECONDS, folder)
    try:
        return json.loads(found), said
    except ValueError:
        raise PandocError("its answer cannot be read") from None


def _ran(
    options: Iterable[str], given: str, seconds: float, folder: Path | None
) -> tuple[str, str]:
    """Return what Pandoc writes of what it is given, and what it warns of."""
    limits = ["+RTS", f"-M{_MEMORY}", *_COLLECTING, "-RTS"]
    command = [pypandoc.get_pandoc_path(), *limits, *options]
    try:
        ran = children.run(
            command, cwd=folder, input=given.encode(), capture_output=True, timeout=seconds,
            check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise PandocError(f"it took more than {seconds:g} s") from None
    if ran.returncode == _OUT_OF_MEMORY:
        raise PandocError("it needs more memory than it gets")
    said = ran.stderr.decode(errors="replace")
    if ran.returncode:
        raise PandocError(first_of(said) or f"it failed with status {ran.returncode}")
    return ran.stdout.decode(), said


def first_of(said: str) -> str:
    """Return the first line of what Pandoc says that concerns a page."""
    return _UNTRANSLATED.sub("", said).strip().partition("\n")[0].rstrip(":")
