"""Names that are taken get a number, in one way everywhere."""

from itertools import islice

from portfolio.numbering import free, numbered


def test_names_are_numbered_from_two_on():
    """The first keeps its name; the others are told from it by a number."""
    assert [*islice(numbered("a"), 3)] == ["a", "a-2", "a-3"]
    assert [*islice(numbered("a", "{} ({})".format), 2)] == ["a", "a (2)"]


def test_a_name_is_taken_whatever_its_case():
    """Two names that some disks take for one are two here."""
    taken = set()
    assert [free(name, taken) for name in ("A", "a", "a-2", "A")] == ["A", "a-2", "a-2-2", "A-3"]
