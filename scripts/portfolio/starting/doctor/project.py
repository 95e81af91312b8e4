"""What the doctor looks at: a project's settings, its repository, and its hosts' files."""

import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

from portfolio import texts
from portfolio.mapping import Mapping
from portfolio.records.problems import ContentError, Problem
from portfolio.records.root import SETTINGS
from portfolio.renderers import RenderError
from portfolio.renderers.source import read_mapping, read_text
from portfolio.starting.doctor.git import Repository
from portfolio.starting.doctor.remotes import Remote, remote_of

Finding = Problem | str
"""A problem, or a remark: what nobody can see from here."""
NETLIFY = "netlify.toml"


@dataclass(frozen=True)
class Project:
    """A project at ``root``; without a repository there is none to be asked."""

    root: Path
    settings: Mapping
    repository: Repository | None

    @cached_property
    def address(self) -> str:
        """The public address that the settings name, without a slash at its end."""
        return str(self.settings.get("owner.site") or "").strip().rstrip("/")

    @cached_property
    def parts(self) -> SplitResult:
        """The public address taken apart; nothing where it is none."""
        try:
            return urlsplit(self.address)
        except ValueError:  # brackets where no IPv6 address is
            return urlsplit("")

    @property
    def host(self) -> str:
        """The host of the public address."""
        return self.parts.hostname or ""

    @cached_property
    def output(self) -> str:
        """The folder that the site is rendered into."""
        return str(self.settings.get("project.output-dir") or "_site").strip("/")

    @cached_property
    def remote(self) -> Remote | None:
        """Where the repository is pushed to."""
        return remote_of(self.repository.address) if self.repository else None

    @cached_property
    def netlify(self) -> dict[str, Any] | None:
        """Netlify's settings, where there are any; raises ContentError if they cannot be read."""
        return read_toml(self.root, NETLIFY) if (self.root / NETLIFY).is_file() else None

    def problem(self, key: str, what: str, remedy: str) -> Problem:
        """Return a problem of the settings, at the line of ``key``."""
        line = self.settings.lines.get(key) or self.settings.lines.get(key.partition(".")[0], 1)
        return Problem(SETTINGS, line, key, what, remedy)


def read_toml(root: Path, path: str) -> dict[str, Any]:
    """Read TOML; raise ContentError where it cannot be read."""
    try:
        return tomllib.loads(texts.read(root / path).text)
    except (tomllib.TOMLDecodeError, OSError, RecursionError) as error:
        what = f"it cannot be read ({error})"
        raise ContentError(Problem(path, 1, "toml", what, "mend it")) from error


def read_yaml(root: Path, path: str) -> Mapping:
    """Read YAML with the lines of its keys; raise ContentError where it cannot be read."""
    try:
        return read_mapping(read_text(root / path, path), path, 1)
    except RenderError as error:
        line, key, what, remedy = str(error).removeprefix(f"{path}:").split(":", 3)
        raise ContentError(Problem(path, int(line), key.strip(), what, remedy)) from error


def line_of(root: Path, path: str, text: str) -> int:
    """Return the first line of a file that holds ``text``; 1 where none does."""
    lines = (root / path).read_text(encoding="utf-8-sig", errors="replace").splitlines()
    return next((number for number, line in enumerate(lines, 1) if text in line), 1)
