"""A host can install what is installed here, in the same versions, or a line says why not."""

import json
from importlib import metadata

import pytest

from portfolio.shipped import version
from portfolio.starting.doctor import packages
from portfolio.starting.doctor.requirements import read_requirements

COMMIT = "0123456789abcdef" * 2 + "01234567"


def engine(site, requirement):
    """Pin the engine otherwise."""
    site.change("requirements.txt", f"quarto-portfolio[audit]=={version()}", requirement)


def test_requirements_as_pip_reads_them(tmp_path):
    """Comments, lines that go on, markers, hashes, included files, places and options."""
    (tmp_path / "more.txt").write_text("waves>=2  # the sea\n")
    (tmp_path / "requirements.txt").write_text(
        "# all\n--index-url https://index.example\n-r more.txt\n"
        "Foam_Kit[all]==1.2 ; python_version < '4' \\\n    --hash=sha256:00\n"
        "-e ./mine\nship @ https://sea.example/ship-1.0-py3-none-any.whl\n"
        "./wheels/tide-3.1-py3-none-any.whl\n",
    )
    read = read_requirements(tmp_path, "requirements.txt")
    assert [(each.name, each.version, each.place, each.path, each.line) for each in read] == [
        ("waves", "", "", "more.txt", 1),
        ("foam-kit", "1.2", "", "requirements.txt", 4),
        ("", "", "./mine", "requirements.txt", 6),
        ("ship", "1.0", "https://sea.example/ship-1.0-py3-none-any.whl", "requirements.txt", 7),
        ("tide", "3.1", "./wheels/tide-3.1-py3-none-any.whl", "requirements.txt", 8),
    ]


def test_no_lock(site):
    """Without a lock each publication could install something else."""
    site.git("rm", "-q", "requirements.lock")
    line = site.only()
    assert line.startswith("requirements.lock:1: lock: there is no lock")
    assert line.endswith("with `portfolio lock`")


@pytest.mark.parametrize(
    ("wanted", "what"),
    [
        ("surfboard", "surfboard: requirements.lock does not hold it"),
        ("surfboard ; sys_platform == 'plan9'", "surfboard: requirements.lock does not hold it"),
        ("PyYAML<1", "pyyaml: requirements.lock holds "),
    ],
)
def test_a_lock_that_does_not_match(site, wanted, what):
    """What is named and not locked, or locked in another version, is not installed."""
    with (site.root / "requirements.txt").open("a", encoding="utf-8") as file:
        file.write(f"{wanted}\n")
    line = site.only()
    assert line.startswith("requirements.txt:5: ")
    assert what in line


def test_what_the_lock_holds(site):
    """Names count in any manner of writing, versions by what is asked for."""
    with (site.root / "requirements.txt").open("a", encoding="utf-8") as file:
        file.write("Pillow\npyyaml>=5 ; python_version > '3'\n")
    site.commit()
    assert site.problems() == []


@pytest.mark.parametrize(
    ("place", "what"),
    [
        ("quarto-portfolio @ file:///home/ada/engine", "a place on this machine"),
        ("quarto-portfolio @ git+file:///home/ada/engine", "a place on this machine"),
        ("C:\\wheels\\quarto_portfolio-0.2.0-py3-none-any.whl", "a place on this machine"),
        ("../quarto_portfolio-{version}-py3-none-any.whl", "a place outside the repository"),
        ("quarto-portfolio @ http://localhost:8000/e.zip", "a place on this machine"),
    ],
)
def test_an_engine_that_no_host_can_reach(site, place, what):
    """A folder, a wheel or a server of this machine is not there when the site is published."""
    engine(site, place.replace("{version}", version()))
    assert any(what in line and line.startswith("requirements.txt:2:") for line in _lines(site))


def test_a_wheel_in_the_repository(site):
    """A wheel that is committed can be installed anywhere; one that is not cannot."""
    name = f"wheels/quarto_portfolio-{version()}-py3-none-any.whl"
    engine(site, f"./{name}")
    site.change(".gitignore", "/_site/", "/_site/\n/wheels/")
    site.write(name, "")
    assert "the file that it is pinned to is not committed" in site.only()
    site.git("add", "--force", name)
    site.commit()
    assert site.problems() == []


def test_another_engine_than_the_pinned_one(site):
    """What is seen here is not what the host will make."""
    engine(site, "quarto-portfolio==99.1")
    line = site.only()
    assert f"the engine at work here is {version()}, and 99.1 is pinned" in line
    assert line.endswith("`portfolio upgrade`")


def test_another_commit_than_the_pinned_one(site, monkeypatch):
    """An engine from git is known by its commit."""
    engine(site, f"quarto-portfolio @ git+https://code.example/engine@{COMMIT}")
    monkeypatch.setattr(packages, "_running_commit", lambda: COMMIT)
    site.commit()
    assert site.problems() == []
    monkeypatch.setattr(packages, "_running_commit", lambda: COMMIT[::-1])
    assert f"the engine at work here is commit 76543210f, and {COMMIT[:9]} is pinned" in site.only()


def test_the_commit_that_pip_noted(monkeypatch):
    """It stands in what pip leaves beside an installation from git."""
    note = json.dumps({"url": "https://code.example", "vcs_info": {"commit_id": COMMIT}})
    noted = type("Noted", (), {"read_text": staticmethod(lambda _: note)})
    monkeypatch.setattr(metadata, "distribution", lambda _: noted)
    assert packages._running_commit() == COMMIT  # noqa: SLF001  nothing else shows it


def test_no_engine(site):
    """A site that names no engine is built by none."""
    engine(site, "")
    assert "requirements.txt:1: quarto-portfolio: nothing names the engine" in site.only()


def test_the_engines_own_repository(site):
    """Where the engine itself is written, its dependencies are those of the project."""
    site.git("rm", "-q", "requirements.txt")
    site.write(
        "pyproject.toml",
        '[project]\nname = "quarto-portfolio"\ndependencies = [\n  "pyyaml",\n  "surfboard",\n]\n',
    )
    assert "pyproject.toml:5: surfboard: requirements.lock does not hold it" in site.only()


def _lines(site):
    site.commit()
    return site.problems()
