"""Papers read from pages that people wrote, as papers of a source; what was guessed says so."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from portfolio.moving.found import Cells, Found
from portfolio.moving.handwritten import Listed
from portfolio.moving.keys import key_of, title_of
from portfolio.moving.lists import first_entry
from portfolio.moving.people_lists import in_pairs
from portfolio.moving.references import Reference, is_unpublished
from portfolio.moving.source import Source
from portfolio.records.bibtex.reader import Entry, parse_bibtex
from portfolio.records.demo import CONFIRM
from portfolio.records.identifiers import arxiv_of, doi_in
from portfolio.refusal import Refusal

_OF_FILES = {"pdf", "slides", "poster", "supp", "html"}
_LABELS = (
    ("slides", r"slides?|presentation"), ("poster", r"poster"),
    ("video", r"video|talk|recording|youtube"), ("data", r"data(?:set)?s?"),
    ("supp", r"supp\w*|appendix|supporting information"),
    ("code", r"code|github|software|implementation|r-project|replication\b.*|repo\w*"),
    ("website", r"project(?: page| website)?|website|web ?page|demo|home ?page"),
    ("blog", r"blog(?: post)?"), ("bibtex", r"bib(?:tex)?|cite|citation"),
    ("pdf", r"pdf"), ("arxiv", r"arxiv(?:[:\s].*)?"),
    ("url", r"papers?|article|journal|publisher|link|doi|html|full text|version|read.*"),
    ("url", r"acm\b.*|ieee\b.*|openreview|preprint|ssrn|proceedings"),
)  # fmt: skip
_KINDS = (
    ("phdthesis", r"\b(?:ph\.?d\.?|doctoral) (?:thesis|dissertation)|\bdissertations?\b"),
    ("mastersthesis", r"\b(?:master'?s?|diploma|bachelor'?s?) thesis"),
    ("incollection", r"\bchapters?\b"),
    ("inproceedings", r"\b(?:proceedings|proc\.|conference|workshop|symposium)\b"),
    ("inproceedings", r"\b(?:neurips|nips|icml|iclr|cvpr|iccv|eccv|aaai|ijcai|acl|emnlp|naacl)\b"),
    ("inproceedings", r"\b(?:kdd|www|chi|sigir|sigmod|vldb|icassp|interspeech|aistats|uai)\b"),
    ("inproceedings", r"\b(?:colt|siggraph|icra|iros|wacv|bmvc|miccai|stoc|focs|soda)\b"),
    ("misc", r"\barxiv\b|\b\w*rxiv\b|\bpreprints?\b"),
    ("book", r"\bbooks?\b"),
    ("techreport", r"\b(?:technical|tech\.?) reports?\b"),
)  # fmt: skip
_SERVER = re.compile(r"\b(?:arxiv|\w*rxiv)\b", re.IGNORECASE)


def found_on(
    source: Source,
    page: Path,
    listed: Iterable[Listed],
    *,
    taken: set[str],
    entries: Mapping[str, tuple[Entry, str]],
) -> list[Found]:
    """Return the papers that a page lists.

    Where ``entries`` have one of the same title, or the list leads to one, it says what the paper
    is; its address or number in the list is kept.
    """
    text = source.text(page)
    found = []
    for one in listed:
        cells, entry = _cells(source, page, one)
        told, held_by = entries.get(title_of(one.paper.title), (None, ""))
        source.read.update([source.root / held_by] if told else [])
        entry = entry or told
        line = _line_of(text, one.paper.title)
        where = f"{source.name(page)}:{line}"
        if entry is None and not one.paper.is_sure:
            said = one.paper.text[:300]
            cells.said["confirm"] = f"{CONFIRM} {said}"
            what = f"it was guessed what is what in “{said[:80]}”"
            source.report(where, one.paper.title[:40], what, "see the column confirm of papers.csv")
        folders = (page.parent, source.root)
        kind = "" if entry else _kind(one)
        paper = cells.found("unnamed", where, folders, kind=kind, entry=entry)
        key = entry.key if entry else key_of(paper.record, taken)
        taken.add(key.lower())
        found.append(paper.renamed(key))
    return found


def entries_of_folder(source: Source, paths: Iterable[Path]) -> dict[str, tuple[Entry, str]]:
    """Return the entries of .bib files by their titles, with the files that hold them."""
    found: dict[str, tuple[Entry, str]] = {}
    for path in paths:
        name = source.name(path)
        for entry in parse_bibtex(source.text(path), shown_as=name)[0]:
            found.setdefault(title_of(entry.fields.get("title", "").strip("{}")), (entry, name))
    found.pop("", None)
    return found


def _cells(source: Source, page: Path, one: Listed) -> tuple[Cells, Entry | None]:
    paper = one.paper
    cells = Cells()
    cells.put("title", paper.title)
    cells.put("authors", in_pairs(paper.authors), "author")
    cells.put("year", paper.year)
    is_state = is_unpublished(paper.venue) and not _SERVER.search(paper.venue)
    cells.put("venue", paper.venue, "note" if is_state and not paper.year else "venue")
    for name, said in paper.fields.items():
        cells.put(name, said)
    entry = next(iter(parse_bibtex(paper.entry, shown_as="")[0]), None) if paper.entry else None
    for words, href in paper.links:
        name = field_of(words, href)
        if name == "bibtex":
            entry = entry or _entry_at(source, page, href)
        else:
            _put_link(cells, name, words, href)
    if picture := _picture(source, page, paper):
        cells.put("picture", picture, "preview")
    return cells, entry


def _put_link(cells: Cells, name: str, words: str, href: str) -> None:
    """Take a link; a second one of a kind is kept under its words, if they are others."""
    if doi := doi_in(href) if "doi.org/" in href.lower() else "":
        cells.put("link", doi, "doi")
    elif "arxiv.org/" in href and (number := arxiv_of({"url": href})):
        cells.put("link", number, "arxiv")
    else:
        other = re.sub(r"\W+", "_", words.lower()).strip("_")[:30] or "url"
        name = "url" if name == "arxiv" else name
        if "://" not in href and name not in _OF_FILES:
            name = "supp"  # the field of files that are none of the others
        name = other if name in cells.said and cells.said[name] != href else name
        cells.put("link", href if "://" in href or "." in href else "", name)


def field_of(words: str, href: str) -> str:
    """Return the field that a link beside a paper belongs in, by its words, else its address."""
    said = words.strip(" []()|•·").lower()
    path = href.lower().partition("?")[0].partition("#")[0]
    for name, pattern in _LABELS:
        if re.fullmatch(pattern, said):
            return "pdf" if name == "url" and path.endswith(".pdf") else name
    if path.endswith(".pdf"):
        return "pdf"
    if path.endswith(".bib"):
        return "bibtex"
    if re.match(r"https?://(?:www\.)?(?:github|gitlab|bitbucket)\.(?:com|org)/", path):
        return "code"
    return re.sub(r"\W+", "_", said).strip("_")[:30] if said and "://" not in said else "url"


def _entry_at(source: Source, page: Path, href: str) -> Entry | None:
    try:
        path = source.find(source.local(href), [page.parent])
    except Refusal:
        return None
    if path:
        source.read.add(path)
    return first_entry(source, path) if path else None


def _picture(source: Source, page: Path, paper: Reference) -> str:
    """Return the first picture beside a paper that is a file of the source."""
    for href in paper.pictures:
        try:
            if "://" not in href and source.find(href, [page.parent]):
                return href
        except Refusal:
            continue
    return ""


def _kind(one: Listed) -> str:
    """Return the type of entry that a paper's venue tells, else the heading above it."""
    venue = f"{one.paper.venue} {one.paper.text[-120:] if not one.paper.venue else ''}"
    for said in (venue, one.heading):
        for kind, pattern in _KINDS:
            if re.search(pattern, said, re.IGNORECASE):
                return "inproceedings" if kind == "misc" and "conf" in said.lower() else kind
    if is_unpublished(one.paper.venue or one.heading) and not one.paper.fields.get("volume"):
        return "unpublished"
    return "article" if one.paper.venue else "misc"


def _line_of(text: str, title: str) -> int:
    """Return the line on which a title begins, as far as it stands there as it is."""
    begins = re.escape(" ".join(title.split()[:3])).replace(r"\ ", r"\s+")
    found = re.search(begins, text)
    return text.count("\n", 0, found.start()) + 1 if found else 1
