"""A Quarto project as the embedded renderer reads it: its settings, pages and resources."""

import os
import posixpath
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from portfolio.content import is_content, places, why_not, why_not_published
from portfolio.inputs import name_of
from portfolio.mapping import Mapping
from portfolio.recent import recent
from portfolio.renderers import RenderError
from portfolio.renderers.source import read_mapping, read_text

SETTINGS = "_quarto.yml"
FOLDER_SETTINGS = "_metadata.yml"
EXTENSIONS = "_extensions"
_OF_QUARTO = ("default", "website", "book", "manuscript")
_OF_HOSTS = ("robots.txt", ".nojekyll", "CNAME", "_redirects", "404.html")
"""What Quarto publishes from a website's folder without being told."""
_EVERY_PAGE = ["**/*.qmd", "**/*.md", "**/*.ipynb"]
_NEVER_INPUTS = re.compile(r"(.*/)?(_|README\.)[^/]*(/.*)?")
_GLOBS = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}


@dataclass(frozen=True)
class Project:
    """The project at ``root``; of its ``files`` of settings the later lie over the earlier.

    First come those of the extension that the project's type names, then the project's own, then
    its profile's.
    """

    root: Path
    files: list[Mapping]
    _metadata: dict[Path, list[Mapping]] = field(default_factory=dict, compare=False, repr=False)
    """What `metadata` has read, by the folder of the pages."""

    def setting(self, key: str) -> Any:
        """Return a setting by its dotted key; None where no file has it."""
        return latest(self.files, key)

    def scripts(self, moment: str) -> list[list[str]]:
        """Return the words of each script of ``pre-render`` or ``post-render``.

        Those of the extension come first. Raises RenderError for one that cannot be run.
        """
        given = ((file, file.get(f"project.{moment}")) for file in self.files)
        return [
            self._words(script, f"{file.path}:{file.lines[f'project.{moment}']}: project.{moment}")
            for file, value in given
            if not isinstance(value, dict)
            for script in listed(value)
        ]

    def pages(self) -> list[Path]:
        """Return the files that ``render`` names, in order."""
        found = self._matching(listed(self.setting("project.render")) or _EVERY_PAGE)
        return [self.root / name for name in found if not _NEVER_INPUTS.fullmatch(name)]

    def resources(self) -> list[Path]:
        """Return the files that ``resources`` names, in order, and those that hosts look for."""
        given = (file.get("project.resources") for file in self.files)
        found = self._matching([glob for value in given for glob in listed(value)])
        hosts = [name for name in _OF_HOSTS if not why_not_published(self.root / name, self.root)]
        return [self.root / name for name in dict.fromkeys([*found, *hosts])]

    def metadata(self, page: Path) -> list[Mapping]:
        """Return the ``_metadata.yml`` of the page's folders, the outermost first."""
        folder = page.parent
        if folder not in self._metadata:
            above = reversed(page.relative_to(self.root).parents)
            files = [self.root / each / FOLDER_SETTINGS for each in above]
            found = [_read(file, self.root) for file in files if is_content(file, self.root)]
            self._metadata[folder] = found
        return self._metadata[folder]

    def _words(self, script: str, where: str) -> list[str]:
        try:
            words = shlex.split(script)
        except ValueError as error:
            raise RenderError(f"{where}: it cannot be read ({error}): mend its quotes") from error
        if not words or not Path(os.path.normpath(self.root / words[0])).is_file():
            what = f"{words[0] if words else script}: there is no such file"
            raise RenderError(f"{where}: {what}: add it, or remove the line")
        return words

    def _matching(self, globs: list[str]) -> list[str]:
        """Return the files that globs name, those left out that one with a ``!`` names."""
        found = [
            name
            for glob in globs
            if not glob.startswith("!")
            for name in filter(_pattern(glob).fullmatch, self._names)
        ]
        excluded = [_pattern(glob[1:]) for glob in globs if glob.startswith("!")]
        return [
            name
            for name in dict.fromkeys(found)
            if not any(pattern.fullmatch(name) for pattern in excluded)
        ]

    @cached_property
    def _names(self) -> list[str]:
        """The files of the project, as they lie when it is first asked for some."""
        output = str(self.setting("project.output-dir") or "_site")
        return sorted(name_of(at, self.root) for at in places(self.root, self.root, apart={output}))


