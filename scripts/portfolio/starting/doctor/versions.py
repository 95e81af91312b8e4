"""Whether Quarto, Python and the engine's extension are those that the engine needs."""

import re
import shutil
import sys
from collections.abc import Iterator
from importlib import metadata

from packaging.specifiers import SpecifierSet
from packaging.version import InvalidVersion, Version

from portfolio.records.problems import Problem
from portfolio.renderers.project import EXTENSIONS
from portfolio.renderers.quarto import OLDEST, find_quarto, version_of
from portfolio.shipped import DISTRIBUTION
from portfolio.starting.doctor.packages import running_engine
from portfolio.starting.doctor.project import NETLIFY, Finding, Project, line_of, read_yaml
from portfolio.starting.doctor.workflows import Workflow, read_workflows

_SETUP = "quarto-dev/quarto-actions/setup"
_TYPED = re.compile(r"(^|[\s;&|])quarto\s+(render|publish)\b")
_NEEDED = ".".join(map(str, OLDEST))


def problems(project: Project) -> Iterator[Finding]:
    """Yield what is too old here or at a host, and an extension that is not the engine's."""
    workflows = [each for each in read_workflows(project.root) if each.publishes]
    yield from _quarto_here(workflows)
    for workflow in workflows:
        yield from _quarto_there(project, workflow)
        yield from _python_there(project, workflow)
    yield from _python_here(project)
    yield from _extension(project)


def _quarto_here(workflows: list[Workflow]) -> Iterator[Finding]:
    if find_quarto():
        return
    if command := shutil.which("quarto"):
        said = ".".join(map(str, version_of(command))) or "of no version"
        what = f"Quarto {said} is too old"
        yield Problem("PATH", 1, "quarto", what, f"install {_NEEDED} or later from quarto.org")
    elif any(any(workflow.uses(_SETUP)) for workflow in workflows):
        yield "Quarto is not here: the workflow renders with it, here the embedded renderer does"


def _quarto_there(project: Project, workflow: Workflow) -> Iterator[Problem]:
    """Yield that the workflow's Quarto is too old, or that it types `quarto` and has none."""
    steps = list(workflow.uses(_SETUP))
    for step in steps:
        version = str((step.get("with") or {}).get("version", ""))
        parts = tuple(map(int, re.findall(r"\d+", version))) if version[:1].isdigit() else OLDEST
        if parts < OLDEST:
            line = line_of(project.root, workflow.path, version)
            what = f"its Quarto {version} is too old"
            yield Problem(workflow.path, line, "quarto", what, f"name {_NEEDED} or later")
    if not steps and any(_TYPED.search(str(step.get("run", ""))) for step in workflow.steps()):
        line = line_of(project.root, workflow.path, "quarto ")
        what, remedy = "it types `quarto` and installs none", f"add a step with {_SETUP}@v2"
        yield Problem(workflow.path, line, "quarto", what, remedy)


def _python_there(project: Project, workflow: Workflow) -> Iterator[Problem]:
    for step in workflow.uses("actions/setup-python"):
        version = (step.get("with") or {}).get("python-version")
        for each in version if isinstance(version, list) else [version]:
            line = line_of(project.root, workflow.path, "python-version")
            yield from _python(str(each), workflow.path, line, "python-version")


def _python_here(project: Project) -> Iterator[Problem]:
    here = ".".join(map(str, sys.version_info[:3]))
    yield from _python(here, "PATH", 1, "python")
    settings = project.netlify or {}
    named = settings.get("build", {}).get("environment", {}).get("PYTHON_VERSION")
    line = line_of(project.root, NETLIFY, "PYTHON_VERSION") if named else 1
    yield from _python(str(named), NETLIFY, line, "PYTHON_VERSION")


def _python(version: str, path: str, line: int, key: str) -> Iterator[Problem]:
    """Yield that a Python is too old for the engine; what is no plain version is let be."""
    try:
        found = Version(version)
    except InvalidVersion:
        return
    if "." in version and found not in SpecifierSet(_supported()):
        what = f"Python {version} is too old for the engine"
        yield Problem(path, line, key, what, f"name one that is {_supported()}, in quotes")


def _supported() -> str:
    try:
        return metadata.metadata(DISTRIBUTION)["Requires-Python"] or ""
    except (metadata.PackageNotFoundError, KeyError):
        return ""


def _extension(project: Project) -> Iterator[Problem]:
    """Yield that the extension is not there, or is that of another version of the engine."""
    kind = str(project.settings.get("project.type") or "")
    if kind != "portfolio":
        return
    folder = project.root / EXTENSIONS
    files = [folder / kind / "_extension.yml", *folder.glob(f"*/{kind}/_extension.yml")]
    paths = [file.relative_to(project.root).as_posix() for file in files if file.is_file()]
    if not paths:
        what = f"there is no such extension in {EXTENSIONS}"
        yield project.problem("project.type", what, "get it back with `portfolio upgrade`")
        return
    said = read_yaml(project.root, paths[0])
    version, running = str(said.get("version", "")), running_engine()
    if running and version != running:
        what = f"the extension is of version {version or 'unknown'}, and the engine {running}"
        line = said.lines.get("version", 1)
        yield Problem(paths[0], line, "version", what, "bring it up with `portfolio upgrade`")
