"""What is not the project's own to publish is taken out of the site, whoever put it there."""

import pytest

from portfolio.__main__ import main
from portfolio.pages.published import withdraw


@pytest.fixture
def site(tmp_path):
    """Return a project and its site, into which a renderer has copied what it should not have."""
    root, output = tmp_path / "site", tmp_path / "site" / "_site"
    for folder in (root / "data", root / ".git", output / "data" / "folder", output / ".git"):
        folder.mkdir(parents=True)
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_text("secret")
    (root / "data" / "link.txt").symlink_to(outside / "secret.txt")
    (root / "data" / "folder").symlink_to(outside)
    (root / "data" / "own.txt").write_text("own")
    (root / "data" / "alias.txt").symlink_to("own.txt")
    (root / ".git" / "config").write_text("secret")
    (output / "data" / "link.txt").symlink_to(outside / "secret.txt")
    (output / "data" / "alias.txt").symlink_to(root / "data" / "own.txt")
    (output / "data" / "folder" / "secret.txt").write_text("secret")
    (output / "data" / "own.txt").write_text("own")
    (output / "elsewhere").symlink_to(outside)
    (output / ".git" / "config").write_text("secret")
    (output / ".nojekyll").write_text("")
    return root


def test_nothing_from_outside_stays_in_the_site(site):
    """Copies of hidden files, links out, and files behind such a link go, each with a line."""
    assert [problem.path for problem in sorted(withdraw(site, site / "_site"))] == [
        ".git/config",
        "data/folder/secret.txt",
        "data/link.txt",
        "elsewhere",
    ]
    left = {path.relative_to(site / "_site").as_posix() for path in (site / "_site").rglob("*.*")}
    assert {"data/own.txt", "data/alias.txt", ".nojekyll"} <= left
    assert not any("secret" in path.read_text() for path in (site / "_site").rglob("*.txt"))
    assert (site / "_site" / "data" / "alias.txt").read_text() == "own"
    assert not (site / "_site" / "data" / "alias.txt").is_symlink()


def test_a_repository_that_the_site_is_kept_in_stays(site):
    """Some publish from a checkout in the site's folder."""
    (site / "_site" / ".git" / "objects").mkdir()
    assert ".git/config" not in {problem.path for problem in withdraw(site, site / "_site")}
    assert (site / "_site" / ".git" / "config").exists()


def test_finishing_fails_where_something_was_withdrawn(project, monkeypatch, capsys):
    """Quarto stops with the line, and the file is gone by then."""
    (project / "_site" / "publications").mkdir(parents=True)
    (project / "_site" / "publications" / "index.html").write_text(
        "<html><head><title>P</title></head><body><main><h1>P</h1></main></body></html>"
    )
    (project / ".env").write_text("secret")
    (project / "_site" / ".env").write_text("secret")
    monkeypatch.chdir(project)
    assert main(["finish"]) == 1
    assert capsys.readouterr().err.startswith(".env:1: site: it would be published: it is hidden")
    assert not (project / "_site" / ".env").exists()
