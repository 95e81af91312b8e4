"""Tables of things beside papers are read whole, and what is odd in them is named."""

import json
from itertools import chain, product
from pathlib import Path

import jsonschema
import pytest
import yaml

from portfolio.records.dates import Day
from portfolio.records.kinds.filling import Row, item_of
from portfolio.records.kinds.known import KINDS
from portfolio.records.kinds.published import schemas
from portfolio.records.kinds.reader import load_items
from portfolio.records.kinds.schema import SEVERAL
from portfolio.records.kinds.spans import PRESENT, fault_of, read_span

ROOT = Path(__file__).parents[3]
SHIPPED = ROOT / "_extensions" / "portfolio" / "schemas"


def load(root, **tables):
    """Load the items of tables: ``talks_yml`` is ``talks/talks.yml``; return the problems too."""
    for name, text in tables.items():
        kind, _, suffix = name.partition("_")
        (root / kind).mkdir(exist_ok=True)
        (root / kind / f"{kind}.{suffix}").write_text(text, encoding="utf-8")
    problems = []
    return load_items(root, problems), list(map(str, problems))


def test_yaml_and_csv_say_the_same(tmp_path):
    """A table may be in either form, and lists stand in a cell between semicolons."""
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    yml, none = load(
        tmp_path / "a",
        talks_yml="- {title: Waves, event: SeaConf, date: 2021-03-04, papers: [a, b],\n"
        "   links: [{text: Blog, href: 'https://b.example'}]}\n",
    )
    csv, nor = load(
        tmp_path / "b",
        talks_csv="title,event,date,papers,links\n"
        "Waves,SeaConf,2021-03-04,a; b,Blog: https://b.example\n",
    )
    (one,), (other,) = yml["talks"], csv["talks"]
    assert (one.texts, one.lists, one.links, one.when) == (
        other.texts,
        other.lists,
        other.links,
        other.when,
    )
    assert one.lists == {"papers": ("a", "b")}
    assert none == nor == []


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("- title: A\n  sumary: b\n", "2: sumary: no field is called so: write summary"),
        ("- event: A\n", "1: title: there is no title: write the talk's title"),
        ("- title: A\n  date: 2021-13-01\n", "2: date: there is no such day (2021-13-01): "),
        ("- title: A\n  date: 2021-02-29\n", "2: date: there is no such day (2021-02-29): "),
        ("- title: A\n  start: 2021\n  end: 2019\n", "2: start: it ends before it begins (2021 to"),
        ("- title: A\n- title: A\n", "2: row: the same thing again: remove one (the other is at"),
        ("- title: A\n  links: [{text: B}]\n", "2: links: a link needs words and an address"),
        ("- title: A\n  selected: maybe\n", "2: selected: it is neither true nor false (maybe)"),
        ("- title: A\n  event: B\n  at: C\n", "3: at: two keys say the event: keep event alone"),
        ("- A\n", "1: yaml: one thing of the list has no `key: value` lines: mend the YAML"),
        ("a: [b\n", "2: yaml: "),
    ],
)
def test_what_is_odd_is_named_with_its_line(tmp_path, text, problem):
    """A slip gives one line that says where it is and what to do."""
    _, problems = load(tmp_path, talks_yml=text)
    assert len(problems) == 1
    assert problems[0].startswith(f"talks/talks.yml:{problem}")


def test_what_no_field_is_called_is_kept(tmp_path):
    """A value under a misspelt name is not lost."""
    items, _ = load(tmp_path, talks_yml="- {title: A, sumary: b}\n")
    assert items["talks"][0].texts["sumary"] == "b"


def test_values_are_as_written(tmp_path):
    """A version 1.10 stays one, and a number with zeros before it too."""
    items, _ = load(tmp_path, software_yml="- {title: Loom, version: 1.10, id: 007}\n")
    assert items["software"][0].text("version") == "1.10"
    assert items["software"][0].id == "007"


