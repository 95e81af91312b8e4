"""Whatever notebooks, YAML, tables and bytes hold, they are read without error and lose nothing."""

import json
import time
import unicodedata
from contextlib import suppress
from functools import wraps
from xml.etree import ElementTree as ET

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from portfolio import texts
from portfolio.mapping import NotYamlError, read_mapping
from portfolio.notebook import NoNotebookError, parse_notebook
from portfolio.records.tables.reader import rows_of, split_table
from portfolio.renderers import RenderError
from portfolio.renderers.cells import Apart, faults_of, to_markdown
from portfolio.renderers.source import read_page

fast = settings(deadline=None, max_examples=100)
long = settings(deadline=None, max_examples=2000)
PROFILES = [pytest.param(fast, id="fast"), pytest.param(long, id="long", marks=pytest.mark.stress)]
LETTERS = st.sampled_from([*'",;\t\n ab"', "\ufffe", "é", "\x00", "\u202e", "\r"])
LEAVES = st.none() | st.booleans() | st.integers() | st.text(max_size=8)
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner)
)
KINDS = st.sampled_from(
    ["text/plain", "text/html", "image/png", "image/svg+xml", "application/json", "text/markdown"]
)
OUTPUTS = VALUES | st.fixed_dictionaries(
    {},
    optional={
        "output_type": VALUES
        | st.sampled_from(["stream", "display_data", "execute_result", "error"]),
        "text": VALUES,
        "name": VALUES | st.just("stdout"),
        "data": VALUES | st.dictionaries(KINDS, VALUES, max_size=3),
        "ename": VALUES,
        "traceback": VALUES,
    },
)
CELLS = VALUES | st.fixed_dictionaries(
    {"cell_type": st.sampled_from(["code", "markdown", "raw", "odd"])},
    optional={
        "source": VALUES | st.sampled_from(["# A", "#| label: fig-a\n1", "#| label: [\n1"]),
        "outputs": VALUES | st.lists(OUTPUTS, max_size=3),
        "metadata": VALUES,
    },
)
NOTEBOOKS = VALUES | st.fixed_dictionaries(
    {"cells": VALUES | st.lists(CELLS, max_size=4)},
    optional={"nbformat": VALUES | st.just(4), "metadata": VALUES},
)
YAML = st.lists(
    st.sampled_from(
        [*"[]{}'\"\n\t#é\0", "a: ", "b:\n", " - ", "- ", "&x ", "*x", "<<: ", "? ", ": ", "yes"]
    )
    | st.sampled_from(["|\n", "2020-13-45", "!!int ", "!!set ", "9" * 5000, ".inf"]),
    max_size=14,
).map("".join)


def quickly(read):
    """Have a test fail that takes more than two seconds of the processor's time for one input."""

    @wraps(read)
    def bounded(*given, **named):
        started = time.process_time()
        read(*given, **named)
        assert time.process_time() - started < 2

    return bounded


@pytest.mark.parametrize("profile", PROFILES)
def test_any_bytes_become_text(profile):
    """The text has plain line ends and nothing that XML cannot hold."""

    @profile
    @given(st.binary(max_size=200) | st.text(max_size=60).map(lambda text: text.encode("utf-16")))
    @example(b"\xff\xfe\x00\xd8")
    @example("\ud800".encode("utf-8", "surrogatepass"))
    @quickly
    def read(data):
        text = texts.decode(data).text
        assert "\r" not in text
        assert not any(unicodedata.category(letter) == "Cs" for letter in text)
        ET.fromstring(f"<a>{text.replace('&', '').replace('<', '')}</a>")
        assert texts.clean(text) == text

    read()


@pytest.mark.parametrize("profile", PROFILES)
def test_text_in_utf_8_stays_as_it_is(profile):
    """Letters, marks and signs of any script come through."""

    @profile
    @given(st.text(st.characters(categories=["L", "M", "N", "P", "S", "Zs"]), max_size=60))
    @quickly
    def read(text):
        assert texts.decode(text.encode()).text == text
        assert texts.decode(b"\xef\xbb\xbf" + text.encode()).text == text

    read()


