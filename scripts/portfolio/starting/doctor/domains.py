"""A domain of one's own at GitHub Pages: what `CNAME` says, and who asks for it.

Quarto publishes a file `CNAME` of the project's folder without being told, and so does the embedded
renderer. Deploying to a branch needs it there each time, or the domain is dropped; deploying with
GitHub's own actions takes the domain from the repository's settings and ignores the file.
"""

from collections.abc import Iterator

from portfolio.records.problems import Problem
from portfolio.starting.doctor.addresses import PAGES
from portfolio.starting.doctor.project import Finding, Project
from portfolio.starting.doctor.workflows import read_workflows

CNAME = "CNAME"


def problems(project: Project) -> Iterator[Finding]:
    """Yield how `CNAME` and ``owner.site`` differ, and what the next deployment would drop."""
    path = project.root / CNAME
    if path.is_file():
        yield from _file(project, path.read_text(encoding="utf-8-sig", errors="replace"))
    elif _is_own(project):
        yield from _missing(project, project.host)


def _file(project: Project, text: str) -> Iterator[Problem]:
    written, host = text.strip(), project.host
    if host.endswith(PAGES):
        what = f"it names {written}, and owner.site is {project.address}"
        remedy = f"write site: https://{written} in _quarto.yml, or remove this file"
        yield Problem(CNAME, 1, "domain", what, remedy)
    elif host and written != host:
        what = f"it says {' '.join(written.split()) or 'nothing'}, and owner.site is at {host}"
        yield Problem(CNAME, 1, "domain", what, f"write {host} there, on one line, and no more")


def _missing(project: Project, host: str) -> Iterator[Finding]:
    """Yield that a branch would lose the domain, or where GitHub's actions take it from."""
    workflows = read_workflows(project.root)
    if any(workflow.deploying for workflow in workflows):
        yield f"GitHub Pages: once, by hand: Settings, Pages, Custom domain: {host}"
    elif any(workflow.to_a_branch for workflow in workflows) or project.netlify is None:
        what = f"there is no such file, and the next deployment drops the domain {host}"
        elsewhere = [name for name in _committed(project) if name.endswith(f"/{CNAME}")]
        remedy = f"move {elsewhere[0]} here" if elsewhere else f"write {host} into it"
        yield Problem(CNAME, 1, "domain", what, remedy)


def _committed(project: Project) -> tuple[str, ...]:
    return project.repository.files if project.repository else ()


def _is_own(project: Project) -> bool:
    """Tell whether GitHub Pages would serve the site at a domain that is set for it."""
    at_a_service = (PAGES, ".gitlab.io", ".netlify.app", ".pages.dev", ".vercel.app")
    on_github = project.remote is not None and project.remote.on_github
    own = bool(project.host) and not project.host.endswith(at_a_service)
    return on_github and own and not project.parts.path
