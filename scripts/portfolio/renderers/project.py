"""A Quarto project as the embedded renderer reads it: settings, pages, resources, metadata."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

SETTINGS = "_quarto.yml"


@dataclass(frozen=True)
class Project:
    """The project at ``root`` with its settings, those of the default profile merged in."""

    root: Path
    settings: dict[str, Any]

    @property
    def html(self) -> dict[str, Any]:
        """The settings of the HTML format."""
        return dict((self.settings.get("format") or {}).get("html") or {})

    def pages(self) -> list[Path]:
        """Return the pages to render, in the order of the settings."""
        return self._matching("render")

    def resources(self) -> list[Path]:
        """Return the files to publish as they are."""
        return self._matching("resources")

    def scripts(self, moment: str) -> list[str]:
        """Return the commands to run at a ``moment``: ``pre-render`` or ``post-render``."""
        named = self.settings["project"].get(moment) or []
        return [named] if isinstance(named, str) else list(named)

    def metadata_for(self, page: Path) -> dict[str, Any]:
        """Return what a page inherits: the settings, and ``_metadata.yml`` of its folders."""
        inherited = {key: value for key, value in self.settings.items() if key != "project"}
        for folder in reversed(page.relative_to(self.root).parents):
            inherited = merge(inherited, read_yaml(self.root / folder / "_metadata.yml"))
        return inherited

    def _matching(self, key: str) -> list[Path]:
        found: dict[Path, None] = {}
        for pattern in self.settings["project"].get(key) or []:
            found |= dict.fromkeys(sorted(self.root.glob(pattern)))
        return [path for path in found if path.is_file()]


def load_project(root: Path) -> Project:
    """Read the settings of the project at ``root`` and of its default profile."""
    settings = {"project": {}} | read_yaml(root / SETTINGS)
    for group in (settings.get("profile") or {}).get("group") or []:
        default = group[0] if isinstance(group, list) else group
        settings = merge(settings, read_yaml(root / f"_quarto-{default}.yml"))
        if not isinstance(group, list):
            break
    return Project(root, settings)


def read_yaml(path: Path) -> dict[str, Any]:
    """Return the mapping in a YAML file; empty where there is no file."""
    return dict(yaml.safe_load(path.read_text(encoding="utf-8")) or {}) if path.exists() else {}


def merge(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """Lay one mapping over another, mapping by mapping."""
    merged = dict(below)
    for key, value in above.items():
        old = merged.get(key)
        both = isinstance(old, dict) and isinstance(value, dict)
        merged[key] = merge(old, value) if both else value  # type: ignore[arg-type]
    return merged
