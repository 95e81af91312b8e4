"""What is published is in the repository, and the repository is somewhere a host can reach."""

import shutil

import pytest

from portfolio.starting.doctor import git as asking


def test_no_repository(site):
    """Without a repository the one thing to do first is said."""
    shutil.rmtree(site.root / ".git")
    (line,) = site.problems()
    assert line == (
        ".git:1: repository: the project is not in a git repository: "
        "type `git init --initial-branch=main`"
    )


def test_no_commit(site):
    """A repository without a commit has nothing to push."""
    shutil.rmtree(site.root / ".git")
    site.git("init", "--quiet", "--initial-branch=main")
    commit, remote = site.problems()
    assert commit.startswith(".git:1: commit: there is no commit yet: type `git add --all`")
    assert remote.startswith(".git:1: remote: there is no remote repository")


def test_a_remote_in_a_folder(site):
    """A folder of this machine is nothing that a host could publish from."""
    site.git("remote", "set-url", "origin", "/srv/git/home.git")
    (line,) = site.problems()
    assert "the remote is no repository that a host can reach (/srv/git/home.git)" in line


def test_a_remote_of_another_name(site):
    """The one remote that there is counts, whatever its name."""
    site.git("remote", "rename", "origin", "github")
    assert site.problems() == []


def test_what_is_not_committed(site):
    """New and changed files are named, the first three of them; tests are not published."""
    site.change("index.qmd", "pagetitle: About", "pagetitle: Ada")
    for name in ("a.qmd", "b.qmd", "c.qmd", "d d.qmd", "tests/test_it.py"):
        site.write(name, "")
    new, changed = site.problems()
    assert new.startswith("a.qmd:1: commit: a.qmd, b.qmd, c.qmd and 1 more: not in the repository")
    assert changed.startswith("index.qmd:1: commit: index.qmd: changed since the last commit")


def test_what_git_is_told_to_ignore(site):
    """Content that only this machine has is missed, caches are not."""
    site.change(".gitignore", "__pycache__/", "__pycache__/\n_extensions\n*.bib")
    site.write("scripts/methods/__pycache__/waves.pyc", "")
    site.git("rm", "-r", "-q", "--cached", "_extensions", "publications/publications.bib")
    site.commit()
    (line,) = site.problems()
    assert line.startswith(".gitignore:1: commit: git is told to ignore what publishing needs (")
    assert "_extensions/portfolio/_extension.yml" in line
    assert "publications.bib" in line or "more" in line


def test_a_rendered_site_in_the_repository(site):
    """What is rendered anew each time does not belong there."""
    site.write("_site/index.html", "<title>Ada</title>")
    site.git("add", "--force", "_site")
    site.commit()
    (line,) = site.problems()
    assert line.startswith("_site/index.html:1: commit: the rendered site is in the repository")
    assert "git rm -r --cached _site" in line


def test_a_folder_of_a_repository(site):
    """A site below the top of a repository is not what hosts look at."""
    (site.root / "sub").mkdir()
    for name in site.git("ls-files").splitlines():
        (site.root / "sub" / name).parent.mkdir(parents=True, exist_ok=True)
        site.git("mv", name, f"sub/{name}")
    site.commit()
    site.root /= "sub"
    (line,) = site.problems()
    assert line.startswith(".git:1: repository: the project is the folder sub/ of a repository")


def test_no_git(site, monkeypatch):
    """Where git is not installed one line says so, and the rest is examined."""
    monkeypatch.setenv("PATH", str(site.root))
    monkeypatch.setattr("portfolio.starting.doctor.versions.find_quarto", lambda: "quarto")
    (line,) = site.problems()
    assert line == ".git:1: git: git is not on PATH: install it from git-scm.com, and ask again"


def test_a_git_that_hangs(site):
    """No question to git waits for ever."""
    site.git("config", "alias.wait", "!sleep 60")
    with pytest.raises(asking.ContentError, match="`git wait` gave no answer"):
        asking.git(site.root, "wait", seconds=0.5)
