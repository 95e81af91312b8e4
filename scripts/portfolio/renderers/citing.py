"""What a page cites from: the bibliography and the style that its metadata name."""

import posixpath
import re
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Any

from portfolio import texts
from portfolio.content import is_content
from portfolio.mapping import Mapping
from portfolio.renderers.dialect import without_code
from portfolio.renderers.project import SETTINGS, Project, listed
from portfolio.renderers.source import Page

KEYS = ("bibliography", "csl")
_ENTRY = re.compile(r"@[ \t]*\w+\s*[{(]\s*([^\s,{}()]+)")
_CITED = re.compile(r"(?<![\w.@/\\=])-?@\{?([^\W_][\w:.#$%&+?<>~/-]*)")
_BEHIND = ":.#$%&-+?<>~/"
"""Signs that belong to a key only where more of it follows."""


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


def lost_keys(project: Project, metadata: Sequence[Mapping], page: Page) -> Iterator[str]:
    """Yield a line for each key that a page cites and that no entry has, if all files can be read.

    Those of other formats than BibTeX are Pandoc's to read.
    """
    files = [project.root / path for path in cited_from(metadata).get("bibliography", ())]
    if not files or any(f.suffix != ".bib" or not is_content(f, project.root) for f in files):
        return
    keys = {key for file in files for key in _ENTRY.findall(texts.read(file).text)}
    for prose in page.prose:
        for found in _CITED.finditer(without_code(prose.text)):
            key = found[1].rstrip(_BEHIND)
            if key not in keys and not key.startswith("fig-"):
                what = f"@{key}: no entry of the bibliography has this key"
                yield f"{page.place(prose, found.start())}: {what}: correct it, or write \\@"


def as_metadata(files: dict[str, list[str]]) -> dict[str, Any]:
    """Return the files as Pandoc's metadata have them."""
    return {key: paths[0] if key == "csl" else paths for key, paths in files.items()}


def _from_root(folder: str, path: str) -> str:
    return posixpath.normpath(
        posixpath.join("" if path.startswith("/") else folder, path.lstrip("/"))
    )
