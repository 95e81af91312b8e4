"""From the built wheel, in an environment of its own: a new site, and its two commands."""

import os
import re
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest
import yaml
from surroundings import SPARED

from portfolio.renderers.quarto import find_quarto

pytestmark = pytest.mark.long
ROOT = Path(__file__).parents[3]
NEEDS_QUARTO = pytest.mark.skipif(find_quarto() is None, reason="needs Quarto 1.9 or later on PATH")
RENDERERS = ("embedded", pytest.param("quarto", marks=NEEDS_QUARTO))
COUNT = 3
WHO = {f"GIT_{who}_{what}": "ada" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}


def entry(number):
    """Return an entry of an invented bibliography."""
    authors = r"Byron, Ada and M{\'e}nabr{\'e}a, Luigi"
    return (
        f"@article{{key{number}, title = {{On the {number}th structure of {{Things}}}},"
        f" author = {{{authors}}}, journal = {{Journal of Things}}, year = {1990 + number % 30}}}\n"
    )


@pytest.fixture(scope="module")
def portfolio(tmp_path_factory):
    """Return the command of an engine installed from a wheel, with what it needs beside it."""
    folder = tmp_path_factory.mktemp("installed")
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*pip, "--wheel-dir", folder, ROOT], check=True, capture_output=True)
    (wheel,) = folder.glob("quarto_portfolio-*.whl")
    venv.create(folder / "environment", with_pip=False)
    scripts = "Scripts" if os.name == "nt" else "bin"
    python = folder / "environment" / scripts / "python"
    asked = [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    there = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()
    # What the engine needs comes from this environment; path files there do not count from here.
    needs = sysconfig.get_path("purelib")
    Path(there, "needs.pth").write_text(f"{SPARED}\n{needs}\n", encoding="utf-8")
    install = [python, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", wheel]
    subprocess.run(install, check=True, capture_output=True)
    return folder / "environment" / scripts / "portfolio"


def run(command, folder, renderer, *words):
    """Run a verb in a folder, with nothing of this checkout on Python's path."""
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    return subprocess.run(
        [command, *map(str, words)],
        cwd=folder,
        env=kept | WHO | {"PORTFOLIO_RENDERER": renderer},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def git(folder, *words):
    """Return what git says in a folder."""
    command = ["git", *words]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout


@pytest.fixture(scope="module", params=RENDERERS)
def site(request, portfolio, tmp_path_factory):
    """Return a new site with three papers moved in, rendered, and how its two commands went."""
    folder = tmp_path_factory.mktemp("a home")
    (folder / "papers.bib").write_text("".join(map(entry, range(COUNT))), encoding="utf-8")
    words = ["--owner", "Ada Byron", "--site", "https://ada.example/home", "--from", "papers.bib"]
    made = run(portfolio, folder, request.param, "new", "my site", *words)
    assert made.returncode == 0, made.stderr
    root = folder / "my site"
    done = run(portfolio, root, request.param, "site")
    assert done.returncode == 0, done.stderr
    return root, run(portfolio, root, request.param, "test")


def test_both_commands_work(site):
    """The site has a page for each paper, and the second command finds it sound."""
    root, tested = site
    assert tested.returncode == 0, tested.stdout + tested.stderr
    pages = {path.stem for path in (root / "_site" / "publications").glob("key*.html")}
    assert pages == {f"key{number}" for number in range(COUNT)}


def test_what_is_left_to_write_is_named(site):
    """The starter's own words are told apart from faults."""
    _, tested = site
    assert re.search(r"^index\.qmd:\d+: starter: ", tested.stdout, re.MULTILINE)


def test_git_has_nothing_to_say(site):
    """Rendering leaves nothing behind that somebody would commit by mistake."""
    root, _ = site
    assert git(root, "status", "--porcelain") == ""


def test_nobody_but_the_owner_is_named(site):
    """Nothing in the repository or the site names the owner of the checkout that made the wheel."""
    root, _ = site
    others = yaml.safe_load((ROOT / "_quarto.yml").read_text(encoding="utf-8"))["owner"]
    words = re.compile("|".join(map(re.escape, [*others["name"].split(), others["site"]])))
    for path in root.rglob("*"):
        if path.is_file() and ".git" not in path.parts:
            assert not words.search(path.read_text(encoding="utf-8", errors="replace")), path


def test_no_file_names_the_environment(site):
    """What is committed works on another machine: the pin alone may say where the wheel lies."""
    root, _ = site
    for name in filter(None, git(root, "ls-files", "-z").split("\0")):
        if name != "requirements.txt":
            assert os.fsencode(root.parent) not in (root / name).read_bytes(), name
