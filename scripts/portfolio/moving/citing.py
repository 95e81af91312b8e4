"""What the pages of a source cite from: the bibliographies that they, or their folders, name."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from portfolio.moving.source import Source, listed
from portfolio.records.bibtex.reader import parse_bibtex
from portfolio.refusal import Refusal

_ABOVE = ("_metadata.yml", "_quarto.yml", "_quarto.yaml")


def bibliographies_of(source: Source, page: Path, said: Mapping[str, Any]) -> list[Path]:
    """Return the .bib files that a page names, else those that the nearest folder's settings do."""
    if named := listed(said.get("bibliography")):
        return _found(source, page.parent, named)
    for folder in (page.parent, *page.parent.parents):
        if not folder.is_relative_to(source.root):
            break
        for path in (folder / name for name in _ABOVE):
            data = source.data(path) if path.is_file() else None
            if isinstance(data, Mapping) and (named := listed(data.get("bibliography"))):
                return _found(source, folder, named)
    return []


def keys_of(source: Source, path: Path) -> frozenset[str]:
    """Return the keys of the entries of a .bib file."""
    entries, _ = parse_bibtex(source.text(path), shown_as=source.name(path))
    return frozenset(entry.key for entry in entries)


def _found(source: Source, folder: Path, named: list[str]) -> list[Path]:
    paths = []
    for name in named:
        try:
            path = source.find(name, [folder])
        except Refusal:
            path = None
        if path and path.suffix.lower() == ".bib":
            paths.append(path)
    return paths
