"""What only the network can say: the site, the remote, GitHub's settings, newer engines."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from packaging.version import InvalidVersion, Version

from portfolio.records.problems import ContentError, Problem
from portfolio.services import web
from portfolio.services.answer import SilenceError
from portfolio.starting.doctor.addresses import PAGES
from portfolio.starting.doctor.git import PLACE, git
from portfolio.starting.doctor.hosts import SOURCE
from portfolio.starting.doctor.project import Finding, Project
from portfolio.starting.doctor.workflows import read_workflows
from portfolio.starting.installing import newest
from portfolio.starting.pin import Pin, of_this_engine

_LIMIT = 20_000_000
_AGENT = "portfolio (asks whether a site can be published)"


@dataclass(frozen=True)
class Services:
    """Where the services are, how the newest engine is found, and how many seconds may pass."""

    github: str = "https://api.github.com"
    newest: Callable[[Pin], Pin | None] = newest
    patience: float = 20


@dataclass(frozen=True)
class Answer:
    """What came back: a status (0 for no answer), the address that gave it, and the text."""

    status: int
    address: str
    text: str

    @property
    def values(self) -> dict[str, Any]:
        """The text as a JSON object; an empty one where it is none."""
        try:
            said = json.loads(self.text)
        except (ValueError, RecursionError):
            return {}
        return said if isinstance(said, dict) else {}


def problems(project: Project, services: Services) -> Iterator[Finding]:
    """Yield what the remote, the site's address, GitHub and the engine's source have to say."""
    yield from _remote(project, services)
    yield from _site(project, services)
    yield from _pages(project, services)
    yield from _newer(services)


def ask(address: str, patience: float) -> Answer:
    """Get an address within ``patience`` seconds, its redirections and its text with it."""
    try:
        said = web.ask(address, seconds=patience, limit=_LIMIT, headers={"User-Agent": _AGENT})
    except TimeoutError:
        return Answer(0, address, f"no answer in {patience:g} s")
    except web.TooLongError:
        return Answer(0, address, "its answer has no end")
    except SilenceError as error:
        return Answer(0, address, "it cannot be reached" if error.passing else str(error))
    return Answer(said.status, said.address, said.text)


def _remote(project: Project, services: Services) -> Iterator[Finding]:
    """Yield that the remote repository does not answer."""
    repository = project.repository
    if not repository or not repository.remote:
        return
    try:
        ran = git(project.root, "ls-remote", repository.remote, seconds=services.patience)
    except ContentError as error:
        yield from error.problems
        return
    if ran.returncode:
        said = ran.stderr.decode(errors="replace").strip().partition("\n")[0]
        what = f"{repository.address} does not answer ({said})"
        yield Problem(PLACE, 1, "remote", what, "make the repository, or correct its address")


def _site(project: Project, services: Services) -> Iterator[Finding]:
    """Yield that the address leads nowhere or elsewhere; before publishing it may be empty."""
    if not project.host:
        return
    answer = ask(project.address + "/", services.patience)
    if not answer.status:
        remedy = "correct it, or set the domain's DNS records as the host says"
        yield project.problem("owner.site", f"{project.address}: {answer.text}", remedy)
    elif answer.status != HTTPStatus.OK:
        yield f"{project.address} answers {answer.status}, as it may until the first publication"
    elif answer.address.rstrip("/") != project.address:
        what = f"it leads to another address ({answer.address})"
        yield project.problem("owner.site", what, f"write site: {answer.address.rstrip('/')}")


def _pages(project: Project, services: Services) -> Iterator[Finding]:
    """Yield how GitHub's settings differ from what the workflow and the address need."""
    deploying = next((each for each in read_workflows(project.root) if each.deploying), None)
    if not deploying or not project.remote or not project.remote.on_github:
        return
    base = f"{services.github}/repos/{project.remote.owner}/{project.remote.name}"
    pages = ask(f"{base}/pages", services.patience)
    if pages.status == HTTPStatus.OK:
        yield from _settings(project, deploying.path, pages.values)
        return
    repository = ask(base, services.patience)
    if repository.status == HTTPStatus.OK and not repository.values.get("has_pages"):
        yield Problem(deploying.path, 1, "pages", "GitHub Pages is off", f"set {SOURCE}")
    elif repository.status != HTTPStatus.OK:
        said = repository.status or repository.text
        yield f"GitHub says nothing of {project.remote.address} without signing in ({said})"


def _settings(project: Project, path: str, said: dict[str, Any]) -> Iterator[Problem]:
    if said.get("build_type") not in {None, "workflow"}:
        what = "GitHub Pages publishes a branch, not what the workflow renders"
        yield Problem(path, 1, "pages", what, f"set {SOURCE}")
    domain = str(said.get("cname") or "")
    own = "" if project.host.endswith(PAGES) else project.host
    if domain != own:
        what = f"GitHub Pages has {f'the domain {domain}' if domain else 'no domain'} set"
        remedy = f"set Settings, Pages, Custom domain: {own or 'none'}, or correct owner.site"
        yield Problem(path, 1, "pages", what, remedy)
    if said.get("https_enforced") is False:
        remedy = "set Settings, Pages, Enforce HTTPS"
        yield Problem(path, 1, "pages", "GitHub Pages answers without https", remedy)


def _newer(services: Services) -> Iterator[str]:
    """Yield that there is a newer engine where this one came from."""
    here = of_this_engine()
    found = services.newest(here)
    if found and (found.url != here.url or _is_newer(found.version, here.version)):
        yield f"{found.requirement} is out: `portfolio upgrade` moves to it"


def _is_newer(one: str, other: str) -> bool:
    try:
        return Version(one) > Version(other)
    except InvalidVersion:
        return False
