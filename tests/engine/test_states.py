"""A figure has the states that its cell names; what is named amiss is said."""

import pytest

from portfolio.mapping import read_mapping
from portfolio.states import States, alternatives, attributes, faults_of, read_back, states_of


def options(text):
    """Return a cell's options."""
    return read_mapping(text, "a.ipynb", 1)


def test_states_are_a_name_and_values_as_they_are_written():
    """Numbers and texts; the first is shown first unless told."""
    said = "states: {Wind speed: [0, 2.5, a storm]}"
    assert states_of(options(said)) == States("Wind speed", ("0", "2.5", "a storm"))
    found = states_of(options(f"{said}\nstart: 2.5"))
    assert found == States("Wind speed", ("0", "2.5", "a storm"), 1)
    told = attributes(found)
    assert read_back(told["data-states"], told["data-start"]) == found


@pytest.mark.parametrize(
    ("said", "key", "what"),
    [
        ("states: 3", "states", "these are not one name and 2 to 24 different numbers or texts"),
        ("states: [a, b]", "states", "these are not one name"),
        ("states: {a: [1, 2], b: [1, 2]}", "states", "these are not one name"),
        ("states: {a: [1]}", "states", "these are not one name"),
        ("states: {a: [1, 1]}", "states", "these are not one name"),
        ("states: {a: [x, '']}", "states", "these are not one name"),
        ("states: {a: [yes, no]}", "states", "these are not one name"),
        (f"states: {{a: {[*range(25)]}}}", "states", "these are not one name"),
        ("states: {a: [1, 2]}\nstart: 3", "start", "it is none of the states (3)"),
        ("start: 3", "start", "the figure has no states"),
    ],
)
def test_what_is_named_amiss_is_said_with_its_key(said, key, what):
    """Anything but one name with a list of different values, and a start that is none of them."""
    ((found, why, _),) = faults_of(options(said))
    assert found == key
    assert why.startswith(what)
    assert states_of(options(said)) is None


def test_one_text_for_all_states_is_told_with_the_value():
    """A list gives each its own; without any there is none."""
    said = "states: {Wind: [none, much]}\nfig-alt: "
    assert alternatives(options(said + "A wave."), 2) == [
        "Wind: none. A wave.",
        "Wind: much. A wave.",
    ]
    assert alternatives(options(said + "[Flat., High.]"), 2) == ["Flat.", "High."]
    assert alternatives(options(said), 2) == ["", ""]
