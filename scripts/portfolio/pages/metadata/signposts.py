"""Typed links in heads, by which programs find their way: to the record, the people, the files.

Source: signposting.org/FAIR, level 1; the relations are IANA's.
"""

from collections.abc import Iterable

from portfolio.pages.metadata.elements import CONTEXT, related
from portfolio.pages.metadata.structured import type_of
from portfolio.pages.portfolio import CITATIONS, MEDIA_TYPES, Portfolio
from portfolio.records.identifiers import doi_address
from portfolio.records.licences import address_of_licence
from portfolio.records.paper import Paper
from portfolio.records.people.orcid import orcid_in

LISTING = "/publications/index.html"


def of_paper(here: Portfolio, paper: Paper) -> str:
    """Return the links of a paper's page.

    It can be cited by its DOI or at arXiv; its record is there in each format; its PDF is an item;
    its authors are known by ORCID; and it is part of the list.
    """
    lasting = next((link.href for link in paper.sources if link.text in {"DOI", "arXiv"}), "")
    lasting = doi_address(paper.doi) if paper.doi else lasting
    pdf = paper.own_pdf
    return "".join(
        (
            related("cite-as", lasting),
            *(related("author", address) for address in _authors(here, paper)),
            *_formats(here, paper.slug, "describedby"),
            *_formats(here, paper.slug, "alternate"),
            related("item", pdf, "application/pdf") if pdf else "",
            related("license", address_of_licence(paper.fields)),
            related("type", f"{CONTEXT}/{type_of(paper)}"),
            related("type", f"{CONTEXT}/AboutPage"),
            related("collection", LISTING),
        )
    )


def of_listing(here: Portfolio) -> str:
    """Return the links of the page that lists all papers; its linkset names each of them."""
    return "".join(
        (
            related("author", here.site.orcid or here.url("/")),
            *_formats(here, "publications", "describedby"),
            related("linkset", "/publications/linkset.json", "application/linkset+json"),
            related("type", f"{CONTEXT}/CollectionPage"),
        )
    )


def of_owner(here: Portfolio) -> str:
    """Return the links of the home page: the owner's other profiles are the same person."""
    profiles = "".join(related("me", link.href) for link in here.site.profiles)
    return related("type", f"{CONTEXT}/ProfilePage") + profiles


def _authors(here: Portfolio, paper: Paper) -> Iterable[str]:
    """Yield where the authors are known: by ORCID, the owner by the home page too."""
    for name in () if paper.is_edited else paper.authors:
        if name.is_one_of(here.site.owner.spellings):
            yield here.site.orcid or here.url("/")
        elif orcid_in(name.link):
            yield name.link


def _formats(here: Portfolio, stem: str, relation: str) -> Iterable[str]:
    for form, suffix in CITATIONS.items():
        title = form if relation == "alternate" else ""
        yield related(relation, here.shelf.citation(stem, suffix), MEDIA_TYPES[suffix], title)
