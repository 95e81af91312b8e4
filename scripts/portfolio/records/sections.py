"""The kinds of works by which lists, CVs and exports are divided."""

import re
from difflib import get_close_matches

from portfolio.records.paper import Paper
from portfolio.records.values import ARTICLES, BOOKS, CONFERENCES, PARTS, REPORTS, THESES

KINDS = (
    "journal", "conference", "workshop", "preprint", "book", "chapter", "thesis", "report",
    "patent", "data", "other",
)  # fmt: skip
"""The kinds of works, in the order of a list by kind."""
LETTERS = dict(zip(KINDS, ("J", "C", "W", "P", "B", "Ch", "T", "R", "Pt", "D", "O"), strict=True))
"""What works are numbered with in a CV: [J1], [C2]."""
FIELD = "section"
"""The field that says the kind of a work in place of what its entry tells."""

_UNPUBLISHED = {"unpublished", "preprint"}
_LOOSE = {"misc", "online", "electronic", "article"}
_NAMED = {
    "conference": CONFERENCES,
    "journal": ARTICLES,
    "book": BOOKS | {"booklet"},
    "chapter": PARTS - CONFERENCES,
    "thesis": THESES,
    "report": REPORTS,
    "data": frozenset({"dataset", "software"}),
    "patent": frozenset({"patent"}),
}
_SERVERS = re.compile(
    r"\b(?:(?:ar|bio|med|chem|psy|soc|eco|eng|earth)\w*rxiv|arxiv|ssrn|corr|hal|preprints?)\b",
    re.IGNORECASE,
)
_WORKSHOP = re.compile(r"\bworkshops?\b", re.IGNORECASE)
_OF_VENUE = ("booktitle", "eventtitle", "venue", "series", "abbr", "journal")
_SPOKEN = {
    "article": "journal", "paper": "conference", "proceedings": "conference", "software": "data",
    "dataset": "data", "phd": "thesis", "dissertation": "thesis", "manuscript": "preprint",
}  # fmt: skip


def kind_of(paper: Paper) -> str:
    """Return which of the ``KINDS`` a paper is: what its entry says it is, else by its type."""
    return paper.again("kind", None, lambda: _kind(paper))


def _kind(paper: Paper) -> str:
    if told := told_kind(paper.fields.get(FIELD, "")):
        return told
    kind = paper.kind
    if kind in _UNPUBLISHED or (kind in _LOOSE and _SERVERS.search(paper.venue)):
        return "preprint"
    found = next((name for name, kinds in _NAMED.items() if kind in kinds), "other")
    is_workshop = found in {"conference", "other"} and any(
        _WORKSHOP.search(paper.fields.get(name, "")) for name in _OF_VENUE
    )
    return "workshop" if is_workshop else found


def told_kind(said: str) -> str:
    """Return the kind that an author's word names, in the singular or plural, or nothing."""
    word = said.strip().lower()
    for form in (word, word.removesuffix("s"), word.removesuffix("es")):
        if form in KINDS or form in _SPOKEN:
            return _SPOKEN.get(form, form)
    return ""


def near_kind(said: str) -> str:
    """Return the kind that a word is nearest to, or nothing."""
    return next(iter(get_close_matches(said.strip().lower(), [*KINDS, *_SPOKEN], n=1)), "")
