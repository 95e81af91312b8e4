"""What machines read about a paper: tags for scholars, JSON-LD, and Open Graph."""

import json
import re
from collections.abc import Iterator
from typing import Any

from PIL import Image

from portfolio.audit.rendered import Page, RenderedSite
from portfolio.records.problems import Problem

VENUES = (
    "citation_journal_title",
    "citation_conference_title",
    "citation_inbook_title",
    "citation_dissertation_institution",
    "citation_technical_report_institution",
)
_ONCE = (
    "citation_title",
    "citation_publication_date",
    "citation_volume",
    "citation_issue",
    "citation_firstpage",
    "citation_lastpage",
    "citation_doi",
    "citation_arxiv_id",
    "citation_pdf_url",
    "citation_abstract_html_url",
)
_DATE = re.compile(r"\d{4}(/\d\d?(/\d\d?)?)?")
_ENTRY = "look at the paper's entry in the .bib, then render the site again"
_AGAIN = "render the site again"


def scholars(site: RenderedSite) -> Iterator[Problem]:
    """Highwire tags: no empty one, one of each kind, at most one venue, a date that is one."""
    for page in site.papers:
        for what in _tag_faults(site, page):
            yield page.problem("metadata", what, _ENTRY)


def _tag_faults(site: RenderedSite, page: Page) -> Iterator[str]:
    tags = [e for e in page.all("meta") if e.get("name", "").startswith("citation_")]
    empty = [e.get("name") for e in tags if not e.get("content", "").strip()]
    yield from (f"a tag for scholars is empty ({name})" for name in empty)
    twice = [name for name in _ONCE if len(page.meta(name)) > 1]
    yield from (f"a tag for scholars stands there twice ({name})" for name in twice)
    venues = [name for name in VENUES for _ in page.meta(name)]
    if len(venues) > 1:
        yield f"the paper appeared in more than one place ({', '.join(venues)})"
    for date in page.meta("citation_publication_date"):
        if not _DATE.fullmatch(date):
            yield f"the date cannot be read ({date})"
    yield from _address_faults(site, page)


def _address_faults(site: RenderedSite, page: Page) -> Iterator[str]:
    for address in page.meta("citation_abstract_html_url"):
        if address != site.public(page):
            yield f"the paper's address is not that of its page ({address})"
    for address in page.meta("citation_pdf_url"):
        if _is_missing(site, address):
            yield f"the paper's PDF is not there ({address})"


def structured(site: RenderedSite) -> Iterator[Problem]:
    """JSON-LD can be read, says what it is about, and agrees with its page."""
    for page in site.pages.values():
        for script in page.all("script"):
            if script.get("type") != "application/ld+json":
                continue
            for what in _data_faults(site, page, script.text or ""):
                yield page.problem("json-ld", what, _ENTRY, near="application/ld+json")
    for page in site.papers:
        if "application/ld+json" not in page.source:
            what = "nothing tells machines about the paper"
            yield page.problem("json-ld", what, "call pages.paper(…) in a cell of the page")


def _data_faults(site: RenderedSite, page: Page, written: str) -> Iterator[str]:
    try:
        said = json.loads(written)
    except ValueError as error:
        yield f"the data cannot be read ({error})"
        return
    if not isinstance(said, dict) or not {"@context", "@type"} <= said.keys():
        yield "the data does not say what it is about (@context, @type)"
    elif said["@type"] == "BlogPosting":
        yield from _posting_faults(site, page, said)
    elif "headline" in said:
        yield from _article_faults(site, page, said)
    elif said["@type"] == "ProfilePage" and not (said.get("mainEntity") or {}).get("name"):
        yield "the data does not name the owner (mainEntity)"


def _posting_faults(site: RenderedSite, page: Page, said: dict[str, Any]) -> Iterator[str]:
    if not all(said.get(name) for name in ("headline", "author", "datePublished")):
        yield "the data does not say what the post is called, by whom, and from when it is"
    if said.get("url") != site.public(page):
        yield f"the address is not the page's ({said.get('url')})"


def _article_faults(site: RenderedSite, page: Page, said: dict[str, Any]) -> Iterator[str]:
    if [said.get("headline")] != page.meta("citation_title"):
        yield f"the headline is not the paper's title ({said.get('headline')})"
    people = [*said.get("author", []), *said.get("editor", [])]
    names = [author.get("name") for author in people]
    tagged = page.meta("citation_author") + page.meta("citation_editor")
    if len(names) != len(tagged) or not all(names):
        yield f"the authors are not those of the tags for scholars ({len(names)})"
    if said.get("url") != site.public(page):
        yield f"the address is not the page's ({said.get('url')})"
    image = said.get("image", "")
    picture = image.get("contentUrl", "") if isinstance(image, dict) else image
    if picture and _is_missing(site, picture):
        yield f"the picture is not there ({picture})"


def shared(site: RenderedSite) -> Iterator[Problem]:
    """Open Graph gives the page's own address, and a picture that is there in the size it says."""
    for page in site.pages.values():
        for address in page.meta("og:url"):
            if address != site.public(page):
                what = f"shared links lead elsewhere ({address})"
                yield page.problem("metadata", what, _AGAIN, near="og:url")
        for address in page.meta("og:image"):
            if what := _picture_fault(site, page, address):
                yield page.problem("metadata", f"{what} ({address})", _AGAIN, near="og:image")


def _picture_fault(site: RenderedSite, page: Page, address: str) -> str:
    name = address.removeprefix(f"{site.root}/")
    if name not in site.files:
        return "the picture of shared links is not there"
    with Image.open(site.path(name)) as picture:
        size = [str(side) for side in picture.size]
    said = page.meta("og:image:width") + page.meta("og:image:height")
    return "" if said == size else "the picture of shared links has another size than is said"


def _is_missing(site: RenderedSite, address: str) -> bool:
    """Whether an address of the site leads to no file; others are not ours to judge."""
    if not address.startswith(f"{site.root}/"):
        return False
    return address.removeprefix(f"{site.root}/") not in site.files
