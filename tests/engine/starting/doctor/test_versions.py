"""Quarto, Python and the extension are those that the engine needs, here and at the host."""

import pytest

from portfolio.shipped import version
from portfolio.starting.doctor import versions

WORKFLOW = ".github/workflows/publish.yml"


@pytest.fixture
def without_quarto(monkeypatch):
    """Return a function that says which Quarto is on PATH: none, or one of a version."""

    def quarto(said=None):
        monkeypatch.setattr(versions, "find_quarto", lambda: None)
        monkeypatch.setattr(versions, "version_of", lambda _: said)
        monkeypatch.setattr(versions.shutil, "which", lambda _: said and "quarto")

    return quarto


def test_an_old_quarto_here(site, without_quarto):
    """The line says which version is here and which is needed."""
    without_quarto((1, 5, 57))
    (line,) = site.problems()
    assert line == (
        "PATH:1: quarto: Quarto 1.5.57 is too old: install 1.9 or later from quarto.org"
    )


def test_no_quarto_here(site, without_quarto):
    """The embedded renderer does without; that the workflow has one is worth a remark."""
    without_quarto()
    assert site.problems() == []
    assert any(remark.startswith("Quarto is not here") for remark in site.remarks())


def test_an_old_quarto_at_the_host(site):
    """A workflow that installs an old Quarto is told so at the line."""
    text = (site.root / WORKFLOW).read_text(encoding="utf-8")
    (line,) = [line for line in text.splitlines() if line.strip().startswith('version: "')]
    site.change(WORKFLOW, line, '          version: "1.4.550"')
    said = site.only()
    assert said.startswith(
        f"{WORKFLOW}:{text.splitlines().index(line) + 1}: quarto: its Quarto 1.4"
    )


@pytest.mark.parametrize("named", ["release", "pre-release", "1.10.18"])
def test_a_quarto_that_will_do(site, named):
    """The newest one is not too old."""
    text = (site.root / WORKFLOW).read_text(encoding="utf-8")
    (line,) = [line for line in text.splitlines() if line.strip().startswith('version: "')]
    site.change(WORKFLOW, line, f"          version: {named}")
    site.commit()
    assert site.problems() == []


def test_a_workflow_that_types_quarto_and_has_none(site):
    """Typing `quarto` needs a step that installs it."""
    site.change(WORKFLOW, "quarto-dev/quarto-actions/setup@", "actions/stale@")
    site.change(WORKFLOW, "run: portfolio site", "run: quarto render")
    assert "quarto: it types `quarto` and installs none" in site.only()


def test_an_old_python_at_a_host(site):
    """A Python before the engine's is named; 3.10 without quotes is 3.1."""
    site.change(WORKFLOW, 'python-version: "3.11"', "python-version: 3.10")
    site.change("netlify.toml", '"3.11"', '"3.9"')
    site.commit()
    workflow, netlify = site.problems()
    assert "python-version: Python 3.1 is too old for the engine" in workflow
    assert netlify.startswith("netlify.toml:9: PYTHON_VERSION: Python 3.9 is too old")


def test_an_old_python_here(site, monkeypatch):
    """The Python that runs is held against what the engine says that it needs."""
    monkeypatch.setattr(versions, "_supported", lambda: ">=99.0")
    lines = site.problems()
    assert any(line.startswith("PATH:1: python: Python 3.") for line in lines)


def test_an_extension_of_another_version(site):
    """Extension and engine go together."""
    site.change("_extensions/portfolio/_extension.yml", f"version: {version()}", "version: 0.0.1")
    line = site.only()
    assert line.startswith("_extensions/portfolio/_extension.yml:5: version: ")
    assert f"the extension is of version 0.0.1, and the engine {version()}" in line


def test_an_extension_that_is_missing(site):
    """Nothing renders without it, so the way to get it back is said."""
    site.git("rm", "-r", "-q", "_extensions")
    line = site.only()
    assert line.startswith("_quarto.yml:")
    assert line.endswith(
        "project.type: there is no such extension in _extensions: "
        "get it back with `portfolio upgrade`"
    )


def test_an_extension_where_quarto_adds_it(site):
    """`quarto add` puts it below its owner's name."""
    (site.root / "_extensions" / "jane").mkdir()
    extensions = site.root / "_extensions"
    (extensions / "portfolio").rename(extensions / "jane" / "portfolio")
    site.commit()
    assert site.problems() == []
