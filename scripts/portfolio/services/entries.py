"""BibTeX as services answer it: entry by entry, each within bounds, without abbreviations.

What people write in files may be damaged, and is read with patience; what services write is not.
"""

import re
from collections.abc import Iterator
from itertools import islice, pairwise

from portfolio.records.bibtex.reader import parse_bibtex
from portfolio.records.formats.bib import record_of_entry
from portfolio.records.formats.record import Record

_START = re.compile(r"^@(?=\w)(?!(?:string|preamble|comment)\b)", re.MULTILINE | re.IGNORECASE)
_BRACE = re.compile(r"[{}]")
_LONGEST = 100_000
"""How many letters an entry may have; one with two thousand authors has half as many."""
_DEEPEST, _MOST = 12, 20_000


def records_in(text: str) -> Iterator[Record]:
    """Yield the records of the entries that begin a line and close all their braces."""
    starts = [found.start() for found in islice(_START.finditer(text), _MOST)]
    for start, end in pairwise([*starts, len(text)]):
        written = text[start:end].strip()
        if len(written) <= _LONGEST and _is_whole(written):
            yield from map(record_of_entry, parse_bibtex(written, shown_as="")[0][:1])


def _is_whole(written: str) -> bool:
    """Whether the first brace closes at the end, and none before lies too deep."""
    depth = 0
    for brace in _BRACE.finditer(written):
        depth += 1 if brace.group() == "{" else -1
        if not 0 < depth <= _DEEPEST:
            return depth == 0 and brace.end() == len(written)
    return False
