"""The abbreviations (``@string``) that entries use, for files that hold only their entries."""

import re
from collections.abc import Iterator

from portfolio.records.bibtex.reader import parse_bibtex
from portfolio.records.paper import Paper

_WORD = r"[A-Za-z][^\s\"#%'(),={}]*"
_FIELD = re.compile(rf"[{{(,\s]({_WORD})\s*=\s*({_WORD})\s*(?=[,)}}])")


def abbreviations(paper: Paper) -> Iterator[tuple[str, str]]:
    """Yield the abbreviations that stand for whole fields of the entry, and their texts."""
    bare = _FIELD.findall(paper.bibtex)
    if not bare:
        return
    entries, _ = parse_bibtex(paper.bibtex, shown_as=paper.path)
    alone = entries[0].fields if entries else {}
    for field, word in bare:
        meant = paper.latex.get(field.lower(), "")
        if alone.get(field.lower()) == word and meant not in {"", word}:
            yield word, meant
