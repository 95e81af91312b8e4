"""The names that fields go by: al-folio's, and what other templates and habits call the same."""

from collections.abc import Iterable, Mapping

_ALIASES = {
    "author": "authors author_list",
    "title": "name",
    "year": "pub_year publication_year",
    "date": "pub_date publishdate publication_date pubdate issued",
    "journal": "journaltitle journal_title",
    "number": "issue",
    "pages": "page",
    "location": "address",
    "school": "university",
    "venue": "publication container-title container_title conference",
    "abbr": "abbrv _venue publication_short shortjournal short_venue venue_short"
    " container-title-short",
    "abstract": "abstr",
    "summary": "excerpt description tldr",
    "keywords": "keyword tags topics topic",
    "doi": "doi_url",
    "url": "link url_pub permalink_url",
    "html": "url_html",
    "pdf": "url_pdf pdf_url pdf-url pdfurl",
    "code": "url_code codeurl code_url url_repo repo repository github url_source source_code",
    "data": "url_dataset dataset dataurl data_url datasets",
    "slides": "url_slides slidesurl slides_url",
    "poster": "url_poster posterurl poster_url",
    "video": "url_video videourl video_url talkurl talk_url",
    "website": "url_project project projecturl project_url project_page webpage homepage",
    "supp": "supplementary supplement suppmat url_supp supplemental",
    "blog": "blogpost blog_post url_blog",
    "preview": "image teaser header.teaser thumbnail",
    "preview_alt": "image_alt image-alt",
    "selected": "featured",
    "award": "awards",
    "annotation": "author_notes",
    "slug": "url_slug stub",
    "omit_from_cv": "omitfromcv",
    "version_of": "versionof preprint_of supersededby superseded_by published_as",
    "google_scholar_id": "id_scholar",
    "kind": "entry_type entrytype bibtype",
}
_CANONICAL = {
    alias: canonical for canonical, aliases in _ALIASES.items() for alias in aliases.split()
}
_PAPER_URLS = ("paperurl", "paper_url", "url_paper")
ALIASES = frozenset({*_CANONICAL, *_PAPER_URLS})
"""Every name that is another's alias."""

ADDRESSES = (
    "url", "html", "pdf", "supp", "code", "data", "slides", "poster", "video", "website", "blog",
)  # fmt: skip
"""The fields that hold an address."""

_NOT_LATEX = frozenset(
    {
        *ADDRESSES, "doi", "eprint", "arxiv", "preview", "paperurl", "paper_url", "url_paper", "ee",
        "date", "eventdate", "origdate", "urldate", "bibtexurl", "file", "crossref", "xdata",
        "xref", "slug", "version_of", "key", "hal",
        "pmid", "pmcid", "openreview", "image", "bdsk-url-1", "bdsk-url-2", "biburl", "bibsource",
    }
)  # fmt: skip
_CATEGORIES = {
    "manuscripts": "article", "conferences": "inproceedings", "books": "book",
    "journal": "article", "journal article": "article", "article-journal": "article",
    "conference": "inproceedings", "conference paper": "inproceedings",
    "paper-conference": "inproceedings", "workshop": "inproceedings", "preprint": "misc",
    "manuscript": "unpublished", "thesis": "phdthesis", "phd thesis": "phdthesis",
    "report": "techreport", "chapter": "incollection", "book chapter": "incollection",
    "patent": "misc",
}  # fmt: skip
KINDS = frozenset(
    [
        "article",
        "book",
        "booklet",
        "conference",
        "inbook",
        "incollection",
        "inproceedings",
        "manual",
        "mastersthesis",
        "misc",
        "phdthesis",
        "proceedings",
        "techreport",
        "unpublished",
        "artwork",
        "audio",
        "bibnote",
        "bookinbook",
        "collection",
        "commentary",
        "dataset",
        "electronic",
        "image",
        "inreference",
        "jurisdiction",
        "legal",
        "legislation",
        "letter",
        "movie",
        "music",
        "mvbook",
        "mvcollection",
        "mvproceedings",
        "mvreference",
        "online",
        "patent",
        "performance",
        "periodical",
        "preprint",
        "reference",
        "report",
        "review",
        "software",
        "standard",
        "suppbook",
        "suppcollection",
        "suppperiodical",
        "thesis",
        "video",
        "www",
        "talk",
        "poster",
        "presentation",
    ],
)
"""The types of entries that BibTeX and BibLaTeX know, and some that people use as if."""


def is_latex(name: str) -> bool:
    """Whether a field's value is text that may hold LaTeX, not an address or identifier."""
    return name not in _NOT_LATEX and _CANONICAL.get(name) not in _NOT_LATEX


def is_switch(value: str) -> bool:
    """Whether a value turns something on or off, and is no text to show and no address."""
    return value.strip().lower() in {"true", "false"}


def with_canonical_names(fields: Mapping[str, str]) -> dict[str, str]:
    """Return ``fields`` with what aliases say also under al-folio's names; none is dropped."""
    named = dict(fields)
    if ALIASES.isdisjoint(fields):
        return named
    for alias in (name for name in fields if name in _CANONICAL):
        _fill(named, _CANONICAL[alias], fields[alias])
    for alias in _PAPER_URLS:
        address = fields.get(alias, "")
        is_pdf = address.lower().partition("?")[0].endswith(".pdf") or "/pdf/" in address.lower()
        _fill(named, "pdf" if is_pdf else "url", address)
    return named


def names_of(name: str) -> frozenset[str]:
    """Return a field's name and those that stand for it."""
    return frozenset({name, *_ALIASES.get(name, "").split()})


def kind_told(values: Iterable[str]) -> str:
    """Return the entry type that a row's words for its kind stand for, or nothing."""
    for value in values:
        word = value.strip("[]'\" ").lower()
        if word in KINDS or word in _CATEGORIES:
            return _CATEGORIES.get(word, word)
    return ""


def _fill(fields: dict[str, str], name: str, value: str) -> None:
    if value and not fields.get(name):
        fields[name] = value
