"""The site's settings: who owns it and where it lives, from ``_quarto.yml``."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from portfolio.records.paper import Link
from portfolio.records.people.names import fold
from portfolio.records.problems import ContentError, Problem
from portfolio.records.root import SETTINGS


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


def load_site(root: Path) -> Site:
    """Read the ``owner`` block of the settings; raise ContentError naming what it lacks."""
    text = (root / SETTINGS).read_text(encoding="utf-8")
    settings = yaml.safe_load(text) or {}
    owner = settings.get("owner") or {}
    lacking = [key for key in ("name", "site") if not owner.get(key)]
    if lacking:
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
        address=str(owner["site"]).rstrip("/"),
        repository=str(owner.get("repository") or "").rstrip("/"),
    )


def _owner(block: dict[str, Any]) -> Owner:
    name = str(block["name"])
    spellings = frozenset(fold(str(spelling)) for spelling in (name, *block.get("spellings", ())))
    return Owner(
        name=name,
        spellings=spellings,
        role=str(block.get("role", "")),
        affiliation=_link(block.get("affiliation") or {}),
        links=tuple(_link(link) for link in block.get("links") or ()),
    )


def _link(block: dict[str, Any]) -> Link:
    return Link(str(block.get("text", "")), str(block.get("href", "")))
