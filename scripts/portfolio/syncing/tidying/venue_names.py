"""One spelling for each venue: the one that most entries have, in full rather than cut short."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from portfolio.records.latex.convert import to_text
from portfolio.records.people.names import fold

_SMALL = {"the", "of", "on", "in", "and", "for", "a", "an", "to"}
_DISTINCT = re.compile(r"\d")


def unified(names: Iterable[str]) -> Mapping[str, str]:
    """Return for each spelling, in LaTeX, the one to have; venues with numbers in them stay.

    Two are one venue if they have the same words but for small ones, or if each word of the one,
    with its dot, is the beginning of the other's.
    """
    counts = Counter(name for name in names if name and not _DISTINCT.search(name))
    best: dict[str, str] = {}
    heads: list[str] = []
    for name in sorted(counts, key=lambda name: (_dots(name), -counts[name], -len(name), name)):
        head = next((known for known in heads if _is_same(name, known)), "")
        if head:
            best[name] = head
        else:
            heads.append(name)
    return best


def _is_same(name: str, known: str) -> bool:
    words, others = _words(name), _words(known)
    if len(words) != len(others) or not words:
        return False
    return all(
        mine == its or (dotted and its.startswith(mine))
        for (mine, dotted), (its, _) in zip(words, others, strict=True)
    )


def _words(name: str) -> list[tuple[str, bool]]:
    """Return the words of a name that matter, folded, and whether each is cut short."""
    text = to_text(name).replace("&", " ").replace("-", " ").replace(":", " ")
    return [
        (fold(word), word.endswith("."))
        for word in text.split()
        if fold(word) and fold(word) not in _SMALL
    ]


def _dots(name: str) -> int:
    return sum(dotted for _, dotted in _words(name))
