"""What items name and the site does not have: papers, files, pictures, addresses."""

from collections.abc import Iterator

from portfolio.pages.item_pictures import fault_in
from portfolio.pages.item_ways import address
from portfolio.pages.portfolio import Portfolio
from portfolio.records.identifiers import doi_in
from portfolio.records.kinds.item import Item
from portfolio.records.people.orcid import orcid_of
from portfolio.records.problems import Problem


def faults_of_items(here: Portfolio) -> Iterator[Problem]:
    """Yield what the tables of all kinds name that leads nowhere."""
    for items in here.items.values():
        for item in items:
            yield from _papers(here, item)
            yield from _addresses(here, item)
            yield from _identifiers(item)
            if said := fault_in(here, item):
                yield item.problem("picture", *said)


def _papers(here: Portfolio, item: Item) -> Iterator[Problem]:
    for name in item.lists.get("papers", ()):
        if name.lower() not in here.by_name:
            what = f"no paper has this slug or key ({name})"
            yield item.problem("papers", what, "correct it, or remove it")


def _addresses(here: Portfolio, item: Item) -> Iterator[Problem]:
    named = [("link", item.text("link"))]
    named += [(field.name, item.text(field.name)) for field in item.schema.links()]
    named += [("links", link.href) for link in item.links]
    named += [("files", file) for file in item.lists.get("files", ())]
    for name, said in named:
        if said and not address(here, item, said):
            what = f"it is no address, and no file of the project ({said})"
            yield item.problem(name, what, "begin it with https://, or add the file")


def _identifiers(item: Item) -> Iterator[Problem]:
    orcid, doi = item.texts.get("orcid", ""), item.texts.get("doi", "")
    if orcid and not orcid_of(orcid):
        yield item.problem("orcid", f"it is no ORCID iD ({orcid})", "copy it from orcid.org")
    if doi and not doi_in(doi):
        yield item.problem("doi", f"the doi cannot be read ({doi})", "write it as 10.1234/abcd")
