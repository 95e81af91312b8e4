"""Whether the repository holds what publishing needs, and nothing that it must not."""

from collections.abc import Iterable, Iterator

from portfolio.records.problems import Problem
from portfolio.starting.doctor.git import PLACE, Repository
from portfolio.starting.doctor.project import Finding, Project

_NAMED = 3
"""How many files a line names before it counts the rest."""


def problems(project: Project) -> Iterator[Finding]:
    """Yield what is not committed, not pushed anywhere, or committed and not wanted."""
    repository = project.repository
    if repository is None:
        return
    if repository.prefix:
        what = f"the project is the folder {repository.prefix} of a repository"
        remedy = "hosts look at a repository's top: give the project a repository of its own"
        yield Problem(PLACE, 1, "repository", what, remedy)
    if not repository.has_commit:
        remedy = "type `git add --all` and `git commit --message 'Start'`"
        yield Problem(PLACE, 1, "commit", "there is no commit yet", remedy)
    else:
        yield from _uncommitted(repository)
    if repository.has_commit and not repository.branch:
        remedy = "type `git switch main`"
        yield Problem(PLACE, 1, "branch", "no branch is checked out", remedy)
    if not repository.remote:
        remedy = "make one at GitHub and type `git remote add origin ADDRESS`"
        yield Problem(PLACE, 1, "remote", "there is no remote repository", remedy)
    elif project.remote is None:
        what = f"the remote is no repository that a host can reach ({repository.address})"
        remedy = f"type `git remote set-url {repository.remote} ADDRESS`"
        yield Problem(PLACE, 1, "remote", what, remedy)
    yield from _left_out(repository)
    yield from _rendered(project, repository)


def _uncommitted(repository: Repository) -> Iterator[Problem]:
    """Yield what is not in the last commit: it is not published."""
    for said, names in (
        ("changed since the last commit", repository.changed),
        ("not in the repository", repository.untracked),
    ):
        published = [name for name in names if not name.startswith("tests/")]
        if published:
            remedy = "commit what is to be published, and have git ignore the rest"
            yield Problem(published[0], 1, "commit", f"{_listed(published)}: {said}", remedy)


def _left_out(repository: Repository) -> Iterator[Problem]:
    if repository.left_out:
        what = f"git is told to ignore what publishing needs ({_listed(repository.left_out)})"
        remedy = "take it out of .gitignore; `git check-ignore --verbose FILE` tells which line"
        yield Problem(".gitignore", 1, "commit", what, remedy)


def _rendered(project: Project, repository: Repository) -> Iterator[Problem]:
    """Yield that what is rendered anew each time is in the repository, or would get there."""
    inside = [name for name in repository.tracked if name.startswith(f"{project.output}/")]
    if inside:
        what = f"the rendered site is in the repository ({len(inside)} files)"
        remedy = f"type `git rm -r --cached {project.output}`, and write /{project.output}/ into "
        yield Problem(inside[0], 1, "commit", what, f"{remedy}.gitignore")
    environment = [name for name in repository.files if name.startswith(".venv/")]
    if environment:
        remedy = "type `git rm -r --cached .venv`, and write /.venv/ into .gitignore"
        yield Problem(environment[0], 1, "commit", "the environment is no content", remedy)


def _listed(names: Iterable[str]) -> str:
    first = list(names)
    more = f" and {len(first) - _NAMED} more" if len(first) > _NAMED else ""
    return ", ".join(first[:_NAMED]) + more
