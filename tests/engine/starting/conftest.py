"""A site as `portfolio new` makes it, its starter text replaced, committed and ready to publish."""

import pytest
from repositories import SOMEBODY, git

from portfolio.records.demo import MARK
from portfolio.shipped import version
from portfolio.starting import new, starter
from portfolio.starting.doctor import examine

REPOSITORY = "https://github.com/ada/home"


class Healthy:
    """A site with which nothing is wrong, to break in one way and to examine."""

    def __init__(self, root):
        self.root = root

    def write(self, path, text):
        """Write a file of the site."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def change(self, path, old, new):
        """Replace words that stand in a file."""
        text = (self.root / path).read_text(encoding="utf-8")
        assert old in text
        self.write(path, text.replace(old, new))

    def git(self, *arguments):
        """Run git in the site."""
        return git(self.root, *arguments)

    def commit(self):
        """Commit whatever was changed."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", "Change")

    def publish_at(self, address, repository=REPOSITORY):
        """Say where the site is published from and at."""
        self.change("_quarto.yml", "https://ada.github.io/home", address)
        self.git("remote", "set-url", "origin", repository)

    def problems(self):
        """Return the lines that the doctor says."""
        return list(map(str, examine(self.root).problems))

    def remarks(self):
        """Return what the doctor says beside."""
        return examine(self.root).remarks

    def only(self):
        """Commit all, and return the one line that the doctor says."""
        self.commit()
        (line,) = self.problems()
        return line


@pytest.fixture(scope="session")
def started(tmp_path_factory):
    """Return the folder of the healthy site, to be copied."""
    root = tmp_path_factory.mktemp("started") / "site"
    engine = f"quarto-portfolio[audit]=={version()}"
    new.new(root, starter.Blanks("Ada Byron", "https://ada.github.io/home", engine))
    for path in root.rglob("*"):
        if path.is_file() and MARK in path.read_text(encoding="utf-8", errors="replace"):
            text = path.read_text(encoding="utf-8")
            path.write_text(text.replace(MARK, "Here is"), encoding="utf-8")
    git(root, "init", "--quiet", "--initial-branch=main")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "Start")
    git(root, "remote", "add", "origin", REPOSITORY)
    return root


@pytest.fixture
def site(started, tmp_path, monkeypatch):
    """Return a healthy site of the test's own."""
    for name, value in SOMEBODY.items():
        monkeypatch.setenv(name, value)
    git(tmp_path, "clone", "--quiet", "--no-hardlinks", str(started), "site")
    git(tmp_path / "site", "remote", "remove", "origin")
    git(tmp_path / "site", "remote", "add", "origin", REPOSITORY)
    return Healthy(tmp_path / "site")
