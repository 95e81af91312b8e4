"""Whether the site's address is the one that its repository will be published at."""

import re
from collections.abc import Iterator
from urllib.parse import SplitResult, urlsplit

from portfolio.starting.doctor.project import Finding, Project
from portfolio.starting.doctor.remotes import remote_of

PAGES = ".github.io"
_PLACEHOLDER = re.compile(
    r"(.*\.)?example(\.(org|com|net|edu))?|localhost|127\.0\.0\.1"
    r"|(.*[.-])?your-?(user)?-?(name|site|domain|page)\b.*|user-?name\.github\.io|.*[<>{}].*",
    re.IGNORECASE,
)


def problems(project: Project) -> Iterator[Finding]:
    """Yield what is wrong with ``owner.site`` and ``owner.repository``."""
    if not project.address:
        remedy = "write the site's public address there"
        yield project.problem("owner.site", "is not set", remedy)
    elif what := _unusable(project.parts):
        remedy = f"write site: {_wanted(project) or 'the public address, with https://'}"
        yield project.problem("owner.site", f"{what} ({project.address})", remedy)
    else:
        yield from _of_pages(project)
    yield from _of_repository(project)


def _unusable(parts: SplitResult) -> str:
    """Say what makes an address useless, wherever the site is published."""
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return "it is no web address"
    if _PLACEHOLDER.fullmatch(parts.hostname):
        return "it is an example's address"
    if parts.query or parts.fragment or parts.path.endswith((".html", ".qmd")):
        return "it is the address of a page, not of the site"
    return ""


def _of_pages(project: Project) -> Iterator[Finding]:
    """Yield how an address at GitHub Pages differs from that of the repository."""
    wanted = _wanted(project)
    if not project.host.endswith(PAGES):
        return
    if project.remote and not project.remote.on_github:
        what = f"GitHub does not publish a repository at {project.remote.host}"
        yield project.problem("owner.site", what, "name the address that it is published at")
    elif wanted and project.address != wanted:
        what = f"{_difference(project.parts, urlsplit(wanted))} ({project.address})"
        yield project.problem("owner.site", what, f"write site: {wanted}")


def _wanted(project: Project) -> str:
    return project.remote.pages if project.remote and project.remote.on_github else ""


def _difference(written: SplitResult, wanted: SplitResult) -> str:
    """Say in a few words how one address is not the other."""
    if (written.hostname or "") != wanted.hostname:
        return "it is the site of another user than the repository's"
    if written.path.lower() != wanted.path.lower():
        if not written.path:
            return f"the site of this repository has the path {wanted.path}"
        return "its path is not the repository's name" if wanted.path else "there is no path to it"
    if written.scheme != wanted.scheme:
        return "GitHub Pages answers at https"
    return "its capitals are not the repository's"


def _of_repository(project: Project) -> Iterator[Finding]:
    """Yield that the repository named is not the one pushed to, as in a copy of a template."""
    written = str(project.settings.get("owner.repository") or "").strip()
    named = remote_of(written) if written else None
    if not project.remote or not named or named.is_same(project.remote):
        return
    whose = "another's" if named.owner.lower() != project.remote.owner.lower() else "another"
    what = f"this is {whose} repository ({written})"
    yield project.problem("owner.repository", what, f"write repository: {project.remote.address}")
