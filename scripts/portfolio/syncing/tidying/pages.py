"""The dash between pages: two hyphens, as BibTeX wants it."""

import re

_DASH = r"\s*(?:-+|[\u2010-\u2015])\s*"
_NUMBER = r"[A-Za-z]{0,2}\d+[A-Za-z]?"
_RANGES = re.compile(rf"{_NUMBER}{_DASH}{_NUMBER}(?:\s*,\s*{_NUMBER}(?:{_DASH}{_NUMBER})?)*")


def with_dashes(pages: str) -> str:
    """Return pages with ``--`` in ranges; what is no range, or is something else, stays."""
    return re.sub(_DASH, "--", pages) if _RANGES.fullmatch(pages.strip()) else pages
