"""Which commit a project stands at is told as git tells it, however its repository is kept."""

import pytest
from repositories import git

from portfolio.commit import commit_of
from portfolio.renderers.build import build


def commit(root):
    """Commit nothing; return the commit."""
    git(root, "commit", "--quiet", "--allow-empty", "--message", "Change")
    return git(root, "rev-parse", "HEAD").strip()


@pytest.fixture
def repository(tmp_path):
    """Return a repository without a commit."""
    git(tmp_path, "init", "--quiet", "--initial-branch=main", "here")
    return tmp_path / "here"


def test_the_commit_is_gits(repository):
    """Each commit, and each step back to one, is told as git tells it."""
    first, second = commit(repository), commit(repository)
    assert commit_of(repository) == second
    git(repository, "reset", "--quiet", "--hard", first)
    assert commit_of(repository) == first


def test_without_a_journal_a_commit_is_told_apart(repository):
    """Repositories in which git keeps no journal are told apart by their branch."""
    git(repository, "config", "core.logAllRefUpdates", "false")
    assert commit_of(repository) == "ref: refs/heads/main"
    assert [commit(repository) in commit_of(repository) for _ in range(2)] == [True, True]


def test_a_work_tree_has_its_own(repository):
    """The folder of a work tree's repository lies elsewhere."""
    first = commit(repository)
    git(repository, "worktree", "add", "--quiet", "-b", "other", "../there")
    second = commit(repository)
    assert (commit_of(repository.parent / "there"), commit_of(repository)) == (first, second)


def test_a_folder_without_git_has_none(tmp_path):
    """Nothing is told of a folder that is no repository, or whose mark leads nowhere."""
    assert not commit_of(tmp_path)
    (tmp_path / ".git").write_text("gitdir: nowhere\n")
    assert not commit_of(tmp_path)


def test_a_commit_renders_the_site_again(repository):
    """Pages lead to the commit that stored a notebook: after it they are not up to date."""
    (repository / "index.qmd").write_text("---\ntitle: Home\n---\n")
    (repository / "page.html").write_text("$body$")
    settings = "project: {render: ['*.qmd']}\nformat: {html: {template: page.html}}\n"
    (repository / "_quarto.yml").write_text(settings)

    def unchanged():
        return build(repository, choice="embedded", tell=lambda _: None).unchanged

    commit(repository)
    assert [unchanged(), unchanged()] == [False, True]
    commit(repository)
    assert [unchanged(), unchanged()] == [False, True]
