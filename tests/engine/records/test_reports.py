"""The same problems for people, programs and GitHub."""

import json

from portfolio.records.problems import Problem, weighed
from portfolio.records.reports import as_github, as_json, as_text

PROBLEMS = [
    Problem("a,b:c.bib", 3, "k%1", "100% of\nit, is wrong", "mend: it\r"),
    Problem("publications/papers.csv", 2, "doe", "it has two rows", "make them one"),
]


def test_text_has_a_line_for_each():
    """People read `file:line: key: what: what to do`, or that all is well."""
    assert as_text(PROBLEMS[1:]) == "publications/papers.csv:2: doe: it has two rows: make them one"
    assert as_text([]) == "no problems"


def test_hints_are_told_apart():
    """A hint says that it is one, to people, to programs and to GitHub."""
    hint = [Problem("a.bib", 3, "doe", "there is no year", "give it one", hint=True)]
    assert as_text(hint) == "a.bib:3: hint: doe: there is no year: give it one"
    assert json.loads(as_json(hint))[0]["level"] == "hint"
    assert as_github(hint).startswith("::notice file=a.bib,line=3,title=doe::")


def test_equal_problems_are_one():
    """What is wrong in many places of a file is said once, with the count and the first lines."""
    same = [
        Problem("a.bib", n, f"k{n}", "the type @toot is unknown", "mend it") for n in (7, 3, 9, 5)
    ]
    others = [
        Problem("b.bib", 1, "k", "the type @toot is unknown", "mend it"),
        Problem("a.bib", 4, "k", "the type @toot is unknown", "mend it", hint=True),
    ]
    assert as_text(weighed(sorted(same + others))).splitlines() == [
        "a.bib:3: k3: the type @toot is unknown (4 times, at lines 3, 5, 7, …): mend it",
        "b.bib:1: k: the type @toot is unknown: mend it",
        "a.bib:4: hint: k: the type @toot is unknown: mend it",
    ]


def test_json_has_an_object_for_each():
    """Programs read a list of objects, empty when all is well."""
    assert json.loads(as_json(PROBLEMS))[1] == {
        "path": "publications/papers.csv",
        "line": 2,
        "key": "doe",
        "what": "it has two rows",
        "remedy": "make them one",
        "level": "problem",
    }
    assert json.loads(as_json([])) == []


def test_github_reads_one_command_for_each():
    """Each problem is one workflow command, in which nothing ends a property or the line early."""
    first, second = as_github(PROBLEMS).split("\n")
    assert first == (
        "::error file=a%2Cb%3Ac.bib,line=3,title=k%251::100%25 of%0Ait, is wrong: mend: it%0D"
    )
    assert second.startswith("::error file=publications/papers.csv,line=2,title=doe::it has two")
    assert as_github([]) == ""
