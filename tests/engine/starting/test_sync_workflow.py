"""The weekly workflow keeps one pull request, and never fails: its script is run as it stands."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import needs
import pytest
import yaml

from portfolio.starting import new, starter

ROOT = Path(__file__).parents[3]
GIT, BASH = shutil.which("git"), shutil.which("bash")
PORTFOLIO = """#!/bin/sh
echo "portfolio $*" >> "$LOG"
case "$*" in
  *markdown*) test -z "$BROKEN" && echo "### Missing here (1)"; exit "$STATUS" ;;
  *--write*) printf '%s' "$ADDED" >> publications/publications.bib ;;
esac
"""
GH = """#!/bin/sh
echo "gh $1 $2 $3" >> "$LOG"
case "$*" in
  "pr view"*) test -n "$OPEN" && echo "$OPEN" || exit 1 ;;
  *) exit "${GH_STATUS:-0}" ;;
esac
"""


@pytest.fixture(scope="module")
def workflow(tmp_path_factory):
    """Return the workflow of a new site."""
    root = tmp_path_factory.mktemp("sync") / "site"
    new.new(root, starter.Blanks("Ada Byron", "https://ada.example", "quarto-portfolio==1.0.0"))
    return root / ".github" / "workflows" / "sync.yml"


@pytest.fixture
def run(workflow, tmp_path):
    """Return a function that runs the script in a repository, and gives what it did."""
    if sys.platform == "win32":
        needs.missing("the runner's shell, which the workflow is written for")
    steps = yaml.safe_load(workflow.read_text(encoding="utf-8"))["jobs"]["sync"]["steps"]
    script = tmp_path / "script"
    script.write_text(steps[-1]["run"])
    tools, log = tmp_path / "tools", tmp_path / "log"
    tools.mkdir()
    for name, text in (("portfolio", PORTFOLIO), ("gh", GH)):
        (tools / name).write_text(text)
        (tools / name).chmod(0o755)
    root, remote = tmp_path / "work", tmp_path / "remote.git"
    environment = os.environ | {"PATH": f"{tools}:{os.environ['PATH']}", "LOG": str(log)}
    environment |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}

    def git(*words):
        subprocess.run([GIT, *words], cwd=root, check=True, capture_output=True)

    (root / "publications").mkdir(parents=True)
    (root / "publications" / "publications.bib").write_text("% mine\n")
    subprocess.run([GIT, "init", "--quiet", "--bare", str(remote)], check=True)
    git("init", "--quiet", "--initial-branch=main")
    git("config", "user.name", "Ada")
    git("config", "user.email", "ada@byron.example")
    git("add", ".")
    git("commit", "--quiet", "--message", "Begin")
    git("remote", "add", "origin", str(remote))

    def run(*, lost=False, author="", **said):
        if lost:
            git("remote", "set-url", "origin", str(tmp_path / "nowhere"))
        if author:
            git("switch", "--quiet", "--create", "portfolio-sync")
            who = f"user.email={author}"
            git("-c", who, "commit", "--quiet", "--allow-empty", "--message", "Mend")
            git("push", "--quiet", "origin", "portfolio-sync")
            git("switch", "--quiet", "main")
            git("branch", "--quiet", "--delete", "--force", "portfolio-sync")
        told = {"STATUS": "1", "ADDED": "@misc{new}\n", "OPEN": "", "BROKEN": ""} | said
        ran = subprocess.run(
            [BASH, "--noprofile", "--norc", str(script)],
            cwd=root, env=environment | told, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert ran.returncode == 0, ran.stderr
        heads = [GIT, "for-each-ref", "--format=%(refname:short)"]
        branches = subprocess.run(heads, cwd=remote, capture_output=True, text=True, check=True)
        return log.read_text(), branches.stdout.split(), ran.stdout

    return run


def test_it_follows_its_schema(workflow):
    """check-jsonschema, with the schema that it ships, has nothing to say of either."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema"]
    both = [workflow, ROOT / ".github" / "workflows" / "sync.yml"]
    ran = subprocess.run([*command, "vendor.github-workflows", *both], check=False)
    assert ran.returncode == 0


def test_the_engines_repository_has_the_same(workflow):
    """Only how the engine is installed differs, so what is tested here holds there too."""
    here = ROOT / ".github" / "workflows" / "sync.yml"
    theirs, ours = (yaml.safe_load(path.read_text(encoding="utf-8")) for path in (workflow, here))
    installing = ours["jobs"]["sync"]["steps"][2:4]
    assert [step.keys() for step in installing] == [{"run"}, {"run"}]
    assert "--editable ." in installing[1]["run"]
    for each in (theirs, ours):
        del each["jobs"]["sync"]["steps"][1:4]
    assert ours == theirs


def test_what_is_new_opens_one_pull_request(run):
    """The difference is on a branch of its own, with the report as its text."""
    log, branches, _ = run()
    assert branches == ["portfolio-sync"]
    assert "gh pr create --head" in log
    assert "gh pr edit" not in log


def test_one_that_is_open_is_brought_up_to_date(run):
    """A second one is not opened beside it."""
    log, branches, _ = run(OPEN="OPEN")
    assert branches == ["portfolio-sync"]
    assert "gh pr edit portfolio-sync" in log
    assert "gh pr create" not in log


def test_what_it_made_itself_is_made_anew(run):
    """Its own branch of the week before gives way to what is new now."""
    log, branches, _ = run(author="41898282+github-actions[bot]@users.noreply.github.com")
    assert branches == ["portfolio-sync"]
    assert "gh pr create" in log


@pytest.mark.parametrize("added", ["@misc{new}\n", ""])
def test_what_somebody_mended_on_the_branch_stays(run, added):
    """A commit of the owner's is neither written over nor closed, and a notice says so."""
    log, branches, out = run(author="ada@byron.example", ADDED=added)
    assert branches == ["portfolio-sync"]
    assert "gh" not in log
    assert "left as it is" in out


def test_one_that_was_closed_is_not_edited(run):
    """After somebody closed it, what is new still is opens another one."""
    log, _, _ = run(OPEN="CLOSED")
    assert "gh pr create" in log


def test_where_nothing_is_new_it_is_closed(run):
    """No branch is pushed, and an open pull request goes."""
    log, branches, _ = run(STATUS="0", ADDED="")
    assert branches == []
    assert "gh pr close portfolio-sync" in log


def test_without_an_answer_everything_stays(run):
    """Where a service is silent nothing is written, closed or opened, and a notice says so."""
    log, branches, out = run(STATUS="2")
    assert branches == []
    assert "gh" not in log
    assert "--write" not in log
    assert out.startswith("::notice")


def test_where_something_is_broken_nothing_is_closed(run):
    """A report that is empty is no word that nothing is new: what is open stays so."""
    log, branches, out = run(STATUS="1", BROKEN="yes", ADDED="", OPEN="OPEN")
    assert branches == []
    assert "gh" not in log
    assert out.startswith("::notice")


@pytest.mark.parametrize("said", [{"GH_STATUS": "1"}, {"lost": True}])
def test_a_right_that_is_lacking_is_a_notice(run, said):
    """Whatever GitHub refuses, the run is no failure."""
    _, _, out = run(**said)
    assert "::notice" in out