@pytest.mark.parametrize("profile", PROFILES)
def test_no_line_of_a_table_is_lost(profile):
    """Every letter that is no mark of the table's own is in one of its cells."""

    @profile
    @given(st.lists(st.text(LETTERS, max_size=20), max_size=6).map("\n".join))
    @example('a,b\n1,"x\n2,y\n')
    @example('a,b,c\n"1,2,3\n"4,5,6\n')
    @quickly
    def read(text):
        text = texts.decode(text.encode("utf-8", "surrogatepass")).text
        told = "".join("".join(line.cells) for line in split_table(text))
        assert sorted(set(told) & {"a", "b", "é"}) == sorted(set(text) & {"a", "b", "é"})
        assert sum(map(told.count, "abé")) == sum(map(text.count, "abé"))
        assert rows_of(text, shown_as="t", problems=[]) is not None

    read()


@pytest.mark.parametrize("profile", PROFILES)
def test_a_quote_that_is_not_closed_costs_no_other_row(profile):
    """Wherever a quote goes missing, all rows but its own are read as they were."""
    cell = st.text("ab, \"'é", max_size=8).filter(lambda text: text.strip() and not text.isspace())

    @profile
    @given(st.lists(cell, min_size=2, max_size=6), st.data())
    @quickly
    def read(rows, data):
        texts = (row.replace('"', "") for row in rows)
        lines = [f'2021-01-{n:02},"{text}",x{n}' for n, text in enumerate(texts, 1)]
        broken = data.draw(st.integers(0, len(lines) - 1))
        damaged = lines.copy()
        damaged[broken] = damaged[broken].replace('",x', ",x")
        problems = []
        text = "date,text,link\n" + "\n".join(damaged)
        found = rows_of(text, shown_as="t", problems=problems)
        assert [row.cells["date"] for row in found] == [line[:10] for line in lines]
        assert any(problem.line == broken + 2 for problem in problems)

    read()


@pytest.mark.parametrize("profile", PROFILES)
def test_any_yaml_is_a_mapping_or_refused(profile):
    """Its keys are text, each has its line, and what is said of it can be written as JSON."""

    @profile
    @given(YAML)
    @example("a: &x [*x]")
    @quickly
    def read(text):
        try:
            said = read_mapping(text, "p", 1)
        except NotYamlError as error:
            lines.append((error.line, error.what, text))
            return
        json.dumps(said.values, default=str)
        assert set(said.values) <= set(said.lines)
        assert all(said.get(key, said) is not said for key in said.values)

    lines = []
    read()
    assert all(1 <= line <= text.count("\n") + 2 and "\n" not in what for line, what, text in lines)


@pytest.mark.parametrize("profile", PROFILES)
def test_yaml_that_others_write_is_read_as_they_meant_it(profile):
    """What PyYAML writes comes back, keys as text."""
    plain = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=6)
    values = st.recursive(plain | st.booleans(), lambda inner: st.lists(inner, max_size=3))

    @profile
    @given(st.dictionaries(plain, values, max_size=4))
    @quickly
    def read(said):
        text = yaml.safe_dump(said, allow_unicode=True)
        assert read_mapping(text, "p", 1).values == said

    read()


@pytest.mark.parametrize("profile", PROFILES)
def test_any_notebook_is_shown_or_refused_with_a_line(profile, tmp_path_factory):
    """Of any JSON comes a page, or one line that says what is wrong with it."""
    folder = tmp_path_factory.mktemp("notebooks")

    @profile
    @given(NOTEBOOKS)
    @example({"cells": [{"cell_type": "code", "source": "1", "outputs": [{"text": ""}]}]})
    @quickly
    def read(notebook):
        file = folder / "x.ipynb"
        file.write_text(json.dumps(notebook), encoding="utf-8")
        with suppress(NoNotebookError):
            parse_notebook(texts.read(file).text)
        try:
            page = read_page(file, folder)
        except RenderError as error:
            refused.append(str(error))
            return
        for cell in page.cells:
            if not list(faults_of(cell)):
                apart = Apart(page)
                text = apart.put_back(to_markdown(cell, "pictures", apart, echo=True))
                assert texts.clean(text) == text

    refused = []
    read()
    assert all(line.startswith("x.ipynb:") and "\n" not in line for line in refused)
