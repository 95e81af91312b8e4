"""The weekly workflow that runs the figures again: its steps are run as they stand."""

import os
import shutil
import subprocess
import sys

import needs
import pytest
import yaml

from portfolio.starting import new, starter

GIT, BASH = shutil.which("git"), shutil.which("bash")
GH = '#!/bin/sh\necho "gh $*" >> "$LOG"\n'
TABLE = "notebooks/verified.csv"


@pytest.fixture(scope="module")
def workflow(tmp_path_factory):
    """Return what the workflow of a new site says."""
    root = tmp_path_factory.mktemp("verify") / "site"
    new.new(root, starter.Blanks("Ada Byron", "https://ada.example", "quarto-portfolio==1.0.0"))
    return yaml.safe_load((root / ".github" / "workflows" / "verify.yml").read_text("utf-8"))


@pytest.fixture
def commit(workflow, tmp_path):
    """Return a function that runs the commit over a table, and gives what came of it."""
    if sys.platform == "win32":
        needs.missing("the runner's shell, which the workflow is written for")
    (step,) = [each for each in workflow["jobs"]["verify"]["steps"] if "git add" in str(each)]
    script, log, tools = tmp_path / "script", tmp_path / "log", tmp_path / "tools"
    script.write_text(step["run"])
    tools.mkdir()
    (tools / "gh").write_text(GH)
    (tools / "gh").chmod(0o755)
    root, remote = tmp_path / "work", tmp_path / "remote.git"
    environment = os.environ | {"PATH": f"{tools}:{os.environ['PATH']}", "LOG": str(log)}
    environment |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}

    def run(*command, cwd=root):
        ran = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True)  # noqa: PLW1510  the exit status is told
        assert ran.returncode == 0, ran.stderr
        return ran.stdout

    run(GIT, "init", "--quiet", "--bare", "--initial-branch=main", str(remote), cwd=tmp_path)
    run(GIT, "clone", "--quiet", str(remote), str(root), cwd=tmp_path)
    run(GIT, "switch", "--quiet", "--create", "main")
    mine = ("-c", "user.name=Ada", "-c", "user.email=ada@byron.example")
    run(GIT, *mine, "commit", "--quiet", "--allow-empty", "--message", "Begin")
    run(GIT, "push", "--quiet", "--set-upstream", "origin", "main")

    def commit(table, *, meanwhile=False):
        (root / "notebooks").mkdir(exist_ok=True)
        if table:
            (root / TABLE).write_text(table)
        (root / "notebooks" / "left.txt").write_text("not ours")
        if meanwhile:
            other = tmp_path / "other"
            run(GIT, "clone", "--quiet", str(remote), str(other), cwd=tmp_path)
            run(GIT, *mine, "commit", "--quiet", "--allow-empty", "--message", "Write", cwd=other)
            run(GIT, "push", "--quiet", cwd=other)
        run(BASH, "--noprofile", "--norc", "-e", str(script))
        subjects = run(GIT, "log", "--format=%s", "main", cwd=remote).split("\n")[:-1]
        stored = run(GIT, "ls-tree", "-r", "--name-only", "main", cwd=remote).split()
        return subjects, stored, log.read_text() if log.is_file() else ""

    return commit


def test_it_runs_each_week_and_commits_before_it_fails(workflow):
    """A result that moved is stored and published too, and the run then fails for the owner."""
    (when,) = workflow[True]["schedule"]  # YAML takes `on` for a yes
    assert when["cron"].split()[2:4] == ["*", "*"]
    assert when["cron"].split()[4].isdigit()
    steps = workflow["jobs"]["verify"]["steps"]
    verify, commit, fail = steps[-3:]
    assert verify["run"].endswith("portfolio figures --verify")
    assert verify["continue-on-error"] is True
    assert "git commit" in commit["run"]
    assert fail["if"] == f"steps.{verify['id']}.outcome == 'failure'"
    assert workflow["permissions"]["contents"] == "write"


def test_the_date_is_committed_alone_and_published(commit):
    """Each week's table is a commit on the branch, after which the site is built again."""
    subjects, stored, log = commit("notebook,date\nfoam,2026-01-05\n")
    assert subjects == ["Verify the figures", "Begin"]
    assert stored == [TABLE]
    assert log == "gh workflow run publish.yml\n"
    assert commit("notebook,date\nfoam,2026-01-12\n")[0] == ["Verify the figures"] * 2 + ["Begin"]


def test_a_week_without_news_is_no_commit(commit):
    """Where nothing was written, or the same, nothing is stored or built."""
    assert commit("")[0] == ["Begin"]
    commit("notebook,date\n")
    subjects, _, log = commit("notebook,date\n")
    assert subjects == ["Verify the figures", "Begin"]
    assert log.count("gh") == 1


def test_what_was_pushed_meanwhile_is_kept(commit):
    """The run takes its time: its date comes after what somebody wrote until then."""
    subjects, stored, log = commit("notebook,date\nfoam,2026-01-05\n", meanwhile=True)
    assert subjects == ["Verify the figures", "Write", "Begin"]
    assert stored == [TABLE]
    assert log == "gh workflow run publish.yml\n"
