"""What a page cites from: the bibliography and the style that its metadata name."""

import posixpath
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from portfolio.content import is_content
from portfolio.mapping import Mapping
from portfolio.renderers.project import SETTINGS, Project, listed

KEYS = ("bibliography", "csl")


def cited_from(metadata: Sequence[Mapping]) -> dict[str, list[str]]:
    """Return the files of bibliography and style, from the project's root; none where none is.

    What a page or a folder's metadata name lies beside them, a path with a slash at the root.
    """
    found: dict[str, list[str]] = {}
    for mapping in metadata:
        folder = "" if mapping.path == SETTINGS else posixpath.dirname(mapping.path)
        for key in KEYS:
            if key in mapping.lines:
                found[key] = [_from_root(folder, path) for path in listed(mapping.get(key))]
    return found if found.get("bibliography") else {}


def state_of(project: Project, files: dict[str, list[str]]) -> str:
    """Return what changes with the files that a page cites from."""
    state = sha256()
    for path in (path for key in KEYS for path in files.get(key, ())):
        file = project.root / path
        state.update(file.read_bytes() if is_content(file, project.root) else b"")
    return state.hexdigest() if files else ""


def faults_of(project: Project, metadata: Sequence[Mapping], page: str) -> list[str]:
    """Return a line for each file that a page would cite from and that is not there."""
    return [
        f"{page}:1: {key}: there is no such file ({path}): correct its name"
        for key, paths in cited_from(metadata).items()
        for path in paths
        if not is_content(project.root / path, project.root)
    ]


def as_metadata(files: dict[str, list[str]]) -> dict[str, Any]:
    """Return the files as Pandoc's metadata have them."""
    return {key: paths[0] if key == "csl" else paths for key, paths in files.items()}


def _from_root(folder: str, path: str) -> str:
    return posixpath.normpath(
        posixpath.join("" if path.startswith("/") else folder, path.lstrip("/"))
    )
