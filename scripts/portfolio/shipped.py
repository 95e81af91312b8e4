"""What the engine ships beside its code: its Quarto extension, its lock and its news.

In a checkout the extension lies where Quarto looks for it; a wheel carries it in the package.
"""

import re
from importlib import metadata
from pathlib import Path

DISTRIBUTION = "quarto-portfolio"
_PACKAGE = Path(__file__).parent
_PACKED = _PACKAGE / "extension"

EXTENSION = _PACKED if _PACKED.is_dir() else _PACKAGE.parents[1] / "_extensions" / "portfolio"
"""The folder with the page's template, style sheets and scripts."""

_LOOKS, _PARTS = {"site.css", "parts.css"}, ("list.css", "states.css")
_FOR_US = {
    ".css": re.compile(rb'("[^"]*")|/\*.*?\*/\s*|\s*([{}])\s*|(?<=[;,:])\s+|;\s*(?=\})', re.DOTALL),
    ".js": re.compile(rb"^()()[ \t]*(?://.*\n)?", re.MULTILINE),
}
"""What a reader's browser need not load: comments, indentation, blanks around signs of CSS."""

LOCK = _PACKAGE / "requirements.lock"
"""The packages that the engine needs, in versions that are known to work, with their hashes."""

NEWS = _PACKAGE / "NEWS.md"
"""What each version brought, the newest first."""


def theme_file(name: str) -> bytes:
    """Return a file of the theme as sites publish it.

    The style sheet of either look ends with those of parts that look alike in both.
    """
    names = [name, *_PARTS] if name in _LOOKS else [name]
    data = b"\n".join((EXTENSION / each).read_bytes() for each in names)
    for_us = _FOR_US.get(Path(name).suffix)
    return for_us.sub(rb"\1\2", data) if for_us else data


def version() -> str:
    """Return the version of the engine that is running."""
    return metadata.version(DISTRIBUTION)