def load_project(root: Path) -> Project:
    """Read the settings of the project at ``root``, of its type and of its default profile."""
    own = [_read(root / SETTINGS, root)]
    default = own[0].get("profile.group")
    while isinstance(default, list) and default:
        default = default[0]
    profile = root / f"_quarto-{default}.yml"
    own += [_read(profile, root)] if is_content(profile, root) else []
    return Project(root, [*_of_extension(root, own), *own])


def latest(mappings: list[Mapping], key: str) -> Any:
    """Return the value of a dotted key in the last of the mappings that has it."""
    return next((each.get(key) for each in reversed(mappings) if key in each.lines), None)


def merged(mappings: list[Mapping]) -> dict[str, Any]:
    """Return the values of all mappings; within a mapping of mappings, too, the later count."""
    whole: dict[str, Any] = {}
    for mapping in mappings:
        _lay_over(whole, mapping.values)
    return whole


def _lay_over(whole: dict[str, Any], more: dict[str, Any]) -> None:
    for key, value in more.items():
        if isinstance(value, dict):
            under = whole.get(key)
            whole[key] = dict(under) if isinstance(under, dict) else {}
            _lay_over(whole[key], value)
        else:
            whole[key] = value


def _of_extension(root: Path, own: list[Mapping]) -> Iterator[Mapping]:
    """Yield what the extension says whose name is the project's type, as Quarto takes it."""
    kind = latest(own, "project.type")
    if kind is None or kind in _OF_QUARTO:
        return
    kind = str(kind)
    places = (root / EXTENSIONS).glob("*/*") if re.fullmatch(r"[\w-]+", kind) else ()
    folders = [root / EXTENSIONS / kind, *sorted(path for path in places if path.name == kind)]
    found = [folder for folder in folders if (folder / "_extension.yml").is_file()]
    if not found:
        line = next(each.lines["project.type"] for each in own if "project.type" in each.lines)
        what = f"{kind}: there is no such extension in {EXTENSIONS}"
        remedy = "get it back with `portfolio upgrade`, or with `quarto add`"
        raise RenderError(f"{SETTINGS}:{line}: project.type: {what}: {remedy}")
    extension = _read(found[0] / "_extension.yml", root)
    given = _with_paths(extension.below("contributes.project"), found[0], root)
    yield given
    if latest([given, *own], "format") == f"{kind}-html":
        form = _with_paths(extension.below("contributes.formats.html"), found[0], root)
        yield form.beneath("format.html")


def _with_paths(mapping: Mapping, folder: Path, root: Path) -> Mapping:
    """Write what names a file of the extension as its path from the project's root."""

    def fixed(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: fixed(each) for key, each in value.items()}
        if isinstance(value, list):
            return [fixed(each) for each in value]
        if not isinstance(value, str) or not value:
            return value
        path = folder / posixpath.normpath(value)
        return path.relative_to(root).as_posix() if path.is_file() else value

    return Mapping(mapping.path, fixed(mapping.values), mapping.lines)


def listed(value: Any) -> list[str]:
    """Return a setting that is a list, or one thing that stands for a list of one."""
    return (
        [] if value is None else list(map(str, value)) if isinstance(value, list) else [str(value)]
    )


def _pattern(glob: str) -> re.Pattern[str]:
    """Return what a glob matches: anywhere, unless it is plain or starts with a slash."""
    anywhere = not glob.startswith("/") and bool(re.search(r"[*?]", glob) or glob.endswith("/"))
    glob = ("**/" if anywhere else "") + glob.lstrip("/") + ("**" if glob.endswith("/") else "")
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", glob)
    return re.compile("".join(_GLOBS.get(part, re.escape(part)) for part in parts))


def _read(file: Path, root: Path) -> Mapping:
    path = file.relative_to(root).as_posix()
    if why := why_not(file, root):
        raise RenderError(f"{path}:1: file: {why}: put the file itself there")
    return _mapping(path, read_text(file, path))


@recent(16_000_000)
def _mapping(path: str, text: str) -> Mapping:
    """Read settings, once for as long as they stay the same."""
    return read_mapping(text, path, 1)
