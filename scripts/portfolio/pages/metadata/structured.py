"""Pages as linked data: who, what, and how they hang together, in the vocabulary of schema.org.

Things that several pages speak of have one name: the owner is ``#owner`` of the home page, the
site ``#site``, a paper its own page with ``#work``.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from portfolio.figures.thumbnails import SIZE
from portfolio.pages import provenance
from portfolio.pages.inline import plain
from portfolio.pages.item_people import is_former
from portfolio.pages.metadata.venues import part_of
from portfolio.pages.portfolio import Portfolio, page_of
from portfolio.pages.previews import thumbnail_of
from portfolio.records.coauthors import link_of
from portfolio.records.identifiers import ARXIV, doi_address
from portfolio.records.keywords import keywords_of
from portfolio.records.licences import address_of_licence
from portfolio.records.paper import Paper
from portfolio.records.people.names import Name, parse_name
from portfolio.records.people.orcid import orcid_in, orcid_of
from portfolio.records.posts import Post
from portfolio.records.values import BOOKS, PARTS, REPORTS, THESES

Data = dict[str, Any]
MOST = 30
"""So many papers the list tells of in its page's head; its linkset tells of all."""
_TYPES = {
    "dataset": "Dataset",
    "software": "SoftwareSourceCode",
    "inproceedings": "",
    "conference": "",
}
_TYPES |= dict.fromkeys(BOOKS, "Book") | dict.fromkeys(THESES, "Thesis")
_TYPES |= dict.fromkeys(REPORTS, "Report")
_ARTICLE = "ScholarlyArticle"


def type_of(paper: Paper) -> str:
    """Return what schema.org calls a work of this kind."""
    if paper.kind in PARTS and paper.kind not in _TYPES:
        return "Chapter"
    return _TYPES.get(paper.kind) or _ARTICLE


def profile(here: Portfolio) -> Data:
    """Return the home page: a profile of the owner."""
    who = here.site.owner
    where = who.affiliation
    works_at = {"@type": "Organization", "name": where.text, "url": where.href}
    person = owner(here) | _known(
        {
            "jobTitle": "" if who.is_group else who.role,
            "description": here.site.description,
            "parentOrganization" if who.is_group else "affiliation": (
                _known(works_at) if where.text else None
            ),
            "member": [*_members(here)] if who.is_group else None,
            "identifier": _orcid(here.site.orcid),
            "sameAs": [link.href for link in here.site.profiles],
        }
    )
    dated = max((item.day.isoformat() for item in here.news), default="")
    page = {"@type": "ProfilePage", "@id": here.url("/"), "url": here.url("/")}
    return page | _known({"dateModified": dated}) | {"mainEntity": person}


def _members(here: Portfolio) -> Iterable[Data]:
    """Yield those who are in a group now."""
    for member in here.items.get("people", ()):
        if not is_former(member):
            said = {"name": member.title, "jobTitle": member.text("role"), "url": link_of(member)}
            yield {"@type": "Person"} | _known(said)


def website(here: Portfolio) -> Data:
    """Return the site as a whole."""
    said = {
        "@type": "WebSite",
        "@id": here.url("/#site"),
        "url": here.url("/"),
        "name": here.site.owner.name,
        "description": here.site.description,
        "inLanguage": here.site.lang,
        "publisher": {"@id": here.url("/#owner")},
    }
    return _known(said)


def collection(here: Portfolio) -> Data:
    """Return the page that lists all papers, with the newest of them."""
    listed = [
        {"@type": "ListItem", "position": number, "url": here.url(page_of(paper))}
        for number, paper in enumerate(list(here.papers)[:MOST], 1)
    ]
    items = {"@type": "ItemList", "numberOfItems": len(here.papers), "itemListElement": listed}
    return {
        "@type": "CollectionPage",
        "@id": here.url("/publications/"),
        "url": here.url("/publications/"),
        "isPartOf": {"@id": here.url("/#site")},
        "about": {"@id": here.url("/#owner")},
        "mainEntity": items,
    }


