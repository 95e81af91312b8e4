"""A project with papers, and the services that know its owner, on one local server."""

import json
from dataclasses import dataclass

import pytest
from service import marked, service, web
from shapes import atom_feed, bib_entry, dblp_bib, dumped, openalex_page, orcid_bulk, orcid_list
from world import World

from portfolio.services.web import Web

__all__ = ["service", "web"]

ORCID = "0000-0002-1825-0097"
SETTINGS = f"""\
project: {{type: portfolio}}
owner:
  name: Ada Byron
  site: https://byron.example
  links:
    - {{text: ORCID, href: "https://orcid.org/{ORCID}"}}
    - {{text: dblp, href: "https://dblp.org/pid/00/1"}}
    - {{text: arXiv, href: "https://arxiv.org/a/byron_a_1"}}
"""


@pytest.fixture
def home(tmp_path, monkeypatch):
    """Return the folder of a project of Ada Byron's, which is the current one."""
    folder = tmp_path / "home"
    (folder / "publications").mkdir(parents=True)
    (folder / "_quarto.yml").write_text(SETTINGS)
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def hasty(monkeypatch):
    """Have no service tried again, which would be too late: who is patient waits for nothing."""

    @dataclass(frozen=True)
    class Hasty(Web):
        pause: float = 3600

    monkeypatch.setattr("portfolio.services.web.Web", Hasty)


@pytest.fixture
def tell(service, home, monkeypatch):
    """Return a function that has the services know a world, and the project its entries."""
    for name in ("doi", "arxiv", "orcid", "openalex", "crossref", "dblp"):
        address = f"{service.address}/{name}"
        monkeypatch.setenv(f"PORTFOLIO_{name.upper()}_SERVICE", address)
    monkeypatch.setenv("PORTFOLIO_ARXIV_AUTHORS_SERVICE", f"{service.address}/arxiv")
    monkeypatch.setenv("PORTFOLIO_GAP", "0")
    monkeypatch.delenv("PORTFOLIO_OPENALEX_KEY", raising=False)

    def tell(world=None, **works):
        world = world or World(**works)
        bib = "\n".join(map(bib_entry, world.bib))
        (home / "publications" / "publications.bib").write_text(bib)
        has_all(service, world)
        return world

    return tell


def has_all(service, world):
    """Have the server answer as the four services do, with marks where those give them."""
    service.says(f"/orcid/{ORCID}/works", marked(json.dumps(orcid_list(world.orcid)), "a"))
    for start in range(0, len(world.orcid), 100):
        some = world.orcid[start : start + 100]
        codes = ",".join(str(work["code"]) for work in some)
        service.says(f"/orcid/{ORCID}/works/{codes}", dumped(orcid_bulk(some)))
    service.says("/openalex/works", marked(dumped(openalex_page(world.openalex)), "b"))
    service.says("/dblp/pid/00/1.bib", marked(dblp_bib(world.dblp), "c"))
    service.says("/arxiv/byron_a_1.atom2", marked(atom_feed(world.arxiv), "d"))
