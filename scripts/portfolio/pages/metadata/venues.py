"""What a work is part of, in the vocabulary of schema.org: a journal's issue, a book, a series."""

from typing import Any

from portfolio.records.paper import Paper
from portfolio.records.values import ARTICLES, PARTS, venues_of

Data = dict[str, Any]


def part_of(paper: Paper) -> Data | None:
    """Return what the paper appeared in, or None where the record does not say.

    An article is part of an issue, that of a volume, and that of a journal, as far as each is told.
    """
    container = next(filter(None, venues_of(paper.kind, paper.fields)), "")
    if not container:
        return None
    said = paper.values
    if paper.kind not in ARTICLES:
        kind = "Book" if paper.kind in PARTS else "CreativeWork"
        return _known({"@type": kind, "name": container, "isbn": said.get("ISBN", "")})
    whole = _known({"@type": "Periodical", "name": container, "issn": said.get("ISSN", "")})
    for kind, key, value in (
        ("PublicationVolume", "volumeNumber", said.get("volume", "")),
        ("PublicationIssue", "issueNumber", said.get("issue", "")),
    ):
        if value:
            whole = {"@type": kind, key: value, "isPartOf": whole}
    return whole


def _known(said: Data) -> Data:
    return {key: value for key, value in said.items() if value}
