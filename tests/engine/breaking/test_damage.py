"""One wrong letter anywhere in a .bib loses no entry in silence: what is not shown is named."""

import pytest

from portfolio.records.bibtex.reader import parse_bibtex

FORMS = {
    "a field a line": """@article{a,
  title = {Alpha},
  year = {2020},
}

@misc{b,
  title = "Beta",
  author = {Roe, R.}
}

@inproceedings{c, title = {Gamma},
  year = 2022
}
""",
    "an entry a line": """@article{a, title={Alpha}, year={2020}}
@misc{b, title={Beta}, author={Roe, R.}, year={2021}}
@inproceedings{c, title={Gamma}, year={2022}}
""",
    "one line": "@article{a,title={Alpha},year=2020}@misc{b,title={Beta}}@book{c,title={Gamma}}",
    "parentheses": "@article(a, title={Alpha})\n@misc(b, title={Beta})\n@book(c, title={Gamma})\n",
    "strings": '@string{sea = "Sea"}\n@article{a, title={Alpha}, journal=sea}\n@comment{x}\n'
    '@preamble{"x"}\n@misc{b, title={Beta}}\n@phdthesis{c,\n title={Gamma},\n year=2022}\n',
    "other types": "@data{a, title={Alpha}}\n@tweet{b, title={Beta}}\n@video{c, title={Gamma}}\n",
    "spaces": "@article {a , title = {Alpha} }\n@misc { b, title = {Beta} }\n"
    "@book\n{c, title={Gamma}}\n",
}  # fmt: skip
LETTERS = '@{}(),="#%\\ \nx'


def damages(text, letters):
    """Yield ``text`` with each letter lost, doubled, swapped, replaced, or with one before it."""
    for place, letter in enumerate(text):
        before, after = text[:place], text[place + 1 :]
        yield before + after
        yield before + 2 * letter + after
        yield before + after[:1] + letter + after[1:]
        for other in letters:
            yield before + other + after
            yield before + other + letter + after


def lost_in_silence(text):
    """Return the titles that ``text`` has and nobody sees or is told of."""
    entries, problems = parse_bibtex(text, shown_as="a.bib")
    shown = " ".join(value for entry in entries for value in entry.fields.values())
    titles = [title for title in ("Alpha", "Beta", "Gamma") if title in text]
    return [] if problems else [title for title in titles if title not in shown]


@pytest.mark.parametrize("form", FORMS)
def test_no_letter_lost_or_doubled_loses_an_entry(form):
    """Each letter of a small file, in turn, is lost, doubled or swapped."""
    for text in damages(FORMS[form], "%"):
        assert lost_in_silence(text) == [], text


@pytest.mark.stress
@pytest.mark.parametrize("form", FORMS)
def test_no_wrong_letter_loses_an_entry(form):
    """Each letter of a small file, in turn, becomes each that means something to BibTeX."""
    for text in damages(FORMS[form], LETTERS):
        assert lost_in_silence(text) == [], text


def test_an_entry_behind_a_percent_sign_is_a_hint():
    """Who switches an entry off by a percent sign hears of it, and fails no check."""
    text = "@misc{a, title = {A}}\n%misc{b, title = {B}}\n%@misc{c, title = {C}}\n% plain\n"
    entries, problems = parse_bibtex(text, shown_as="a.bib")
    assert [entry.key for entry in entries] == ["a"]
    assert [(one.line, one.hint) for one in problems] == [(3, True), (2, True)]


@pytest.mark.parametrize(
    "gap",
    ["% doi = {10.1/x}, url = {x}\n", '%%% author = "Karl",\n', "See p. 3, x = y.\n", "Notes\n"],
)
def test_remarks_are_no_entries(gap):
    """Fields behind percent signs and prose between entries are nothing to be said about."""
    text = f"@misc{{a, title = {{A}}}}\n{gap}@misc{{b, title = {{B}}}}\n"
    assert parse_bibtex(text, shown_as="a.bib")[1] == []
