"""Files of requirements as pip reads them, line by line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import InvalidRequirement, Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import InvalidWheelFilename, canonicalize_name, parse_wheel_filename

from portfolio import texts
from portfolio.starting.doctor.project import read_toml

_COMMENT = re.compile(r"(^|\s)#.*$")
_OPTIONS = re.compile(r"\s--?[a-z].*$")
_INCLUDED = re.compile(r"(?:-r|--requirement)[\s=]+(\S+)")
_EDITABLE = re.compile(r"(?:-e|--editable)[\s=]+(.+)")


@dataclass(frozen=True)
class Wanted:
    """One requirement: a package's name, and which versions or what place it is to come from."""

    name: str
    versions: SpecifierSet
    place: str
    path: str
    line: int

    @property
    def version(self) -> str:
        """The one version that it allows; empty where it allows several."""
        if self.place.endswith(".whl"):
            return _of_wheel(self.place)[1]
        exact = [each.version for each in self.versions if each.operator in {"==", "==="}]
        return exact[0] if len(exact) == 1 and "*" not in exact[0] else ""


def read_requirements(root: Path, path: str) -> list[Wanted]:
    """Return the requirements of a file, and of those that it includes."""
    return list(_read(root, path, set()))


def read_dependencies(root: Path) -> list[Wanted]:
    """Return the dependencies that ``pyproject.toml`` names."""
    path = root / "pyproject.toml"
    rows = texts.read(path).text.splitlines()
    project = read_toml(root, path.name).get("project")
    told = project.get("dependencies") if isinstance(project, dict) else None
    written = [str(each) for each in told] if isinstance(told, list) else []
    lines = (next((n for n, row in enumerate(rows, 1) if each in row), 1) for each in written)
    return [_wanted(each, path.name, line) for each, line in zip(written, lines, strict=True)]


def _read(root: Path, path: str, seen: set[str]) -> Iterator[Wanted]:
    file = root / path
    if path in seen or not file.is_file():
        return
    seen.add(path)
    for line, text in _logical(texts.read(file).text):
        if included := _INCLUDED.fullmatch(text):
            yield from _read(root, (Path(path).parent / included[1]).as_posix(), seen)
        elif editable := _EDITABLE.fullmatch(text):
            yield _wanted(editable[1], path, line)
        elif not text.startswith("-"):
            yield _wanted(_OPTIONS.sub("", text), path, line)


def _logical(text: str) -> Iterator[tuple[int, str]]:
    """Yield each line that says something, those that go on joined to one."""
    begun, start = "", 0
    for number, row in enumerate(text.splitlines(), 1):
        row = _COMMENT.sub("", row)  # noqa: PLW2901  the rest of the line is all that counts
        start = start if begun else number
        begun += row.removesuffix("\\")
        if not row.endswith("\\"):
            if begun.strip():
                yield start, begun.strip()
            begun = ""


def _wanted(text: str, path: str, line: int) -> Wanted:
    try:
        said = Requirement(text)
    except InvalidRequirement:  # a place alone: a folder, a wheel, an address
        return Wanted(_named_in(text), SpecifierSet(), text, path, line)
    return Wanted(canonicalize_name(said.name), said.specifier, said.url or "", path, line)


def _named_in(place: str) -> str:
    """Return the package that an address or a path names, as far as it does."""
    named = re.search(r"#egg=([\w.-]+)", place)
    return canonicalize_name(named[1]) if named else _of_wheel(place)[0]


def _of_wheel(place: str) -> tuple[str, str]:
    """Return the name and the version that a wheel's file name holds."""
    try:
        name, version, *_ = parse_wheel_filename(re.split(r"[/\\]", place)[-1])
    except InvalidWheelFilename:
        return "", ""
    return name, str(version)
