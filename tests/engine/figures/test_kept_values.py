"""A run keeps the values and tables that cells name, and texts say them as they are."""

import lab
import nbformat
import numpy as np
import pandas as pd
import pytest

from portfolio.figures.answers import LARGEST, answered
from portfolio.figures.asked import Asked, asked_by, kept_in
from portfolio.figures.comparing import moves
from portfolio.figures.failures import RunError
from portfolio.figures.runs import executed
from portfolio.figures.values import Values, read_values
from portfolio.notebook import parse_notebook

KEEPS = """#| label: fig-a
#| values: speed, name
#| table: steps
import numpy as np
speed, name = np.float32(1) / 3, "waves"
steps = {"t": [0, 1], "x": np.array([0.1, 0.25])}
print(speed)"""
KNOWN = Values({"waves": {"speed": -0.33333, "count": 12345, "name": "foam"}}, {"waves": {"late"}})


class Unwritten:
    """A table whose way to CSV is another one."""

    columns = ()
    index = pd.RangeIndex(0)

    def to_csv(self):
        """Take none of the arguments that pandas takes."""


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    """Return a project after a run of a notebook that keeps something."""
    root = lab.make(tmp_path_factory.mktemp("lab"))
    lab.put(root, "a", KEEPS)
    lab.run(root, "a")
    return root


def of(root):
    """Return the stored notebook."""
    return parse_notebook((root / "notebooks" / "a.ipynb").read_text())


def test_a_run_keeps_what_a_cell_names(ran):
    """Numbers with six digits, texts as they are, and a table as CSV, beside the cell's outputs."""
    kept = kept_in(of(ran)["cells"][1])
    assert dict(kept.values) == {"name": "waves", "speed": 0.333333}
    assert kept.table == "t,x\n0,0.1\n1,0.25\n"
    assert read_values(ran).said("a.speed:.2f") == "0.33"


def test_another_run_with_the_same_values_changes_no_byte(ran):
    """What is kept is compared like an output."""
    path = ran / "notebooks" / "a.ipynb"
    text = path.read_text()
    assert executed(text, path, ran) == text


def test_a_cell_that_asks_for_more_makes_its_figure_stale(ran):
    """It is named by its number; asking for less counts as well."""
    path = ran / "notebooks" / "a.ipynb"
    text = path.read_text()
    for asked in ("speed, name, other", "speed"):
        path.write_text(text.replace("values: speed, name", f"values: {asked}"))
        assert lab.why(ran)["a"] == ["its cell 2 asks for other values, or another table"]
    path.write_text(text)
    assert "a" not in lab.why(ran)


def test_a_run_whose_values_moved_says_which_and_how_far(ran):
    """Within the tolerance of the cell nothing is said."""
    before, after = of(ran), of(ran)
    after["cells"][1]["metadata"]["portfolio"]["values"]["speed"] = 0.3
    after["cells"][1]["metadata"]["portfolio"]["table"] = "t,x\n0,0.1\n1,0.5\n"
    assert [str(move) for move in moves(before, after)] == [
        "fig-a, speed: 1 of 1 numbers moved, by up to 10 % (0.333333 is now 0.3)",
        "fig-a, its table: 1 of 4 numbers moved, by up to 50 % (0.25 is now 0.5)",
    ]
    for each in (before, after):
        each["cells"][1]["source"] = "#| tolerance: 0.6\n" + each["cells"][1]["source"]
    assert moves(before, after) == []


@pytest.mark.parametrize(
    ("asked", "variables", "fault"),
    [
        (Asked(values=("x",)), {}, "values: no variable is called x"),
        (Asked(values=("x",)), {"x": [1]}, "values: x is of type list, and no number or text"),
        (Asked(values=("x",)), {"x": np.nan}, "values: x is nan"),
        (Asked(values=("x",)), {"x": 10**400}, "values: it cannot be written (OverflowError: int"),
        (Asked(table="x"), {"x": Unwritten()}, "table: it cannot be written (TypeError: "),
        (Asked(table="x"), {"x": 1}, "table: x is no table"),
        (Asked(table="x"), {"x": {"a": [1], "b": []}}, "table: the columns of x are not of one"),
        (Asked(table="x"), {"x": {"a": ["y" * LARGEST]}}, "table: x has 1,000,003 letters as CSV"),
    ],
    ids=[
        "unknown",
        "a list",
        "no number",
        "beyond all bounds",
        "of another library",
        "no table",
        "ragged",
        "too large",
    ],
)
def test_what_cannot_be_kept_is_named(asked, variables, fault):
    """With the option, the variable, and what is wrong with it."""
    assert answered(asked, variables)["fault"][0].startswith(fault)


