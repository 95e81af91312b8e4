"""Names of files and addresses of pages that come along: no two are the same."""

import re
from collections.abc import Collection
from pathlib import PurePosixPath

from portfolio.numbering import numbered

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


def safe(name: str) -> str:
    """Return a file's name in letters, digits, dots and hyphens, none of them hidden."""
    name = _UNSAFE.sub("-", name)
    stem, dot, suffix = name.rpartition(".")
    return f"{stem.strip('.-') or 'file'}.{suffix}" if dot else name.strip("-") or "file"


def untaken(name: str, taken: Collection[str]) -> str:
    """Return a name, with a number in it where it is taken; some disks see no capital letters."""
    there = {each.lower() for each in taken}
    path = PurePosixPath(name)
    names = (str(path.with_stem(stem)) for stem in numbered(path.stem))
    return next(each for each in names if each.lower() not in there)


def address_of(href: str) -> str:
    """Return how a page of the source is known, by whichever of its addresses."""
    path = href.partition("#")[0].partition("?")[0].strip("/").lower()
    path = re.sub(r"^(?:\.\.?/)+", "", path)
    path = re.sub(r"\.(?:html?|q?md|rmd)$", "", path)
    return re.sub(r"(?:^|/)_?index$", "", re.sub(r"^(?:_pages|content|content/page)/", "", path))
