"""What would take for ever, or all memory, is given up in time and named."""

import pytest

from portfolio import pandoc
from portfolio.records.bibtex.reader import parse_bibtex
from portfolio.records.inheritance import inherit
from portfolio.records.latex import formulas
from portfolio.records.latex.convert import to_text
from portfolio.records.people.names import read_names

TOWER = "x^{" * 28 + "x" + "}" * 28


def test_pandoc_is_given_up_in_time():
    """Pandoc that takes too long is stopped, and its caller hears how long it took."""
    with pytest.raises(pandoc.PandocError, match=r"it took more than 0\.2 s"):
        pandoc.to_html(f"${TOWER}$", "--from=markdown", seconds=0.2)


def test_pandoc_has_no_more_than_its_memory(monkeypatch):
    """Pandoc that needs too much memory ends, and its caller hears why."""
    monkeypatch.setattr(pandoc, "_MEMORY", "16m")
    with pytest.raises(pandoc.PandocError, match="it needs more memory than it gets"):
        pandoc.to_html("word " * 300_000, "--from=markdown")


def test_one_formula_costs_no_other_its_mathml(monkeypatch):
    """A formula that holds Pandoc up is shown as it is written, and the others as MathML."""
    monkeypatch.setattr(formulas, "_made", {})
    monkeypatch.setattr(formulas, "_DEEPEST", 99)
    monkeypatch.setattr(formulas, "_SECONDS", 0.5)
    formulas.expect(["a^2+1", TOWER, "b^2+1", "c^2+1"])
    assert [formulas.is_formula(tex) for tex in ("a^2+1", "b^2+1", "c^2+1")] == [True] * 3
    assert formulas.formula_html(TOWER) == f"<code>{TOWER}</code>"


@pytest.mark.parametrize(
    "tex",
    [
        TOWER,
        r"\left(" * 20 + "x" + r"\right)" * 20,
        r"x^\begin{matrix}" * 20 + r"\end{matrix}" * 20,
        "x+" * 1200 + "y",
    ],
    ids=["indices", "brackets", "matrices", "long"],
)
def test_what_holds_pandoc_up_is_not_even_tried(monkeypatch, tex):
    """Formulas too deep or too long are shown as written, all of them, at once."""
    monkeypatch.setattr(formulas, "_converted", lambda tried: 1 / 0 if tried else [])
    monkeypatch.setattr(formulas, "_made", {})
    assert formulas.formula_html(tex) == f"<code>{tex}</code>"


def test_a_formula_as_deep_as_people_write_is_mathml():
    """Continued fractions and indices of indices are not too deep."""
    fraction = r"\frac{1}{a+" * 8 + "x_{i_{j_k}}" + "}" * 8
    assert formulas.is_formula(fraction)


def test_strings_that_double_stay_short():
    """Forty strings, each twice the one before, fill no memory: what is too long is named."""
    lines = ['@string{s0 = "ha"}']
    lines += [f"@string{{s{number} = s{number - 1} # s{number - 1}}}" for number in range(1, 41)]
    text = "\n".join([*lines, "@misc{a, title = s40, year = 2020}"])
    entries, problems = parse_bibtex(text, shown_as="a.bib")
    assert [entry.key for entry in entries] == ["a"]
    assert len(entries[0].fields["title"]) < 100_000
    assert any("stands for too much text" in one.what for one in problems)


def chained(count, kind, field):
    """Return a chain of entries, of which each refers to the next."""
    return "\n".join(
        [f"@{kind}{{e{n}, {field} = {{e{n + 1}}}, title = {{T}}}}" for n in range(count)]
        + [f"@{kind}{{e{count}, title = {{T}}, publisher = {{P}}}}"]
    )


@pytest.mark.parametrize("field", ["crossref", "xdata"])
def test_a_chain_may_be_as_long_as_the_file(field):
    """The first of five thousand entries takes over what the last one says."""
    entries, _ = parse_bibtex(chained(5000, "misc", field), shown_as="a.bib")
    problems = []
    assert inherit(entries, problems).entries[0].fields["publisher"] == "P"
    assert problems == []


def test_entries_that_take_over_twice_from_each_take_no_time():
    """Thirty layers of two entries, each of which names both of the next, are read once each."""
    lines = [
        f"@misc{{e{layer}{side}, xdata = {{e{layer + 1}a, e{layer + 1}b}}}}"
        for layer in range(30)
        for side in "ab"
    ]
    text = "\n".join([*lines, "@misc{e30a, publisher = {P}}", "@misc{e30b, year = 2020}"])
    entries, _ = parse_bibtex(text, shown_as="a.bib")
    assert (
        inherit(entries, []).entries[0].fields.items() >= {"publisher": "P", "year": "2020"}.items()
    )


def test_a_circle_is_named():
    """Entries that refer to one another keep their own fields, and are named."""
    text = "@misc{a, crossref = {b}, title = {A}}\n@misc{b, crossref = {a}, title = {B}}"
    entries, _ = parse_bibtex(text, shown_as="a.bib")
    problems = []
    assert [one.fields["title"] for one in inherit(entries, problems).entries] == ["A", "B"]
    assert [one.what for one in problems] == ["crossref leads back to the entry itself, over a"]


@pytest.mark.parametrize("unit", ["{", "\\emph{", "\\emph", "{\\it ", "\\frac", "\\enquote{"])
def test_no_text_is_too_deep(unit):
    """Ten thousand braces or commands within one another are read to their end."""
    assert "z" in to_text(f"{unit * 10_000} z")


def test_many_people_in_braces():
    """A list of a thousand people in a pair of braces too many is taken apart."""
    people = " and ".join(f"Müller{number}, A." for number in range(1000))
    assert len(read_names(f"{{{people}}}").names) == 1000


def test_many_entries_under_one_key_are_all_shown():
    """Ten thousand entries under one key get ten thousand keys."""
    text = "\n".join(f"@misc{{a, title = {{T{number}}}}}" for number in range(10_000))
    entries, problems = parse_bibtex(text, shown_as="a.bib")
    assert len({entry.key for entry in entries}) == 10_000
    assert len(problems) == 9_999
