"""A folder that papers come from. Nothing outside it is read, whatever its files say."""

import os
import re
import tomllib
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from portfolio.content import FOLDER, LED_OUT, NOT_THERE, OUTSIDE, is_content, is_name, why_not
from portfolio.mapping import read_yaml
from portfolio.records.problems import Problem
from portfolio.records.sources import decode
from portfolio.refusal import Refusal

_FRONT = re.compile(r"\A(---|\+\+\+)[ \t]*\n(.*?)^\1[ \t]*$\n?(.*)\Z", re.DOTALL | re.MULTILINE)
_UNCLOSED = re.compile(r"\A(---|\+\+\+)[ \t]*\n((?:[^\n]*\S[^\n]*(?:\n|\Z))+)(.*)\Z", re.DOTALL)
_INDENTED = re.compile(r"^\t+(?=[A-Za-z_]\w*:\s)", re.MULTILINE)
_SETTING = re.compile(r"^([A-Za-z_\"'][\w.\"'-]*)[ \t]*[:=](.*(?:\n(?:[ \t-].*)?$)*)", re.MULTILINE)
_BROKEN = (ValueError, RecursionError)  # what is no YAML, and what is no TOML, are of the former
_SETTINGS = ("_config.yml", "_quarto.yml", "config/_default/hugo.yaml",
             "config/_default/config.yaml", "config.toml", "hugo.yaml")  # fmt: skip
_HOST = re.compile(
    r"^(?:[ \t]*(?:url|site-url|baseurl)[ \t]*[:=][ \t]*[\"']?https?://)?([\w-]+(?:\.[\w-]+)+)"
    r"(?:/?[\"']?[ \t]*(?:#.*)?)$",
    re.MULTILINE | re.IGNORECASE,
)
_ODD = re.compile(r"[\x00-\x1f\\]|^[A-Za-z]:")