@pytest.mark.parametrize(
    "table",
    [
        {"a": [1, 2], "b": [0.5, 1 / 3]},
        pd.DataFrame({"a": [1, 2], "b": [0.5, 1 / 3]}),
        pd.DataFrame({"b": [0.5, 1 / 3]}, index=pd.Index([1, 2], name="a")),
        pd.Series([0.5, 1 / 3], index=pd.Index([1, 2], name="a"), name="b"),
    ],
    ids=["columns", "a frame", "a frame with an index", "a series"],
)
def test_tables_of_every_kind_are_the_same_csv(table):
    """Columns by name, frames, frames whose index has a name, and series."""
    assert answered(Asked(table="x"), {"x": table}) == {"table": "a,b\n1,0.5\n2,0.333333\n"}


def test_a_value_that_is_not_there_stops_the_run(tmp_path):
    """The notebook stays as it was, and one line names cell, option and variable."""
    root = lab.make(tmp_path)
    lab.put(root, "a", "#| values: speed\n1")
    path = root / "notebooks" / "a.ipynb"
    with pytest.raises(RunError) as stopped:
        executed(path.read_text(), path, root)
    assert str(stopped.value) == (
        "notebooks/a.ipynb:1: a: cell 2: values: no variable is called speed: "
        "name one that the cell sets"
    )


def test_what_a_notebook_does_to_its_output_is_no_matter(tmp_path):
    """A notebook may print at its end, or take the place of the output: its record is whole."""
    root = lab.make(tmp_path)
    mute = "import sys\nclass Mute:\n    def write(self, _): pass\n    def flush(self): pass\n"
    lab.put(root, "a", f"{mute}sys.stdout = Mute()")
    lab.run(root, "a")
    assert nbformat.read(root / "notebooks" / "a.ipynb", 4).metadata.portfolio.python


def test_options_are_read_however_they_are_written():
    """With commas, blanks or as a list; what is no YAML asks for nothing, for others say so."""
    assert asked_by("#| values: a, b\n#| table: t\n1") == Asked("", ("a", "b"), "t")
    assert asked_by("#| values: a b a\n") == Asked("", ("a", "b"))
    assert asked_by("#| values: [a, b]\n") == asked_by("#| values:\n#|   - a\n#|   - b\n")
    assert asked_by("#| values: [a, b]\n") == Asked("", ("a", "b"))
    assert not asked_by("#| values:\n#| table:\n")
    assert not asked_by("#| values: [a\n1")
    assert not asked_by("print(1)")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{value waves.speed}", "\N{MINUS SIGN}0.33333"),
        ("{value waves.speed:.1f}!", "\N{MINUS SIGN}0.3!"),
        ("{value waves.speed:.0%}", "\N{MINUS SIGN}33%"),
        ("{value  waves.count:,d}", "12,345"),
        ("{value\nwaves.speed:+.2f}", "\N{MINUS SIGN}0.33"),
        ("{value waves.name}", "foam"),
        ("{value waves.speed:.2f", "{value waves.speed:.2f"),
        ("{values waves.speed}", "{values waves.speed}"),
    ],
)
def test_a_value_is_written_as_its_text_says(text, said):
    """As Python does, with a true minus; what is no such mark stays."""
    assert KNOWN.inserted(text) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{value}", "it names no value: write it as {value slug.name}, or {value slug.name:.2f}"),
        ("{value wave.speed}", "there is no notebook wave: did you mean waves?"),
        ("{value waves.sped}", "the notebook waves keeps no such value: did you mean speed?"),
        ("{value waves.late}", "no run has told it yet: run `portfolio figures waves`"),
        ("{value waves.speed:999999d}", "999999d is no form for a number: write it as Python"),
        ("{value waves.name:.2f}", ".2f is no form for a text: write it as Python"),
    ],
)
def test_a_value_that_there_is_not_is_named_with_a_way_out(text, said):
    """The nearest name, or the command that would give it; the text stays as it is."""
    ((place, mark, error),) = KNOWN.faults(f"so {text}")
    assert (place, mark) == (3, text)
    assert f"{error.what}: {error.remedy}".startswith(said)
    assert KNOWN.inserted(text) == text
