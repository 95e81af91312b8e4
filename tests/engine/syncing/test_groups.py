"""Two hundred labelled works: each in one group, none merged falsely, few of them doubtful."""

from collections import Counter

import pytest
from world import CASES, world

from portfolio.records.bibliography import load_bibliography
from portfolio.records.site import load_site
from portfolio.services.memory import Memory
from portfolio.syncing.asking import ask_all
from portfolio.syncing.laid_beside import laid_beside
from portfolio.syncing.owner import identity_of
from portfolio.verbs.syncing import web_of


def labels_of(told):
    """Return the label of each record by its service and its name there."""
    named = {"ORCID": ("orcid", "code"), "OpenAlex": ("openalex", "name")}
    named |= {"dblp": ("dblp", "name"), "arXiv": ("arxiv", "arxiv")}
    return {
        (service, str(record[name])): record["label"]
        for service, (where, name) in named.items()
        for record in getattr(told, where)
    }


def compared(root):
    """Return what the services know of the owner, in groups."""
    site = load_site(root)
    asked = ask_all(identity_of(site), web_of(None), Memory())
    assert not asked.silent
    assert not asked.remarks
    _, found = laid_beside(root, site, load_bibliography(root), asked.works)
    return asked.works, found


@pytest.fixture(params=[16, 17])
def judged(request, tell, home):
    """Return a world, and what came of comparing it."""
    told = tell(world(request.param))
    return told, *compared(home)


def test_two_hundred_works_are_told_apart(judged):
    """Every record is in one group, no two works are made one, and at most 2 % are doubtful."""
    told, works, found = judged
    labels, own = labels_of(told), {record["key"]: record["label"] for record in told.bib}
    assert len(told.expected) == 200
    names = Counter((work.service, work.name) for each in found for work in each.works)
    assert set(names) == set(labels)
    assert set(names.values()) == {1}
    assert len(works) == len(labels)
    for each in found:
        whose = {labels[work.service, work.name] for work in each.works}
        assert len(whose) == 1, each
        if each.own and each.group in {"same", "published"}:
            assert own[each.own.key] in whose, each
    assert sum(each.group == "doubtful" for each in found) <= 4


def test_each_case_is_in_the_group_where_it_belongs(judged):
    """What is missing, published since, corrected or somebody else's is said to be that."""
    told, _, found = judged
    labels = labels_of(told)
    for each in found:
        label = labels[each.works[0].service, each.works[0].name]
        assert each.group == told.expected[label], (told.case_of[label], each.why)
    assert len({told.case_of[label] for label in told.expected}) >= len(CASES)


def test_the_order_of_answers_decides_nothing(tell, home):
    """The same works in another order are in the same groups, under the same names."""
    told = tell(world())
    works, found = compared(home)
    again = laid_beside(home, load_site(home), load_bibliography(home), works[::-1])[1]
    assert [(each.group, each.name) for each in again] == [
        (each.group, each.name) for each in found
    ]
    assert told.bib


@pytest.mark.parametrize(
    ("here", "there", "group"),
    [
        ({}, {}, "same"),
        ({}, {"doi": ""}, "same"),
        ({}, {"doi": "10.1000/other", "venue": "Annals of Salt"}, "missing"),
        ({"doi": ""}, {"doi": "", "authors": ["Ida Oak", "Ada Byron"]}, "doubtful"),
        ({"doi": ""}, {"doi": "", "authors": []}, "same"),
        ({"doi": ""}, {"doi": "", "authors": ["Gus Teak", "Ida Oak"]}, "missing"),
        ({"doi": ""}, {"doi": "", "year": 2016, "volume": "16"}, "missing"),
        ({"doi": "", "title": "Editorial"}, {"doi": "", "title": "Editorial", "venue": ""},
         "doubtful"),
        ({"title": "Salt of old seas"}, {"title": "Nothing of the kind", "authors": ["X Y"]},
         "doubtful"),
        ({"doi": "", "volume": ""}, {"doi": "", "title": "Long waves of the north: part two"},
         "missing"),
        ({"doi": "", "venue": "NeurIPS", "volume": ""},
         {"doi": "", "venue": "Advances in Neural Information Processing Systems"}, "same"),
        ({"doi": "", "venue": "Proc. Inv. Conf. Foam", "volume": ""},
         {"doi": "", "venue": "Sea Letters"}, "doubtful"),
    ],
)  # fmt: skip
def test_what_decides(tell, home, here, there, group):
    """Identifiers come first, then title, people, year and place; what clashes is not the same."""
    work = {
        "kind": "article", "title": "Long waves of the north", "year": 2020, "venue": "Sea Letters",
        "authors": ["Ada Byron", "Bea Ash", "Cyd Elm"], "volume": "20", "pages": "1-9",
        "doi": "10.1000/waves",
    }  # fmt: skip
    tell(bib=[work | {"key": "a"} | here], dblp=[work | {"name": "journals/x/1"} | there])
    assert [each.group for each in compared(home)[1]] == [group]


def test_a_preprint_between_two_papers_belongs_to_neither(tell, home):
    """Where a meeting and a journal have one title, nothing is guessed of their preprint."""
    work = {"title": "Long waves of the north", "authors": ["Ada Byron", "Bea Ash"], "pages": "1-2"}
    first = work | {"kind": "inproceedings", "venue": "Foam", "year": 2019, "doi": "10.1/a"}
    second = work | {"kind": "article", "venue": "Salt", "year": 2020, "doi": "10.1/b"}
    preprint = work | {"kind": "misc", "year": 2019, "arxiv": "1901.00001"}
    tell(
        dblp=[first | {"name": "x/1"}, second | {"name": "x/2", "volume": "3"}],
        arxiv=[preprint],
    )
    assert sorted(each.group for each in compared(home)[1]) == ["doubtful", "missing", "missing"]
