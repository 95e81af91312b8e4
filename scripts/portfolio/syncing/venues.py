"""Whether two names of a venue mean one: in full, abbreviated, or by the first letters."""

import re

_SMALL = {
    "the", "of", "on", "in", "and", "for", "a", "an", "proceedings", "proc", "international",
    "conference", "annual", "journal", "workshop", "symposium", "transactions", "advances", "ieee",
    "acm", "lecture", "notes",
}  # fmt: skip

_LONGEST = 20
"""How many letters a name may have that stands for many words."""


def agree(one: str, other: str) -> bool:
    """Whether two folded names may mean one venue; what is not told agrees with everything."""
    if not one or not other or one == other:
        return True
    words, others = _words(one), _words(other)
    if not words or not others:
        return True
    if _begin(words, others) or _begin(others, words):
        return True
    return _letters(one, other) or _letters(other, one)


def _words(name: str) -> list[str]:
    found = [word for word in re.findall(r"[^\W\d_]+", name) if word not in _SMALL]
    return found or re.findall(r"[^\W\d_]+", name)


def _begin(short: list[str], long: list[str]) -> bool:
    """Whether each word of the one is the beginning of one in the other, in their order."""
    rest = iter(long)
    return all(any(_is_short_for(word, each) for each in rest) for word in short)


def _is_short_for(word: str, whole: str) -> bool:
    return whole.startswith(word) or word.startswith(whole)


def _letters(short: str, long: str) -> bool:
    """Whether a word of the one is made of the first letters of the other's words."""
    initials = [word[0] for word in re.findall(r"[^\W\d_]+", long)]
    named = {word for word in re.findall(r"[^\W\d_]{3,}", short) if len(word) <= _LONGEST}
    return any(_are_among(word, initials) or _are_pieces(word, long) for word in named)


def _are_among(word: str, initials: list[str]) -> bool:
    rest = iter(initials)
    return len(word) <= len(initials) and all(letter in rest for letter in word)


def _are_pieces(word: str, name: str) -> bool:
    """Whether a word is made of the beginnings of words, as NeurIPS is."""
    ways = {0}
    for piece in re.findall(r"[^\W\d_]+", name):
        ways |= {
            at + length
            for at in ways
            for length in range(1, min(len(piece), len(word) - at) + 1)
            if word.startswith(piece[:length], at)
        }
    return len(word) in ways
