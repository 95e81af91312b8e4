"""Preprints and what they were published as: one work when the author says so."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from portfolio.records.paper import Paper
from portfolio.records.people.names import fold
from portfolio.records.problems import Problem

_PREPRINTS = {"misc", "unpublished", "online", "techreport", "report", "preprint", "electronic"}
_SERVERS = re.compile(
    r"arxiv|corr\b|biorxiv|medrxiv|chemrxiv|psyarxiv|ssrn|preprint", re.IGNORECASE
)
_BETWEEN_KEYS = re.compile(r"[\s,;{}\[\]]+|\\\w+")
_SHARED = ("abstract", "summary", "abbr", "code", "data", "pdf", "slides", "poster", "video",
           "website", "blog", "supp", "preview", "selected")  # fmt: skip


def merge_versions(papers: Sequence[Paper], problems: list[Problem]) -> list[Paper]:
    """Return ``papers`` with each preprint put into the paper that ``version_of`` says it became.

    The published paper keeps its own record; it takes over only links and words that it lacks.
    """
    by_key = {paper.key.lower(): paper for paper in papers}
    became: dict[str, str] = {}
    for paper in papers:
        named = paper.fields.get("version_of", "").strip()
        if not named:
            continue
        other = _named(named, by_key)
        if other is None or other is paper:
            what = f"version_of names no other entry ({named})"
            problems.append(paper.problem("version_of", what, "correct its key"))
            continue
        older, newer = (other, paper) if _is_older(other, paper) else (paper, other)
        became[older.key] = newer.key
    versions: dict[str, list[Paper]] = defaultdict(list)
    for key in became:
        versions[_last(key, became)].append(by_key[key.lower()])
    stays = [paper for paper in papers if paper.key not in became or paper.key in versions]
    return [_merged(paper, versions[paper.key]) if paper.key in versions else paper
            for paper in stays]  # fmt: skip


def _named(said: str, by_key: Mapping[str, Paper]) -> Paper | None:
    """Return the paper whose key is said, or is the first one in more words."""
    words = (said, *_BETWEEN_KEYS.split(said))
    return next((by_key[word.lower()] for word in words if word.lower() in by_key), None)


def proposals(papers: Iterable[Paper]) -> Iterator[Problem]:
    """Yield the pairs of papers that look like one work: same title, an author in common."""
    by_title: dict[str, list[Paper]] = defaultdict(list)
    for paper in papers:
        by_title[re.sub(r"[\W_]+", " ", fold(paper.title)).strip()].append(paper)
    for alike in by_title.values():
        for number, paper in enumerate(alike):
            for other in alike[number + 1 :]:
                if _families(paper) & _families(other):
                    yield _proposal(paper, other)


def is_preprint(paper: Paper) -> bool:
    """Whether the record is of a preprint: by its type, or because a server is its venue."""
    return paper.kind in _PREPRINTS or bool(_SERVERS.search(paper.venue))


def _proposal(paper: Paper, other: Paper) -> Problem:
    older, newer = (other, paper) if _is_older(other, paper) else (paper, other)
    what = f"it has the title of {newer.key} and an author in common"
    remedy = f"if they are one work, add version_of = {{{newer.key}}} here, else tell them apart"
    return older.problem("title", what, remedy, hint=True)


def _is_older(paper: Paper, other: Paper) -> bool:
    """Whether ``paper`` is the preprint of the two, which its venue tells and then its year."""
    if is_preprint(paper) != is_preprint(other):
        return is_preprint(paper)
    return (paper.date.year or 9999, str(paper.date)) < (other.date.year or 9999, str(other.date))


def _last(key: str, became: dict[str, str]) -> str:
    seen = {key}
    while key in became and became[key] not in seen:
        key = became[key]
        seen.add(key)
    return key


def _merged(paper: Paper, versions: list[Paper]) -> Paper:
    fields, latex = dict(paper.fields), dict(paper.latex)
    for version in versions:
        for name in _SHARED:
            if version.fields.get(name) and not fields.get(name):
                fields[name] = version.fields[name]
                if name in version.latex:
                    latex[name] = version.latex[name]
        if version.arxiv and not paper.arxiv:
            fields.setdefault("arxiv", version.arxiv)
    return replace(paper, fields=fields, latex=latex, versions=tuple(versions))


def _families(paper: Paper) -> set[str]:
    return {fold(name.family) for name in paper.authors}
