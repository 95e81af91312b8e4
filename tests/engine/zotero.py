"""What Zotero makes of a page, by the rules that its documentation and its translators state.

Written anew from those rules (zotero.org/support/dev/exposing_metadata): which tag or key fills
which field, what decides the type of an item, and how a name is taken apart.
"""

import re
from html.parser import HTMLParser
from urllib.parse import parse_qsl

HIGHWIRE = {
    "citation_title": "title",
    "citation_publication_date": "date",
    "citation_journal_title": "publicationTitle",
    "citation_inbook_title": "publicationTitle",
    "citation_conference_title": "conferenceName",
    "citation_volume": "volume",
    "citation_issue": "issue",
    "citation_dissertation_institution": "university",
    "citation_technical_report_institution": "institution",
    "citation_technical_report_number": "number",
    "citation_publisher": "publisher",
    "citation_isbn": "ISBN",
    "citation_issn": "ISSN",
    "citation_abstract": "abstractNote",
    "citation_doi": "DOI",
    "citation_language": "language",
    "citation_pmid": "PMID",
    "citation_pdf_url": "pdf",
    "citation_abstract_html_url": "url",
}
DECIDES = {
    "citation_journal_title": "journalArticle",
    "citation_technical_report_institution": "report",
    "citation_conference_title": "conferencePaper",
    "citation_inbook_title": "bookSection",
    "citation_dissertation_institution": "thesis",
}
OF_FORMAT = {"journal": "journalArticle", "book": "book", "dissertation": "thesis"}
OF_GENRE = {"proceeding": "conferencePaper", "bookitem": "bookSection", "report": "report"}
COINS = {
    "rft.date": "date",
    "rft.volume": "volume",
    "rft.issue": "issue",
    "rft.issn": "ISSN",
    "rft.isbn": "ISBN",
    "rft.pub": "publisher",
    "rft.inst": "publisher",
    "rft.jtitle": "publicationTitle",
}
_PART = ("conferencePaper", "bookSection")


def from_tags(html):
    """Return the item that the tags in a page's head give."""
    tags = _read(html).tags
    said = {}
    for name, content in tags:
        if name in HIGHWIRE and content.strip():
            said.setdefault(HIGHWIRE[name], " ".join(content.split()))
    own = [content for name, content in tags if name == "z:itemType"]
    decided = [DECIDES[name] for name, _ in tags if name in DECIDES]
    pages = [content for page in ("first", "last") for content in _of(tags, f"citation_{page}page")]
    keywords = ";".join(_of(tags, "citation_keywords")).split(";")
    item = {"itemType": (decided or own or ["journalArticle"])[-1], "pages": "-".join(pages)}
    item["creators"] = [*_people(_of(tags, "citation_author"), "author")]
    item["creators"] += _people(_of(tags, "citation_editor"), "editor")
    item["tags"] = [word.strip() for word in keywords if word.strip()]
    return said | {name: value for name, value in item.items() if value}


def from_spans(html):
    """Return the items that the spans of a page give, in order."""
    return [from_span(title) for title in _read(html).spans]


def from_span(title):
    """Return the item that one OpenURL gives."""
    pairs = parse_qsl(title, keep_blank_values=True, strict_parsing=True)
    said = dict(pairs)
    item = {name: said[key] for key, name in COINS.items() if key in said}
    genre = said.get("rft.genre", "")
    kind = OF_GENRE.get(genre) or OF_FORMAT[said["rft_val_fmt"].rpartition(":")[2]]
    title = said.get("rft.atitle") or said.get("rft.btitle") or said.get("rft.title", "")
    item |= {"itemType": kind, "title": title}
    if kind in _PART and "rft.btitle" in said:
        item["publicationTitle"] = said["rft.btitle"]
    pages = [said[key] for key in ("rft.spage", "rft.epage") if key in said]
    item["pages"] = "-".join(pages) or said.get("rft.pages", "")
    people = [value for key, value in pairs if key == "rft.au"]
    item["creators"] = [_person(value, "author") for value in people]
    doi = [value for key, value in pairs if key == "rft_id" and value.startswith("info:doi/")]
    item["DOI"] = doi[0].removeprefix("info:doi/") if doi else ""
    return {name: value for name, value in item.items() if value}


def _people(values, role):
    """Take names apart: one that stands alone in its list may be several, told by commas."""
    for value in values:
        names = re.split(r"\s*;\s*", value)
        parts = re.split(r"\s*,\s*", names[0])
        if len(names) == len(values) == 1 and len(parts) > 1 and all(" " in p for p in parts[:2]):
            names = parts
        yield from (_person(name, role) for name in names if re.search(r"[^\s,\-.;]", name))


def _person(text, role):
    """Read one name: at its first comma if there is one, else at its last blank."""
    if "," in text:
        family, given = [*re.split(r", ?", text), ""][:2]
    else:
        given, _, family = text.rpartition(" ")
    return (role, *(" ".join(part.split()) for part in (given, family)))


def _of(tags, wanted):
    return [content for name, content in tags if name == wanted and content.strip()]


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.spans = [], []

    def handle_starttag(self, name, attributes):
        said = dict(attributes)
        if name == "meta":
            self.tags.append((said.get("name") or said.get("property"), said.get("content") or ""))
        if name == "span" and "Z3988" in (said.get("class") or "").split():
            self.spans.append(said["title"])


def _read(html):
    reader = _Reader()
    reader.feed(html)
    return reader
