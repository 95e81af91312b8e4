"""What a repository's workflows do, as far as publishing goes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path
from typing import Any

from portfolio.mapping import Mapping
from portfolio.starting.doctor.project import read_yaml

FOLDER = ".github/workflows"
PUBLISH = f"{FOLDER}/publish.yml"
DEPLOY, UPLOAD = "actions/deploy-pages", "actions/upload-pages-artifact"
_TO_A_BRANCH = re.compile(
    r"quarto-dev/quarto-actions/publish|peaceiris/actions-gh-pages"
    r"|JamesIves/github-pages-deploy-action|quarto publish\b.*\bgh-pages"
)


@dataclass(frozen=True)
class Workflow:
    """One workflow file."""

    settings: Mapping

    @property
    def path(self) -> str:
        """The file, from the project's root."""
        return self.settings.path

    @cached_property
    def jobs(self) -> dict[str, dict[str, Any]]:
        """The jobs by name."""
        jobs = _mapping(self.settings.values.get("jobs"))
        return {str(name): _mapping(job) for name, job in jobs.items()}

    def steps(self, job: str | None = None) -> Iterator[dict[str, Any]]:
        """Yield the steps of a job, or of all jobs."""
        for name, said in self.jobs.items():
            if job in {None, name}:
                yield from map(_mapping, _listed(said.get("steps")))

    def uses(self, action: str, job: str | None = None) -> Iterator[dict[str, Any]]:
        """Yield the steps that use an action, in whatever version."""
        for step in self.steps(job):
            if str(step.get("uses", "")).partition("@")[0] == action:
                yield step

    @property
    def deploying(self) -> str | None:
        """The name of the job that hands the site to GitHub Pages."""
        return next((name for name in self.jobs if any(self.uses(DEPLOY, name))), None)

    @property
    def to_a_branch(self) -> bool:
        """Whether it publishes by pushing to a branch."""
        said = (f"{step.get('uses', '')} {step.get('run', '')}" for step in self.steps())
        return any(map(_TO_A_BRANCH.search, said))

    @property
    def publishes(self) -> bool:
        """Whether it publishes anything, or looks like a publishing workflow that was changed."""
        partly = any(self.uses(UPLOAD)) or self.path == PUBLISH
        return bool(self.deploying) or self.to_a_branch or partly

    def runs_on(self, branch: str) -> bool:
        """Tell whether a push to the branch starts it."""
        events = self.settings.values.get("on")
        if not isinstance(events, dict):
            return "push" in _listed(events)
        if "push" not in events:
            return False
        push = _mapping(events["push"])
        if "branches" not in push and "branches-ignore" not in push and "tags" in push:
            return False
        ignored = _matches(branch, push.get("branches-ignore"))
        return not ignored and ("branches" not in push or _matches(branch, push["branches"]))

    def line(self, *keys: str) -> int:
        """Return the line of the first of the dotted keys that is there."""
        return next((self.settings.lines[key] for key in keys if key in self.settings.lines), 1)


def read_workflows(root: Path) -> list[Workflow]:
    """Read every workflow; raise ContentError where one cannot be read."""
    files = sorted(path for kind in ("yml", "yaml") for path in (root / FOLDER).glob(f"*.{kind}"))
    return [Workflow(read_yaml(root, path.relative_to(root).as_posix())) for path in files]


def _matches(branch: str, globs: Any) -> bool:
    """Tell whether a branch is among globs, the last one that fits counting."""
    fits = False
    for glob in map(str, _listed(globs)):
        if fnmatchcase(branch, glob.removeprefix("!")):
            fits = not glob.startswith("!")
    return fits


def _listed(value: Any) -> list[Any]:
    """Return a list, or one thing that stands for a list of one."""
    return value if isinstance(value, list) else [] if value is None else [value]


def _mapping(value: Any) -> dict[Any, Any]:
    return value if isinstance(value, dict) else {}
