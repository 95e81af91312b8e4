"""One record of what several services say of a work: the published one, completed by the others."""

from collections.abc import Sequence
from dataclasses import replace

from portfolio.records.formats.record import Record
from portfolio.services.works import Work, is_preprint

_OF_A_PREPRINT = {"eprint", "archiveprefix", "primaryclass"}
_ALWAYS = {"eprint", "archiveprefix", "primaryclass", "doi", "pmid"}


def together(works: Sequence[Work]) -> Record:
    """Return the record of a work that its services give together, and their names as source.

    Values of a preprint, but its identifier, do not complete what is published.
    """
    ranked = sorted(works, key=_rank)
    base = ranked[0].record
    published = not is_preprint(base)
    fields = dict(base.fields)
    authors = base.authors
    for work in ranked[1:]:
        other = work.record
        useful = not published or not is_preprint(other)
        for name, value in other.fields.items():
            if name not in fields and (useful or name in _OF_A_PREPRINT):
                if name in {"journal", "booktitle"} and {"journal", "booktitle"} & fields.keys():
                    continue
                fields[name] = value
        if len(other.authors) > len(authors):
            authors = other.authors
    fields["source"] = ", ".join(dict.fromkeys(work.service for work in works))
    return replace(base, authors=authors, fields=fields)


def _rank(work: Work) -> tuple[bool, int, int, str, str]:
    record = work.record
    return (
        is_preprint(record), -len(record.fields), -len(record.authors), work.service, work.name,
    )  # fmt: skip