def test_the_newest_stand_first_and_what_goes_on_before_them(tmp_path):
    """People keep their order; all else goes by its end, then by its beginning."""
    table = (
        "- {name: A, date: 2015}\n- {name: B, since: 2010}\n- {name: C, date: 2019 - 2020}\n"
        "- {name: D, date: 2018/2020}\n- {name: E}\n"
    )
    items, problems = load(tmp_path, positions_yml=table, people_yml=table)
    assert "".join(item.title for item in items["positions"]) == "BCDAE"
    assert "".join(item.title for item in items["people"]) == "ABCDE"
    assert problems == []


def test_a_kind_is_read_beside_the_cv_too(tmp_path):
    """A table lies in its kind's folder or in that of the CV, or in both."""
    (tmp_path / "cv").mkdir()
    (tmp_path / "cv" / "awards.yml").write_text("awards:\n- {title: Medal, by: Sea Academy}\n")
    items, problems = load(tmp_path, awards_csv="title,date\nPrize,2020\n")
    assert [item.title for item in items["awards"]] == ["Prize", "Medal"]
    assert items["awards"][1].text("institution") == "Sea Academy"
    assert problems == []


def test_texts_in_other_languages(tmp_path):
    """A column with a language's code says the same in that language."""
    items, problems = load(tmp_path, talks_csv="title,title-fr\nWaves,Vagues\n")
    assert items["talks"][0].in_language("fr-CA").title == "Vagues"
    assert items["talks"][0].title == "Waves"
    assert problems == []


@pytest.mark.parametrize(
    ("written", "parts", "first", "last"),
    [
        ("2019-09 – present", ("2019-09", PRESENT), Day(2019, 9), Day()),
        ("since 2019", ("2019", PRESENT), Day(2019), Day()),
        ("2019 –", ("2019", PRESENT), Day(2019), Day()),
        ("2019-2021", ("2019", "2021"), Day(2019), Day(2021)),
        ("2018/2020-06", ("2018", "2020-06"), Day(2018), Day(2020, 6)),
        ("Sep 2019 - Jun 2021", ("Sep 2019", "Jun 2021"), Day(2019, 9), Day(2021, 6)),
        ("May–Aug 2020", ("May", "Aug 2020"), Day(2020, 5), Day(2020, 8)),
        ("Fall 2020", ("Fall 2020",), Day(2020, 9), Day(2020, 9)),
        ("2018-19", ("2018", "2019"), Day(2018), Day(2019)),
        ("2009–10", ("2009", "2010"), Day(2009), Day(2010)),
        ("2009-10", ("2009-10",), Day(2009, 10), Day(2009, 10)),
        ("2020-05-18T10:00:00", ("2020-05-18",), Day(2020, 5, 18), Day(2020, 5, 18)),
        ("seit 2019", ("2019", PRESENT), Day(2019), Day()),
        ("soon", ("soon",), Day(), Day()),
        ("", (), Day(), Day()),
    ],
)
def test_dates_are_read_as_people_write_them(written, parts, first, last):
    """Spans, terms and what goes on are understood, and the words stay."""
    span = read_span(written)
    assert (span.parts, span.first, span.last) == (parts, first, last)
    assert not fault_of(span)


def test_schemas_are_what_the_kinds_say():
    """The shipped JSON Schemas are those of the fields that are read."""
    written = dict(schemas())
    assert {path.name for path in SHIPPED.iterdir()} == written.keys()
    for name, text in written.items():
        assert (SHIPPED / name).read_text(encoding="utf-8") == text, "run `make format`"


