"""A domain of one's own survives the next deployment, or a line says that it will not."""

import pytest

BRANCH = """on: {push: {branches: [main]}}
jobs:
  build:
    steps:
      - {uses: quarto-dev/quarto-actions/setup@v2}
      - {run: quarto publish gh-pages --no-prompt}
"""
WORKFLOW = ".github/workflows/publish.yml"


@pytest.fixture
def owned(site):
    """Return a site at a domain of its owner's."""
    site.publish_at("https://ada.science")
    return site


@pytest.fixture
def by_branch(owned):
    """Return one that is published by pushing to a branch."""
    owned.write(WORKFLOW, BRANCH)
    return owned


def test_actions_take_the_domain_from_the_settings(owned):
    """Where GitHub's actions deploy, no file is needed; what to set by hand is said."""
    owned.commit()
    assert owned.problems() == []
    assert "GitHub Pages: once, by hand: Settings, Pages, Custom domain: ada.science" in (
        owned.remarks()
    )


def test_a_branch_drops_a_domain_without_its_file(by_branch):
    """Deploying to a branch replaces all that is there, the domain too."""
    line = by_branch.only()
    assert line.startswith("CNAME:1: domain: there is no such file, and the next deployment drops")
    assert line.endswith("write ada.science into it")


def test_a_file_in_a_folder_is_not_found(by_branch):
    """Hosts look for the file at the top of the site."""
    by_branch.write("static/CNAME", "ada.science\n")
    assert by_branch.only().endswith("move static/CNAME here")


def test_a_branch_keeps_a_domain_with_its_file(by_branch):
    """The file at the top is published without being named as a resource."""
    by_branch.write("CNAME", "ada.science\n")
    by_branch.commit()
    assert by_branch.problems() == []


@pytest.mark.parametrize(
    "written", ["www.ada.science", "https://ada.science", "ada.science\njane.science", ""]
)
def test_a_file_that_says_another_domain(owned, written):
    """The file holds the host of the address, and no more."""
    owned.write("CNAME", f"{written}\n")
    line = owned.only()
    assert f"it says {' '.join(written.split()) or 'nothing'}, and owner.site is at" in line
    assert line.endswith("write ada.science there, on one line, and no more")


def test_a_domain_that_the_settings_do_not_know(site):
    """A file beside an address at GitHub Pages means that one of the two was forgotten."""
    site.write("CNAME", "ada.science\n")
    assert "write site: https://ada.science in _quarto.yml, or remove this file" in site.only()


def test_a_file_that_git_ignores(by_branch):
    """A file that is only on this machine is published from this machine alone."""
    by_branch.write("CNAME", "ada.science\n")
    by_branch.change(".gitignore", "/_site/", "/_site/\n/CNAME")
    assert by_branch.only().startswith(
        ".gitignore:1: commit: git is told to ignore what publishing needs (CNAME)"
    )


def test_a_path_below_a_domain_needs_no_file(by_branch):
    """A project's site below its user's domain has the domain of the user's site."""
    by_branch.change("_quarto.yml", "https://ada.science", "https://ada.science/home")
    by_branch.commit()
    assert by_branch.problems() == []
