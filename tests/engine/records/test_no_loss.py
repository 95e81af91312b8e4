"""Whatever happens to a bibliography, no paper is lost and no neighbour is changed."""

import string
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from pybtex.database.input.bibtex import month_names
from pybtex.utils import CaseInsensitiveDict

from portfolio.records.bibliography import load_bibliography
from portfolio.records.bibtex.parser import Parser
from portfolio.records.bibtex.plain import read_plain
from portfolio.records.bibtex.reader import parse_bibtex

promise = settings(deadline=None, max_examples=150)

WORDS = st.text(string.ascii_letters + "éß山 ,.@#%&$~\\_-=\n", min_size=1, max_size=30)
VALUES = st.one_of(
    WORDS.map(lambda words: f"{{{words}}}"),
    WORDS.map(lambda words: f"{{{{{words}}} and {{{words}}}}}"),
    st.text(string.ascii_letters + " ,.@=\n", max_size=30).map(lambda words: f'"{words}"'),
    st.integers(0, 9999).map(str),
    st.just("{Cite us as\n@article{fake, title = {Fake}}\nor so}"),
)
FIELDS = st.dictionaries(
    st.sampled_from(["title", "author", "year", "abstract", "note", "x-y"]), VALUES, max_size=5
)
KINDS = st.sampled_from(["article", "misc", "InProceedings", "online", "tweet"])


@st.composite
def bibliographies(draw):
    """Draw the texts of sound entries, each under a key of its own."""
    fields = draw(st.lists(st.tuples(KINDS, FIELDS), min_size=2, max_size=6))
    return [
        f"@{kind}{{key{number}"
        + "".join(f",\n  {name} = {value}" for name, value in told.items())
        + "\n}\n"
        for number, (kind, told) in enumerate(fields)
    ]


def read(*entries):
    """Return what is read of entries that stand below one another, by key."""
    found, _ = parse_bibtex("\n".join(entries), shown_as="a.bib")
    return {entry.key: (entry.kind, entry.fields, entry.raw) for entry in found}


def named(problems):
    """Return whether each problem says where it is, what it is and what to do."""
    return all(
        one.path == "a.bib" and one.line > 0 and one.key and one.what and one.remedy
        for one in problems
    )


@promise
@given(bibliographies())
def test_every_sound_entry_is_read_whole(entries):
    """As many come out as went in, each with its own words, and nothing is said to be wrong."""
    found, problems = parse_bibtex("\n".join(entries), shown_as="a.bib")
    assert [entry.raw for entry in found] == entries
    assert problems == []


@promise
@given(bibliographies(), st.data())
def test_what_is_read_at_a_stroke_is_what_the_parser_reads(entries, data):
    """Of an entry, sound or not, the quick way reads what pybtex's parser does, or nothing."""
    text = "\n".join(entries)
    place = data.draw(st.integers(0, len(text)))
    text = text[:place] + data.draw(st.sampled_from(["", *'{}",=#@ '])) + text[place:]
    if read := read_plain(text, 0, month_names):
        key, pairs, end = read
        parser = Parser(text[:end], CaseInsensitiveDict(month_names), 1)
        ((_, (its_key, its_pairs)),) = parser
        assert (key, pairs) == (its_key, [(name, "".join(parts)) for name, parts in its_pairs])
        assert (parser.errors, parser.unusable, parser.pos) == ([], [], end)


@promise
@given(bibliographies(), st.randoms(use_true_random=False))
def test_shuffling_changes_no_entry(entries, random):
    """The order of the file is of no account to what an entry says."""
    shuffled = random.sample(entries, len(entries))
    assert read(*shuffled) == read(*entries)


@promise
@given(bibliographies(), st.data())
def test_repeating_an_entry_changes_nothing(entries, data):
    """An entry that stands twice is one paper, and every other entry stays as it was."""
    number = data.draw(st.integers(0, len(entries) - 1))
    place = data.draw(st.integers(0, len(entries)))
    once, twice = read(*entries), read(*entries[:place], entries[number], *entries[place:])
    assert twice == once


@promise
@given(bibliographies(), st.data())
def test_damaging_an_entry_changes_no_other(entries, data):
    """An entry cut off, or with a brace, quote or comma lost or added, harms only itself."""
    number = data.draw(st.integers(0, len(entries) - 1))
    head = entries[number].index("{") + 1
    place = data.draw(st.integers(head, len(entries[number]) - 1))
    text = entries[number]
    damaged = data.draw(
        st.sampled_from(
            [
                text[:place] + "\n",
                text[:place] + text[place + 1 :],
                *(text[:place] + sign + text[place:] for sign in '{}",=#'),
            ]
        )
    )
    whole = read(*entries)
    found, problems = parse_bibtex(
        "\n".join([*entries[:number], damaged, *entries[number + 1 :]]), shown_as="a.bib"
    )
    others = {key: said for key, said in whole.items() if key != f"key{number}"}
    after = {entry.key: (entry.kind, entry.fields, entry.raw) for entry in found}
    assert len(found) >= len(entries)
    assert others.items() <= after.items()
    assert named(problems)


@settings(deadline=None, max_examples=300)
@given(st.text(string.ascii_letters + '@{}(),="#\\%\n é', max_size=200))
def test_no_text_is_too_odd_to_be_read(text):
    """Any text at all is read to its end, and what is said of it leads to a place in it."""
    _, problems = parse_bibtex(f"@misc{{a, {text}", shown_as="a.bib")
    assert named(problems)
    assert all(problem.line <= text.count("\n") + 1 for problem in problems)


NAMES = {".bib": "publications.bib", ".csv": "papers.csv", ".tsv": "papers.tsv"}
CASES = [path for path in Path(__file__).with_name("corpus").iterdir() if path.suffix in NAMES]
SCRAPS = [
    b"{",
    b"}",
    b'"',
    b",",
    b"@",
    b"=",
    b"\\",
    b"$",
    b"\n",
    b"\xff",
    b"\0",
    b"#",
    b" and ",
    b"",
]


@settings(deadline=None, max_examples=100)
@given(
    st.sampled_from(sorted(CASES)),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 9), st.sampled_from(SCRAPS)), max_size=5),
)
def test_any_file_loads(case, damages):
    """However a file is cut and scribbled on, it loads, and each problem has its place in it."""
    data = case.read_bytes()
    for place, length, scrap in damages:
        start = int(place * len(data))
        data = data[:start] + scrap + data[start + length :]
    with tempfile.TemporaryDirectory() as root:
        path = Path(root, "publications", NAMES[case.suffix])
        path.parent.mkdir()
        path.write_bytes(data)
        papers = load_bibliography(Path(root))
    assert all(paper.title and paper.slug and paper.bibtex for paper in papers)
    assert all(problem.line > 0 and "\n" not in str(problem) for problem in papers.problems)
