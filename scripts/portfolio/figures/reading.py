"""Code as it is read from a text, or as the project remembers to have read the same text."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from portfolio.figures.meaning import Code, Unit, joined, read_cell, read_code
from portfolio.recent import recent
from portfolio.remembered import remembered


def module_of(text: str, package: str, root: Path | None) -> Code:
    """Return `read_code` of a module, remembered in the project at ``root``."""
    return _code(text, remembered(root, _module, _packed([text, package])))


def cells_of(texts: Sequence[str], root: Path | None) -> Code:
    """Return the code of a notebook's cells as one, remembered in the project at ``root``."""
    return _code("\n".join(texts), remembered(root, _cells, _packed(list(texts))))


def _module(data: bytes) -> bytes:
    text, package = json.loads(data)
    return _in_bytes(read_code(text, package))


def _cells(data: bytes) -> bytes:
    return _in_bytes(joined(map(read_cell, json.loads(data))))


def _packed(said: list[str]) -> bytes:
    return json.dumps(said).encode()


def _in_bytes(code: Code) -> bytes:
    units = [[unit.name, unit.digest, sorted(unit.mentions)] for unit in code.units]
    return json.dumps([units, sorted(code.imports), code.aliases, sorted(code.texts)]).encode()


@recent(64_000_000)
def _code(text: str, data: bytes) -> Code:
    read: list[Any] = json.loads(data)
    units = (Unit(name, digest, frozenset(mentions)) for name, digest, mentions in read[0])
    aliases = tuple((name, meant) for name, meant in read[2])
    return Code(text, tuple(units), frozenset(read[1]), aliases, frozenset(read[3]))