@dataclass(frozen=True)
class Source:
    """The folder at ``root``, and what in it could not be used."""

    root: Path
    unused: list[Problem] = field(default_factory=list)
    read: set[Path] = field(default_factory=set)
    """The files of which all that could be used has been taken."""

    def glob(self, *patterns: str, quietly: bool = False) -> Iterator[Path]:
        """Yield the files that match, in order; links that cannot be followed are reported.

        What ends in ``.md`` may end in ``.markdown`` too, as Jekyll and Hugo have it.
        """
        for pattern in patterns:
            named = [pattern, f"{pattern[:-3]}.markdown"] if pattern.endswith(".md") else [pattern]
            for path in sorted(path for name in named for path in self.root.glob(name)):
                if is_content(path, self.root):
                    yield path
                elif not quietly and path.is_symlink() and is_name(path.name):
                    why = self._why_not(path)
                    self.report(path, path.name, why, "copy what it leads to into the folder")

    def text(self, path: Path) -> str:
        """Return the text of a file in any encoding, or nothing if it cannot be read."""
        if why := self._why_not(path, but=(path.name,)):
            self.report(path, path.name, why, "copy the file itself into the folder")
            return ""
        try:
            return decode(path.read_bytes(), shown_as=self.name(path), problems=self.unused)
        except OSError as error:
            self.report(path, path.name, f"it cannot be read ({error.strerror})", "mend it")
            return ""

    def data(self, path: Path) -> Any:
        """Return what a YAML file says, or None."""
        try:
            return _parsed("---", self.text(path))
        except _BROKEN as error:
            why = " ".join(str(getattr(error, "problem", None) or error).split())[:100]
            line = 1 + getattr(getattr(error, "problem_mark", None), "line", 0)
            where = f"{self.name(path)}:{line}"
            self.report(where, path.name, f"it cannot be read ({why})", "mend its syntax")
            return None

    def front_matter(self, path: Path, *, quietly: bool = False) -> tuple[dict[str, Any], str]:
        """Return a page's front matter, in YAML or TOML, and its text.

        One that may have none is read ``quietly``.
        """
        text = self.text(path)
        found = _FRONT.match(text)
        if not found and (found := _UNCLOSED.match(text)):
            what = "the front matter is not closed"
            self.report(path, path.name, what, f"write {found[1]} on a line behind it")
        if not found and quietly:
            return {}, text
        if not found:
            self.report(path, path.name, "it has no front matter", "write its title there")
            return {}, ""
        said = self._front(path, found[1], found[2])
        return {str(name).lower(): value for name, value in said.items()}, found[3]

    def find(self, value: str, folders: Iterable[Path]) -> Path | None:
        """Return the file that ``value`` names in one of ``folders``, or None if there is none.

        A path that begins with a slash begins at the folder of the source, as on a site. Raises
        Refusal if it leads out of the source.
        """
        if _ODD.search(value):
            raise Refusal(
                value, "this is no path that can be followed", "name a file of the source"
            )
        places = [folder / value.lstrip("/") for folder in (*folders, self.root)]
        lacks = {self._why_not(Path(os.path.normpath(path))): path for path in places}
        if "" in lacks:
            return Path(os.path.normpath(lacks[""]))
        if others := [why for why in lacks if why not in {NOT_THERE, FOLDER}]:
            raise Refusal(value, others[0], "copy the file into the source and name it there")
        return None

    @cached_property
    def hosts(self) -> frozenset[str]:
        """The names under which the old site can be had, as far as its settings tell them."""
        said = [self._said(name) for name in ("CNAME", *_SETTINGS)]
        return frozenset(found.lower() for text in said for found in _HOST.findall(text))

    def _said(self, name: str) -> str:
        path = self.root / name
        return "" if self._why_not(path) else self.text(path)

    def local(self, address: str) -> str:
        """Return an address of the old site itself as a path from its root; others as they are."""
        host, slash, rest = address.partition("://")[2].partition("/")
        return slash + rest.partition("#")[0] if host.lower() in self.hosts else address

    def name(self, path: Path) -> str:
        """Return how messages call a file of the source."""
        return path.relative_to(self.root).as_posix()

    def report(self, path: Path | str, key: str, what: str, remedy: str) -> None:
        """Note that something could not be used; a name may end in a colon and a line."""
        name, _, line = (path if isinstance(path, str) else self.name(path)).partition(":")
        self.unused.append(Problem(name, int(line or 1), key, what, remedy))

    def _why_not(self, path: Path, *, but: Collection[str] = ()) -> str:
        why = why_not(path, self.root, but=but)
        return "it leads out of the source" if why in {OUTSIDE, LED_OUT} else why

    def _front(self, path: Path, marks: str, text: str) -> dict[str, Any]:
        """Return what front matter says; where it is broken, what can be read of its settings."""
        with suppress(*_BROKEN):
            said = _parsed(marks, text)
            return said if isinstance(said, dict) else {}
        said, broken = read_by_lines(marks, text)
        name, line = broken[0] if broken else ("rest", 1)
        what = f"the front matter is broken (the {name} is taken as it stands)"
        remedy = "put its text in double quotes"
        if not any(said.values()):
            line, what, remedy = 0, "it cannot be read", "mend the front matter"
        self.report(f"{self.name(path)}:{line + 1}", path.name, what, remedy)
        return said if any(said.values()) else {}


def read_by_lines(marks: str, text: str) -> tuple[dict[str, Any], list[tuple[str, int]]]:
    """Read front matter setting by setting, so that a broken one costs no other.

    The names and lines of those that are broken come along.
    """
    said: dict[str, Any] = {}
    broken = []
    text = _INDENTED.sub("", text)  # YAML forbids the tabs
    for found in _SETTING.finditer(text):
        name = found[1].strip("\"'").lower()
        parsed = None
        with suppress(*_BROKEN):
            parsed = _parsed(marks, found.group())
        if isinstance(parsed, dict):
            said[name] = next(iter(parsed.values()), None)
        else:
            broken.append((name, text.count("\n", 0, found.start()) + 1))
            said[name] = _as_it_stands(found[2])
    return said, broken


def _as_it_stands(value: str) -> str:
    """Return a value without the quotes about it, in which it may have a quote of its own."""
    value = " ".join(value.split())
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    value = value[1:-1] if quoted else value
    return value if any(map(str.isalnum, value)) else ""


def _parsed(marks: str, text: str) -> Any:
    return tomllib.loads(text) if marks == "+++" else read_yaml(text)


def plain(value: Any) -> str:
    """Return a scalar of YAML or TOML as text, such as ``true`` or ``2019-03-28``."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date):
        return value.isoformat()[:10]
    return " ".join(str(value).split()) if isinstance(value, str | int | float) else ""


def listed(value: Any) -> list[str]:
    """Return a list of scalars, or one, as texts."""
    values = value if isinstance(value, list) else [value]
    return [text for text in map(plain, values) if text]
