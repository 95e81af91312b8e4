"""Cells that no renderer speaks of are named: with others' labels as ids, or bad tolerances."""

import pytest
from nbformat import v4, writes

from portfolio.pages.check import problems


def saved(project, *cells):
    """Save a notebook of a paper with code cells of these ids and sources."""
    notebook = v4.new_notebook(cells=[v4.new_code_cell(source, id=name) for name, source in cells])
    (project / "notebooks" / "foam.ipynb").write_text(writes(notebook))


def told(project):
    """Return what is said of ids, with the cell."""
    return [(one.line, one.what) for one in problems(project) if "its id" in one.what]


def test_a_label_as_the_id_of_another_cell_is_named(project):
    """Quarto looks for a label among ids too, and finds another cell than the figure."""
    saved(project, ("fig-foam", "1 + 1"), ("b2", "#| label: fig-foam\n2"))
    what = "its id is the label of cell 2 (fig-foam): Quarto shows it there"
    assert told(project) == [(1, what)]


def test_a_cell_may_be_called_by_its_own_label(project):
    """Other ids are anybody's business."""
    saved(project, ("a1", "1 + 1"), ("fig-foam", "#| label: fig-foam\n2"))
    assert not told(project)


@pytest.mark.parametrize("said", ["two", "-0.1", "{shares: 0.1}", "[0.1]", "true"])
def test_a_tolerance_that_is_none_is_named(project, said):
    """Whichever renderer is there, before a verification stumbles over it."""
    saved(project, ("a1", "1 + 1"), ("b2", f"#| tolerance: {said}\n2"))
    found = [(one.line, one.what) for one in problems(project) if "no share" in one.what]
    assert [line for line, _ in found] == [2]
    assert found[0][1].startswith("cell 2: the tolerance is no share, such as 0.02")


@pytest.mark.parametrize("said", ["0.02", "any", "{share: 0.02, number: 0.5}", "0"])
def test_good_tolerances_are_not_spoken_of(project, said):
    """A share, a share and a number, and anything."""
    saved(project, ("a1", f"#| tolerance: {said}\n2"))
    assert not [one for one in problems(project) if "tolerance" in one.what]
