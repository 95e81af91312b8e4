"""JSON as services answer it, taken apart without trust in its shape."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from portfolio.refusal import Refusal
from portfolio.services.web import Answer
from portfolio.texts import cleaned

Table = Mapping[str, Any]


def table_in(answer: Answer) -> Table:
    """Return the object that an answer is; raise Refusal if it is none."""
    try:
        said = json.loads(answer.text)
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        raise Refusal(answer.address, "the answer makes no sense", "try again later")
    return dict(cleaned(said))


def at(said: Any, *names: str) -> Any:
    """Return what lies behind the ``names`` one in another, or None."""
    for name in names:
        said = said.get(name) if isinstance(said, dict) else None
    return said


def text(said: Any, *names: str) -> str:
    """Return the text there, or a whole number as one, or nothing."""
    found = at(said, *names)
    number = isinstance(found, int) and not isinstance(found, bool)
    return found if isinstance(found, str) else str(found) if number else ""


def tables(said: Any, *names: str) -> Iterator[Table]:
    """Yield the objects of the list there."""
    found = at(said, *names)
    yield from (each for each in found if isinstance(each, dict)) if isinstance(found, list) else ()


def listed(answer: Answer, *names: str) -> list[Table]:
    """Return the objects of a list that the answer must have; raise Refusal if it has none."""
    if not isinstance(at(table_in(answer), *names), list):
        raise Refusal(answer.address, "the answer makes no sense", "try again later")
    return list(tables(table_in(answer), *names))


def whole(said: Any, *names: str) -> int | None:
    """Return the whole number there that is not below zero, or None."""
    found = at(said, *names)
    return found if isinstance(found, int) and not isinstance(found, bool) and found >= 0 else None
