"""Quarto's options at the head of a cell: ``#| key: value``."""

import re
from itertools import takewhile

_OPTION = re.compile(r"#\|\s?(.*)")


def split_options(source: str) -> tuple[str, str]:
    """Return the YAML of a cell's options, and its code without them."""
    lines = source.split("\n")
    options = [found[1] for found in takewhile(bool, map(_OPTION.match, lines)) if found]
    return "\n".join(options), "\n".join(lines[len(options) :]).strip("\n")
