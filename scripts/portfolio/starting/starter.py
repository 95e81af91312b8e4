"""The starter: the files of a new site, and which of them stay the engine's."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

import yaml

from portfolio.records.formats.escape import to_latex
from portfolio.renderers.quarto import PINNED
from portfolio.shipped import EXTENSION, LOCK

_FOLDER = Path(__file__).parent / "starter"
LOCK_FILE = "requirements.lock"
_HIDDEN = "dot."
_EXTENSION_IN_A_SITE = PurePosixPath("_extensions", "portfolio")
_OF_THE_ENGINE = re.compile(
    r"_extensions/portfolio/.*|\.github/.*|\.devcontainer/.*|\.git\w+|Makefile|netlify\.toml"
    r"|requirements\.lock"
)
BLANK = re.compile(r"@(title|owner|author|site|repository|engine|quarto)@")
_NOT_SHIPPED = {"__pycache__"}


@dataclass(frozen=True)
class Blanks:
    """What is filled into the starter's files."""

    owner: str
    site: str
    engine: str

    def values(self) -> Mapping[str, str]:
        """Return what stands in each blank, written as its file wants it."""
        repository = repository_of(self.site)
        return {
            "title": self.owner,
            "owner": _yaml(self.owner),
            "author": to_latex(self.owner),
            "site": _yaml(self.site),
            "repository": f"\n  repository: {_yaml(repository)}" if repository else "",
            "engine": self.engine,
            "quarto": PINNED,
        }


def files(blanks: Blanks) -> dict[str, bytes]:
    """Return every file of a new site by its path."""
    values = blanks.values()
    made = {}
    for path in sorted(_below(_FOLDER)):
        name = "/".join(
            f".{part.removeprefix(_HIDDEN)}" if part.startswith(_HIDDEN) else part
            for part in path.relative_to(_FOLDER).parts
        )
        text = path.read_text(encoding="utf-8")
        made[name] = BLANK.sub(lambda blank: values[blank[1]], text).encode()
    return made | _extension() | {LOCK_FILE: LOCK.read_bytes()}


def of_the_engine() -> dict[str, bytes]:
    """Return the files of a site that the engine keeps up to date; none holds its owner's words."""
    everything = files(Blanks("", "", ""))
    return {path: data for path, data in everything.items() if _OF_THE_ENGINE.fullmatch(path)}


def repository_of(site: str) -> str:
    """Return the repository that a site at ``github.io`` comes from, else nothing."""
    parts = urlsplit(site)
    user, _, host = (parts.hostname or "").partition(".")
    if host != "github.io":
        return ""
    name = parts.path.strip("/") or f"{user}.github.io"
    return f"https://github.com/{user}/{name}"


def _extension() -> dict[str, bytes]:
    return {
        str(_EXTENSION_IN_A_SITE / path.relative_to(EXTENSION).as_posix()): path.read_bytes()
        for path in sorted(_below(EXTENSION))
    }


def _below(folder: Path) -> list[Path]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return [path for path in found if not _NOT_SHIPPED & set(path.parts)]


def _yaml(text: str) -> str:
    """Write a scalar as YAML: plain where that says the same, else quoted."""
    plain = re.fullmatch(r"[^\W\d_][\w .'-]*|https?://[\w./~%-]+", text)
    return text if plain and yaml.safe_load(text) == text else json.dumps(text, ensure_ascii=False)
