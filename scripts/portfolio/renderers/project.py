"""A Quarto project as the embedded renderer reads it: its settings, pages and resources."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from portfolio.renderers.source import Mapping, read_mapping, read_text

SETTINGS = "_quarto.yml"
FOLDER_SETTINGS = "_metadata.yml"


@dataclass(frozen=True)
class Project:
    """The project at ``root``; ``files`` are its settings and, over them, its profile's."""

    root: Path
    files: list[Mapping]

    def setting(self, key: str) -> Any:
        """Return a setting by its dotted key; None where no file has it."""
        return latest(self.files, key)

    def listed(self, key: str) -> list[str]:
        """Return a setting that is a list, or one thing that stands for a list of one."""
        value = self.setting(f"project.{key}") or []
        return value if isinstance(value, list) else [value]

    def matching(self, key: str) -> list[Path]:
        """Return the files that the patterns of ``render`` or ``resources`` name, in order."""
        found = [path for glob in self.listed(key) for path in sorted(self.root.glob(glob))]
        return [path for path in dict.fromkeys(found) if path.is_file()]

    def metadata(self, page: Path) -> list[Mapping]:
        """Return the ``_metadata.yml`` of the page's folders, the outermost first."""
        folders = reversed(page.relative_to(self.root).parents)
        files = [self.root / folder / FOLDER_SETTINGS for folder in folders]
        return [_read(file, self.root) for file in files if file.exists()]


def load_project(root: Path) -> Project:
    """Read the settings of the project at ``root`` and of its default profile."""
    settings = _read(root / SETTINGS, root)
    default = settings.get("profile.group")
    while isinstance(default, list) and default:
        default = default[0]
    profile = root / f"_quarto-{default}.yml"
    return Project(root, [settings, _read(profile, root)] if profile.exists() else [settings])


def latest(mappings: list[Mapping], key: str) -> Any:
    """Return the value of a dotted key in the last of the mappings that has it."""
    return next((each.get(key) for each in reversed(mappings) if key in each.lines), None)


def _read(file: Path, root: Path) -> Mapping:
    path = file.relative_to(root).as_posix()
    return read_mapping(read_text(file, path), path, 1)
