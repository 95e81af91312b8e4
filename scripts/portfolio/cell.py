"""Quarto's options at the head of a cell: ``#| key: value``."""

import re
from collections.abc import Iterator, Mapping
from itertools import takewhile
from typing import Any

from portfolio.mapping import NotYamlError, read_yaml
from portfolio.recent import recent

_FENCED = re.compile(r"^`{3,}[ \t]*\{python\b[^}\n]*\}[ \t]*\n((?:#\|[^\n]*\n)+)", re.MULTILINE)
_OPTION = re.compile(r"#\|\s?(.*)")


def split_options(source: str) -> tuple[str, str]:
    """Return the YAML of a cell's options, and its code without them."""
    lines = source.split("\n")
    options = [found[1] for found in takewhile(bool, map(_OPTION.match, lines)) if found]
    return "\n".join(options), "\n".join(lines[len(options) :]).strip("\n")


@recent(16_000_000)
def options_of(source: str) -> Mapping[str, Any]:
    """Return the options of a cell; none where they are no YAML, as the renderer says."""
    try:
        options = read_yaml(split_options(source)[0])
    except NotYamlError:
        return {}
    return options if isinstance(options, dict) else {}


def options_in(page: str) -> Iterator[Mapping[str, Any]]:
    """Yield the options of each cell of a page's source that has some."""
    for cell in _FENCED.finditer(page):
        yield options_of(cell[1])
