"""Entries as those who cite want them: what says which work it is, and nothing of the site's."""

from portfolio.records.bibtex.editing import written_at

CITED = frozenset(
    {"title", "author", "editor", "journal", "journaltitle", "booktitle", "venue", "school"}
    | {"institution", "organization", "publisher", "howpublished", "series", "volume", "number"}
    | {
        "issue",
        "pages",
        "edition",
        "chapter",
        "address",
        "location",
        "year",
        "month",
        "day",
        "date",
    }
    | {
        "date",
        "note",
        "doi",
        "isbn",
        "issn",
        "url",
        "urldate",
        "eprint",
        "archiveprefix",
        "eprinttype",
    }
    | {"eprintclass", "primaryclass", "arxiv", "language", "langid", "crossref", "xref", "xdata"}
    | {"pmid", "pmcid", "type", "subtitle", "titleaddon", "booksubtitle", "booktitleaddon"}
    | {"maintitle", "mainsubtitle", "maintitleaddon", "journalsubtitle", "issuetitle"}
    | {"issuesubtitle", "eventtitle", "eventdate", "venue", "eid", "part", "volumes", "pagetotal"}
    | {"pubstate", "translator", "bookauthor", "holder", "origdate", "origtitle", "origpublisher"}
    | {"version", "addendum", "shorttitle", "shortjournal", "library", "key", "options", "editora"}
    | {"editortype", "entryset", "related", "relatedtype", "authortype", "nameaddon", "label"}
    | {"annotator", "commentator", "introduction", "foreword", "afterword", "editorb", "editorc"}
    | {"editoratype", "editorbtype", "editorctype", "shortauthor", "sortkey", "origlanguage"}
)
"""The fields that styles of BibTeX and BibLaTeX print, or find others by."""


def for_citing(written: str) -> str:
    """Return an entry without fields that no style prints; one in disorder stays as it is."""
    start = written.find("@")
    entry = written_at(written, start) if start >= 0 else None
    dropped = [one for one in entry.fields if one["name"].lower() not in CITED] if entry else []
    for one in reversed(dropped):
        written = written[: one.start()] + written[one.end("value") :]
    return written
