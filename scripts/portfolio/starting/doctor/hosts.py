"""Whether a host will publish the site: the workflow for GitHub Pages, Netlify's settings."""

import posixpath
import re
from collections.abc import Iterator
from typing import Any

from portfolio.records.problems import Problem
from portfolio.starting.doctor.project import NETLIFY, Finding, Project, line_of
from portfolio.starting.doctor.workflows import (
    DEPLOY,
    PUBLISH,
    UPLOAD,
    Workflow,
    read_workflows,
)

SOURCE = "Settings, Pages, Source: GitHub Actions"
_AS_GIVEN = "get it back with `portfolio upgrade`"
_BRANCH = re.compile(r"github\.ref(?:_name)?\s*==\s*'(?:refs/heads/)?([^']+)'")


def problems(project: Project) -> Iterator[Finding]:
    """Yield what keeps the hosts from publishing, and what is to be set there by hand."""
    workflows = [each for each in read_workflows(project.root) if each.publishes]
    if not workflows and project.netlify is None:
        what = f"nothing publishes the site: neither this file nor {NETLIFY} is there"
        yield Problem(PUBLISH, 1, "workflow", what, f"{_AS_GIVEN}, then set {SOURCE}")
    for workflow in workflows:
        if not workflow.to_a_branch:
            yield from _of_pages(workflow, project)
            yield f"GitHub Pages: once, by hand: {SOURCE}"
        yield from _trigger(workflow, project)
    if project.netlify is not None:
        yield from _of_netlify(project, project.netlify)


def _of_pages(workflow: Workflow, project: Project) -> Iterator[Problem]:
    job = workflow.deploying
    if job is None:
        what, remedy = f"no job uses {DEPLOY}", f"{_AS_GIVEN}, and set {SOURCE}"
        yield Problem(workflow.path, workflow.line("jobs"), "deploy", what, remedy)
        return
    here = f"jobs.{job}"
    yield from _permissions(workflow, job)
    environment = workflow.jobs[job].get("environment")
    name = environment.get("name") if isinstance(environment, dict) else environment
    if name != "github-pages":
        remedy = "write `environment: github-pages` into the job, which Pages asks for"
        what = f"the job {job} has {'the environment ' + str(name) if name else 'no environment'}"
        line = workflow.line(f"{here}.environment", here)
        yield Problem(workflow.path, line, "environment", what, remedy)
    yield from _artifact(workflow, job, project.output)


def _permissions(workflow: Workflow, job: str) -> Iterator[Problem]:
    """Yield what the deploying job may not do; a job's permissions stand for the workflow's."""
    above = workflow.settings.values.get("permissions")
    given = workflow.jobs[job].get("permissions", above)
    line = workflow.line(f"jobs.{job}.permissions", f"jobs.{job}")
    for wanted in ("pages", "id-token"):
        if given != "write-all" and not (isinstance(given, dict) and given.get(wanted) == "write"):
            what, remedy = f"the job {job} may not deploy", f"write `{wanted}: write` there"
            yield Problem(workflow.path, line, f"permissions.{wanted}", what, remedy)


def _artifact(workflow: Workflow, job: str, output: str) -> Iterator[Problem]:
    uploads = list(workflow.uses(UPLOAD))
    line = workflow.line(f"jobs.{job}")
    if not uploads:
        what, remedy = f"no step uses {UPLOAD}", f"hand {output} to it after rendering"
        yield Problem(workflow.path, line, "upload", what, remedy)
        return
    path = str((uploads[0].get("with") or {}).get("path", "_site/")).removeprefix("./").strip("/")
    if path != output:
        what, remedy = f"it uploads {path}, and the site is in {output}", f"write `path: {output}`"
        yield Problem(workflow.path, line, "upload", what, remedy)
    elsewhere = not any(workflow.uses(UPLOAD, job))
    if elsewhere and not workflow.jobs[job].get("needs"):
        what = f"the job {job} does not wait for the one that renders"
        yield Problem(workflow.path, line, "needs", what, "write `needs:` and that job's name")


def _trigger(workflow: Workflow, project: Project) -> Iterator[Problem]:
    """Yield that no branch there is starts the workflow, or that its jobs ask for another one."""
    repository = project.repository
    branches = {repository.branch, *repository.branches} - {""} if repository else set()
    branch = (repository.branch if repository else "") or "main"
    if not any(map(workflow.runs_on, branches or {branch})):
        what = f"a push to {branch} does not start it"
        remedy = f"name {branch} below `on: push: branches:`, or rename it: `git branch -m main`"
        yield Problem(workflow.path, workflow.line("on"), "on", what, remedy)
    asked = {name: said for job in workflow.jobs.values() for name, said in _asked(job)}
    for name, said in asked.items():
        if branches and name not in branches:
            line = line_of(project.root, workflow.path, said)
            remedy = f"name {branch} there, or rename the branch: `git branch -m {name}`"
            what = f"it publishes the branch {name} only, which is not here"
            yield Problem(workflow.path, line, "if", what, remedy)


def _asked(job: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the branches that a job and its steps ask for, with the words that do."""
    steps = job.get("steps") or ()
    for condition in (job.get("if"), *(step.get("if") for step in steps if isinstance(step, dict))):
        for found in _BRANCH.finditer(str(condition or "")):
            yield found[1], found[0]


def _of_netlify(project: Project, settings: dict[str, Any]) -> Iterator[Finding]:
    build = settings.get("build")
    build = build if isinstance(build, dict) else {}
    base, publish = str(build.get("base", "")), str(build.get("publish", ""))
    folder = posixpath.normpath(posixpath.join("/", base, publish)).strip("/") if publish else ""
    if folder != project.output:
        what = f"it publishes {folder or 'the folder that holds the sources'}"
        line = line_of(project.root, NETLIFY, "publish" if publish else "[build]")
        remedy = f'write `publish = "{project.output}"` below [build]'
        yield Problem(NETLIFY, line, "build.publish", what, remedy)
    if not build.get("command"):
        line = line_of(project.root, NETLIFY, "[build]")
        what, remedy = "nothing renders the site", f"write a command there, or {_AS_GIVEN}"
        yield Problem(NETLIFY, line, "build.command", what, remedy)
    yield "Netlify, if you use it: once, by hand: Add new project, Import an existing project"
