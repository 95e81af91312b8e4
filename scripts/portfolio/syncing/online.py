"""What only the network knows to be wrong: links, files, DOIs, versions, retractions."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from portfolio.content import is_content
from portfolio.mapping import NotYamlError, read_mapping
from portfolio.records.bibliography import Bibliography
from portfolio.records.fields import ADDRESSES
from portfolio.records.formats.record import with_versions
from portfolio.records.identifiers import address_in, is_web_address, own_file, web_address
from portfolio.records.news import CSV, load_news
from portfolio.records.problems import Problem
from portfolio.records.root import SETTINGS
from portfolio.records.site import Site
from portfolio.records.sources import read_text
from portfolio.services.links import Link, ask_links
from portfolio.services.memory import Memory
from portfolio.services.web import Web
from portfolio.syncing import registered


@dataclass(frozen=True)
class Online:
    """What is wrong, and a line for each service that gave no answer."""

    problems: tuple[Problem, ...]
    silent: tuple[str, ...]


@dataclass(frozen=True)
class _Said:
    """An address and where it stands."""

    address: str
    place: tuple[str, int]
    key: str
    field: str

    def problem(self, what: str, remedy: str, *, hint: bool = False) -> Problem:
        return Problem(*self.place, self.key, what, remedy, hint)


def check_online(root: Path, site: Site, papers: Bibliography, web: Web, memory: Memory) -> Online:
    """Return what the network knows to be wrong; nothing of the project is changed."""
    said = [*_of_papers(papers), *_of_owner(root, site), *_of_news(root)]
    links = ask_links((each.address for each in said), web, memory)
    found = [each for one in said for each in _judged(one, links[one.address])]
    found += _own_pdfs(root, papers)
    silent = []
    for problem in registered.problems(papers, web, memory):
        if isinstance(problem, Problem):
            found.append(problem)
        else:
            silent.append(problem)
    return Online(tuple(found), tuple(silent))


def _judged(said: _Said, link: Link) -> Iterator[Problem]:
    if link.dead:
        what = f"the {said.field} leads nowhere ({said.address}): {link.dead}"
        yield said.problem(what, "correct it, or remove it")
    elif link.unsure:
        what = f"the {said.field} could not be looked at ({said.address}): {link.unsure}"
        yield said.problem(what, "open it in a browser, or try again later", hint=True)
    elif said.field == "pdf" and link.is_pdf is False:
        what = f"the pdf is no PDF but {link.kind or 'something else'} ({said.address})"
        yield said.problem(what, "name the file itself, or write it as url")


def _of_papers(papers: Bibliography) -> Iterator[_Said]:
    for paper in with_versions(papers.papers):
        for name in ADDRESSES:
            if address := web_address(address_in(paper.fields.get(name, ""))):
                yield _Said(address, paper.place(name), paper.key, name)


def _of_owner(root: Path, site: Site) -> Iterator[_Said]:
    text = read_text(root / SETTINGS, shown_as=SETTINGS, problems=[])
    try:
        lines = read_mapping(text, SETTINGS, 1).lines
    except NotYamlError:  # whoever loads the site says so
        lines = {}
    owner = site.owner
    links = (("affiliation", owner.affiliation), *(("links", each) for each in owner.links))
    for name, link in links:
        if is_web_address(link.href):
            key = f"owner.{name}"
            yield _Said(link.href, (SETTINGS, lines.get(key, 1)), key, "address")


def _of_news(root: Path) -> Iterator[_Said]:
    for item in load_news(root)[0]:
        if is_web_address(item.link):
            yield _Said(item.link, (CSV, item.line), item.day.isoformat(), "link")


def _own_pdfs(root: Path, papers: Bibliography) -> Iterator[Problem]:
    for paper in papers:
        name = own_file(paper.fields.get("pdf", ""))
        if name and is_content(root / name, root):
            with (root / name).open("rb") as file:
                if b"%PDF" not in file.read(1024):
                    what = f"the pdf is no PDF ({name})"
                    yield paper.problem("pdf", what, "put the file itself there")
