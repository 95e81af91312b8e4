"""The site's settings: who owns it and where it lives, from ``_quarto.yml``."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from portfolio.records.paper import Link
from portfolio.records.people.names import fold
from portfolio.records.problems import ContentError, Problem
from portfolio.records.root import SETTINGS

_TYPES_OF_QUARTO = ("website", "book", "default", "manuscript")


@dataclass(frozen=True)
class Owner:
    """The person whose portfolio this is."""

    name: str
    spellings: frozenset[str]
    role: str
    affiliation: Link
    links: tuple[Link, ...]


@dataclass(frozen=True)
class Site:
    """The owner and the addresses that every page needs."""

    owner: Owner
    description: str
    address: str
    repository: str


def is_portfolio(root: Path) -> bool:
    """Return whether the project is a portfolio, and not another website that shows papers."""
    kind = (_settings(root).get("project") or {}).get("type")
    return bool(kind) and kind not in _TYPES_OF_QUARTO


def load_site(root: Path, *, known: bool = True) -> Site:
    """Read the ``owner`` block of the settings; raise ContentError naming what it lacks.

    Where the owner need not be ``known``, what is not said is empty.
    """
    settings = _settings(root)
    owner = settings.get("owner") or {}
    lacking = [key for key in ("name", "site") if not owner.get(key)]
    if lacking and known:
        text = (root / SETTINGS).read_text(encoding="utf-8")
        line = next((n for n, row in enumerate(text.split("\n"), 1) if row.startswith("owner:")), 1)
        raise ContentError(
            *(
                Problem(SETTINGS, line, f"owner.{key}", "is not set", "write it there")
                for key in lacking
            ),
        )
    return Site(
        owner=_owner(owner),
        description=str(owner.get("description", "")),
        address=str(owner.get("site") or "").rstrip("/"),
        repository=str(owner.get("repository") or "").rstrip("/"),
    )


def _settings(root: Path) -> dict[str, Any]:
    """Return the project's settings; a document on its own has none."""
    path = root / SETTINGS
    return (yaml.safe_load(path.read_text(encoding="utf-8")) or {}) if path.is_file() else {}


def _owner(block: dict[str, Any]) -> Owner:
    name = str(block.get("name") or "")
    spelled = filter(None, (name, *block.get("spellings", ())))
    spellings = frozenset(fold(str(spelling)) for spelling in spelled)
    return Owner(
        name=name,
        spellings=spellings,
        role=str(block.get("role", "")),
        affiliation=_link(block.get("affiliation") or {}),
        links=tuple(_link(link) for link in block.get("links") or ()),
    )


def _link(block: dict[str, Any]) -> Link:
    return Link(str(block.get("text", "")), str(block.get("href", "")))