def breadcrumbs(trail: Sequence[tuple[str, str]]) -> Data:
    """Return the way to a page: names with public addresses, the page's own last."""
    steps = [
        {"@type": "ListItem", "position": number, "name": name, "item": address}
        for number, (name, address) in enumerate(trail, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": steps}


def work(here: Portfolio, paper: Paper) -> Data:
    """Return a paper: what it says, who wrote it, where it appeared, and what belongs to it."""
    house = paper.fields.get("publisher") or paper.fields.get("school", "")
    address = here.url(page_of(paper))
    said = {
        "@id": f"{address}#work",
        "headline": paper.title,
        "editor" if paper.is_edited else "author": [person(here, name) for name in paper.authors],
        "datePublished": str(paper.when.certain),
        "isPartOf": part_of(paper),
        "pageStart": paper.pages[0],
        "pageEnd": paper.pages[1],
        "publisher": {"@type": "Organization", "name": house} if house else None,
        "identifier": _identifiers(paper),
        "isbn": paper.values.get("ISBN", "") if paper.kind in BOOKS else "",
        "isAccessibleForFree": bool(paper.own_pdf or paper.arxiv),
        "license": address_of_licence(paper.fields),
        "inLanguage": paper.values.get("language", ""),
        "keywords": list(keywords_of(paper)),
        "description": paper.words("summary"),
        "abstract": paper.words("abstract"),
        "image": _image(here, paper),
        "thumbnailUrl": _thumbnail(here, paper),
        "encoding": _encodings(here, paper),
        "isBasedOn": [*_bases(here, paper)],
        "url": address,
        "mainEntityOfPage": address,
        "sameAs": list(dict.fromkeys(_elsewhere(paper))),
    }
    return {"@type": type_of(paper)} | _known(said)


def posting(here: Portfolio, post: Post) -> Data:
    """Return a post: when it was written, by whom, and what about; the owner's if nobody's."""
    address = here.url(post.address)
    said = {
        "@id": f"{address}#post",
        "headline": plain(post.title),
        "author": [person(here, parse_name(name)) for name in post.authors] or [owner(here)],
        "datePublished": post.day.isoformat(),
        "description": plain(post.summary),
        "keywords": list(post.tags),
        "inLanguage": post.lang or here.site.lang,
        "isPartOf": {"@id": here.url("/#site")},
        "url": address,
        "mainEntityOfPage": address,
    }
    return {"@type": "BlogPosting"} | _known(said)


def owner(here: Portfolio) -> Data:
    """Return the owner as every page names them."""
    name = here.site.owner.name
    kind = "ResearchOrganization" if here.site.owner.is_group else "Person"
    return {"@type": kind, "@id": here.url("/#owner"), "name": name, "url": here.url("/")}


def person(here: Portfolio, name: Name) -> Data:
    """Return somebody who took part in a work; the owner is the same person on every page."""
    parts = {"@type": "Person", "name": name.display}
    if name.given:
        family = " ".join(filter(None, (name.particle, name.family)))
        parts |= _known(
            {"givenName": name.given, "familyName": family, "honorificSuffix": name.suffix}
        )
    if name.is_one_of(here.site.owner.spellings) and not here.site.owner.is_group:
        return parts | owner(here) | {"name": name.display}
    known = here.person(name)
    orcid = orcid_of(known.text("orcid")) if known else orcid_in(name.link)
    where = known.text("institution") if known else ""
    return parts | _known(
        {
            "url": name.link,
            "sameAs": f"https://orcid.org/{orcid}" if orcid else "",
            "identifier": _orcid(orcid),
            "affiliation": {"@type": "Organization", "name": where} if where else None,
        }
    )


def figure(here: Portfolio, paper: Paper) -> Data:
    """Return the paper's own figure, with what it was computed from."""
    shown = here.figures[paper.slug]
    said = {
        "caption": plain(shown.caption),
        "description": shown.alt,
        **provenance.linked(here, paper),
    }
    return _picture(here, paper) | _known(said)


def _image(here: Portfolio, paper: Paper) -> Data:
    return figure(here, paper) if paper.slug in here.figures else _picture(here, paper)


def _picture(here: Portfolio, paper: Paper) -> Data:
    address = _thumbnail(here, paper)
    if not address:
        return {}
    size = {"width": SIZE[0], "height": SIZE[1]} if address.endswith(".webp") else {}
    return {"@type": "ImageObject", "contentUrl": address, "url": address} | size


def _thumbnail(here: Portfolio, paper: Paper) -> str:
    address = thumbnail_of(here, paper)
    return here.url(address) if address else ""


def _encodings(here: Portfolio, paper: Paper) -> list[Data]:
    """Return the paper as a file, here or where its authors put it."""
    own = here.url(paper.own_pdf) if paper.own_pdf else ""
    pdf = own or paper.address("pdf")
    form = "application/pdf"
    file = {"@type": "MediaObject", "contentUrl": pdf, "encodingFormat": form}
    return [file] if pdf else []


def _bases(here: Portfolio, paper: Paper) -> Iterable[Data]:
    """Yield the code, the notebook and the data of a paper."""
    code = "SoftwareSourceCode"
    title = paper.title
    if address := paper.address("code"):
        name = here.say("code-of", title=title)
        yield {"@type": code, "name": name, "codeRepository": here.whole(address)}
    if paper.slug in here.figures:
        notebook = here.url(here.shelf.notebook(paper))
        name = here.say("notebook-of", title=title)
        file = here.url(f"/notebooks/{paper.slug}.ipynb")
        yield {"@type": code, "@id": notebook, "name": name, "url": notebook,
               "programmingLanguage": "Python",
               "encoding": {"@type": "MediaObject", "contentUrl": file,
                            "encodingFormat": "application/x-ipynb+json"}}  # fmt: skip
    if address := paper.address("data"):
        name = here.say("data-of", title=title)
        about = paper.summary or title
        yield {"@type": "Dataset", "name": name, "description": about, "url": here.whole(address)}


def _identifiers(paper: Paper) -> list[Data]:
    found = [
        ("doi", paper.doi, doi_address(paper.doi)),
        ("arXiv", paper.arxiv, ARXIV + paper.arxiv),
    ]
    pmid = paper.values.get("PMID", "")
    found.append(("pmid", pmid, f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/"))
    return [_identifier(scheme, value, address) for scheme, value, address in found if value]


def _identifier(scheme: str, value: str, address: str) -> Data:
    return {"@type": "PropertyValue", "propertyID": scheme, "value": value, "url": address}


def _orcid(orcid: str) -> Data | None:
    bare = orcid_in(orcid) or orcid
    return _identifier("ORCID", bare, f"https://orcid.org/{bare}") if bare else None


def _elsewhere(paper: Paper) -> Iterable[str]:
    """Yield the other addresses of a work, and those of its versions."""
    yield from [doi_address(paper.doi)] if paper.doi else []
    yield from [ARXIV + paper.arxiv] if paper.arxiv else []
    yield from (link.href for version in paper.versions for link in version.sources)


def _known(said: Mapping[str, Any]) -> Data:
    return {key: value for key, value in said.items() if value}
