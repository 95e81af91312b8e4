"""Figures of several states, of which readers choose one: radio buttons that need no script.

A cell names a parameter and its values, and shows a picture for each, in the same order, with two
``renderings`` light and dark by turns::

    #| states: {Wrong labels: [none, a half, most]}
    #| start: a half

Each button's label stands before its picture, so that one rule of style shows the picture of the
button that is pressed. Printed pages show all of them, as do browsers that know no such rule.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from portfolio.mapping import Mapping

FEWEST, MOST = 2, 24


@dataclass(frozen=True)
class States:
    """The states of a figure: the parameter, its values, and the place of the one to start in."""

    name: str
    values: tuple[str, ...]
    start: int = 0


def states_of(options: Mapping) -> States | None:
    """Return the states that a cell's options name; None where they name none, or amiss."""
    name, values = _named(options.get("states"))
    start = _words(options.get("start", "")) or next(iter(values), "")
    return States(name, values, values.index(start)) if start in values else None


def faults_of(options: Mapping) -> Iterator[tuple[str, str, str]]:
    """Yield the key, what is wrong, and what to do, where a cell's states are named amiss."""
    _, values = _named(options.get("states"))
    start = _words(options.get("start", ""))
    if "states" in options.values and not values:
        what = f"these are not one name and {FEWEST} to {MOST} different numbers or texts"
        yield "states", what, "write them as {noise: [none, some, much]}"
    elif values and start and start not in values:
        yield "start", f"it is none of the states ({start})", "give one of them"
    elif "start" in options.values and "states" not in options.values:
        yield "start", "the figure has no states", "name them in `states`, or remove the line"


def _named(said: object) -> tuple[str, tuple[str, ...]]:
    """Return the name of a parameter and its values as they are shown; nothing where amiss."""
    if not isinstance(said, dict) or len(said) != 1:
        return "", ()
    ((name, values),) = said.items()
    if not isinstance(values, list) or not FEWEST <= len(values) <= MOST:
        return "", ()
    words = tuple(_words(value) for value in values if type(value) in (int, float, str))
    alike = len({*words} - {""}) < len(values)
    return ("", ()) if alike else (str(name), words)


def alternatives(options: Mapping, count: int) -> list[str]:
    """Return the text that stands for each of so many pictures; empty where the cell gives none.

    A list gives each state its own; one text for all is told with the state's value.
    """
    said, states = options.get("fig-alt"), states_of(options)
    if isinstance(said, list):
        told = [_words(each) for each in said]
        return [*told, *[""] * count][:count]
    one = _words(said or "")
    if not states or not one:
        return [one] * count
    return [f"{states.name}: {value}. {one}" for value in states.values][:count]


def attributes(states: States) -> dict[str, str]:
    """Return the states as attributes of a figure, which `read_back` reads."""
    return {
        "data-states": json.dumps({states.name: states.values}, ensure_ascii=False),
        "data-start": states.values[states.start],
    }


def read_back(said: str, start: str) -> States | None:
    """Return the states that attributes tell, or None where they tell none."""
    try:
        values = {"states": json.loads(said)} | ({"start": start} if start else {})
    except ValueError:
        return None
    return states_of(Mapping("", values, {}))


def shown(states: States, label: str, pictures: Sequence[str]) -> str:
    """Return a group of buttons with a picture for each, which is HTML already."""
    each = zip(states.values, pictures, strict=True)
    parts = (
        _state(label, value, picture, pressed=number == states.start)
        for number, (value, picture) in enumerate(each)
    )
    legend = f"<legend>{escape(states.name)}</legend>"
    return f'<fieldset class="states">{legend}{"".join(parts)}</fieldset>'


def _state(label: str, value: str, picture: str, *, pressed: bool) -> str:
    button = f'<input type="radio" name="{label}-state"{" checked" * pressed}>'
    return f'<label>{button}{escape(value)}</label><div class="state">{picture}</div>'


def _words(value: object) -> str:
    return " ".join(str(value).split())