@pytest.mark.parametrize("kind", KINDS)
def test_schemas_know_every_name_of_a_field(kind):
    """An editor marks what reading names, and nothing else."""
    schema = json.loads((SHIPPED / f"{kind}.json").read_text(encoding="utf-8"))
    checker = jsonschema.Draft7Validator(schema)
    title = KINDS[kind].title.name
    for name, field in KINDS[kind].names.items():
        value = {"flag": "true", "links": "'https://x.example'"}.get(field.form, "x")
        said = yaml.safe_load(f"- {{{title}: A, {name}: {value}}}" if name != title else "- {}")
        assert not [*checker.iter_errors(said if name != title else [{title: "A"}])], name
    assert [*checker.iter_errors([{title: "A", "sumary": "b"}])]
    assert [*checker.iter_errors([{"summary": "b"}])]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("selected: yes", ""),
        ("Selected: 1", ""),
        ("selected: maybe", "it is neither true nor false (maybe)"),
        ("Start Date: 2020", ""),
        ("Strat Date: 2020", "no field is called so"),
        ("title-fr: B", ""),
        ("titel-fr: B", "no field is called so"),
        ("link-fr: b", "no field is called so"),
        ("slides: {a: b}", "it is no text (a: b)"),
        ("people: [Ada, Bo]", ""),
        ("people: [{name: Ada}]", "it is no text (name: Ada)"),
        ("links: {Blog: 'https://a.example', Code: 'https://b.example'}", ""),
        ("links: ['Part 1: Blog: https://a.example']", ""),
        ("links: [{text: Blog}]", "a link needs words and an address (text: Blog)"),
        ("links: [Blog]", "a link needs words and an address (Blog)"),
    ],
)
def test_an_editor_marks_what_reading_names(tmp_path, text, fault):
    """The schema refuses what `check` has something against, and nothing else."""
    table = f"- title: A\n  {text}\n"
    said = list(yaml.load(table, yaml.BaseLoader))  # noqa: S506  as text, like the reader
    schema = json.loads((SHIPPED / "talks.json").read_text(encoding="utf-8"))
    _, problems = load(tmp_path, talks_yml=table)
    assert len(problems) == bool(fault)
    assert all(f": {fault}: " in problem for problem in problems)
    assert bool([*jsonschema.Draft7Validator(schema).iter_errors(said)]) == bool(fault)


TEXTS = ("", " ", "x", "true", "YES", "No", "maybe", "a; b", "https://x.example", "b.example",
         "WWW.b.example", "Blog: https://x.example", "Blog: ", "a: b; c", "a: b; c: d")  # fmt: skip
BLOCKS = ({}, {"text": "A"}, {"text": "A", "href": "x"}, {"href": "x"}, {"name": "A", "url": ""},
          {"Blog": "https://x.example"}, {"Blog": ""}, {"a": ["b"]}, {"href": ["b"]},
          {"href": " "}, {"href": "x", "text": ["b"]},
          {"text": "A", "href": "", "link": "x"})  # fmt: skip
VALUES = (*TEXTS, *BLOCKS, [], [""], ["x"], [{"a": "b"}])
LISTS = ([[]], [["x"]], [["https://x.example"]], *([one] for one in (*TEXTS, *BLOCKS)),
         ["https://x.example", "x"], ["a", {"b": "c"}])  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_schema_and_reader_say_the_same_of_any_value(kind):
    """Whatever stands in a field of any form, an editor marks it where `check` names it."""
    known = KINDS[kind]
    forms = {field.form: field for field in known.fields.values() if field is not known.title}
    checker = jsonschema.Draft7Validator(json.loads((SHIPPED / f"{kind}.json").read_text("utf-8")))
    differing = []
    pairs = (product([one], VALUES + LISTS * (one.form in SEVERAL)) for one in forms.values())
    for field, value in chain.from_iterable(pairs):
        if field.form == "date" and isinstance(value, str):
            continue  # which dates there are, no schema can say
        said, problems = {known.title.name: "A", field.name: value}, []
        item_of(known, Row(said, "a.yml", 1, {}), problems)
        if bool(problems) == checker.is_valid([said]):
            differing.append((field.form, value, list(map(str, problems))))
    assert differing == []


def test_every_link_of_a_block_is_read(tmp_path):
    """Words and addresses in one block are as many links."""
    text = "- {title: A, links: {Blog: 'https://a.example', Code: 'https://b.example'}}\n"
    (talk,) = load(tmp_path, talks_yml=text)[0]["talks"]
    assert [link.text for link in talk.links] == ["Blog", "Code"]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("- title: A\n  date: 2020\n  date: 2021\n", "3: yaml: the key date stands there twice"),
        ("- <<: 3\n  title: A\n", "1: yaml: expected a mapping"),
    ],
)
def test_no_value_of_a_table_is_dropped_in_silence(tmp_path, text, what):
    """A key that stands twice, and what cannot be merged, is named with its line."""
    items, (problem,) = load(tmp_path, talks_yml=text)
    assert items == {}
    assert problem.startswith(f"talks/talks.yml:{what}")
