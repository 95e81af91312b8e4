"""JSON as services answer it, taken apart without trust in its shape or its size.

What is far beyond anything that works are told by is no answer: to look at it might take for ever.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from portfolio.refusal import Refusal
from portfolio.services.answer import Answer
from portfolio.texts import clean

Table = Mapping[str, Any]
_LONGEST = 2_000
"""How many letters a text may have; longer ones, such as abstracts, are left out."""
_MOST = 20_000
"""How many things a list may have: some papers have fifteen thousand authors."""
_DEEPEST = 40
_LARGEST = 10**20


class _BeyondError(Exception):
    """JSON is larger or deeper than any answer."""


def table_in(answer: Answer) -> Table:
    """Return the object that an answer is; raise Refusal if it is none."""
    said = value_in(answer.text)
    if not isinstance(said, dict):
        raise _no_sense(answer)
    return said


def value_in(text: str) -> Any:
    """Return what JSON says, clean and within bounds, or None if it is none, or beyond them."""
    try:
        return _bounded(json.loads(text), _DEEPEST)
    except (ValueError, RecursionError, _BeyondError):
        return None


def _bounded(said: Any, deepest: int) -> Any:
    if isinstance(said, str):
        return clean(said) if len(said) <= _LONGEST else ""
    if not isinstance(said, list | dict):
        return said
    if not deepest or len(said) > _MOST:
        raise _BeyondError
    if isinstance(said, list):
        return [_bounded(each, deepest - 1) for each in said]
    return {clean(name): _bounded(each, deepest - 1) for name, each in said.items()}


def at(said: Any, *names: str) -> Any:
    """Return what lies behind the ``names`` one in another, or None."""
    for name in names:
        said = said.get(name) if isinstance(said, dict) else None
    return said


def text(said: Any, *names: str) -> str:
    """Return the text there, or a whole number as one, or nothing."""
    found = at(said, *names)
    number = isinstance(found, int) and not isinstance(found, bool) and abs(found) < _LARGEST
    return found if isinstance(found, str) else str(found) if number else ""


def tables(said: Any, *names: str) -> Iterator[Table]:
    """Yield the objects of the list there."""
    found = at(said, *names)
    yield from (each for each in found if isinstance(each, dict)) if isinstance(found, list) else ()


def listed(answer: Answer, *names: str, most: int) -> list[Table]:
    """Return the objects of a list that the answer must have.

    Raises Refusal if it has none, or one that is longer than what was asked for may be.
    """
    said = table_in(answer)
    found = at(said, *names)
    if not isinstance(found, list) or len(found) > most:
        raise _no_sense(answer)
    return list(tables(said, *names))


def whole(said: Any, *names: str) -> int | None:
    """Return the whole number there that is not below zero, or None."""
    found = at(said, *names)
    number = isinstance(found, int) and not isinstance(found, bool) and 0 <= found < _LARGEST
    return found if number else None


def _no_sense(answer: Answer) -> Refusal:
    return Refusal(answer.address, "the answer makes no sense", "try again later")
