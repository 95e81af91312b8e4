"""Under a figure readers find what made it, and machines find the same in the page's head."""

import json
import re
import subprocess
from datetime import date

import lab
import pytest
from nbformat import v4, writes

from portfolio.figures.verified import Verified, identity, read_verified, table
from portfolio.notebook import parse_notebook
from portfolio.pages.finished import Page
from portfolio.pages.heads import Heads
from portfolio.pages.metadata import of_paper
from portfolio.pages.metadata.structured import figure
from portfolio.pages.portfolio import load_portfolio
from portfolio.pages.provenance import linked, provenance
from portfolio.pages.repository import Repository

SLUG = "doe2021foam"
RECORD = {
    "code": "0",
    "data": {"notebooks/foam.csv": "ab12", "_extensions/portfolio/brand.yml": "1"},
    "environment": {},
    "modules": {
        "<engine>/figures/style.py": "1",
        "scripts/methods/__init__.py": "1",
        "scripts/methods/foam/__init__.py": "2",
        "scripts/methods/foam/bubbles.py": "3",
        "scripts/methods/_shared.py": "4",
    },
    "packages": {"numpy": "2.4.6"},
    "python": "3.11.7",
    "processor": 80,
    "seconds": 90,
}
CODE = """#| label: fig-foam
CLASSES, SEEDS = 10, range(3)
rng = default_rng(0)
other = default_rng(size)"""
COMMIT = "0123456789abcdef0123456789abcdef01234567"


@pytest.fixture
def ran(project):
    """Return a project with a paper whose figure has a record of its run."""
    data = {"image/svg+xml": '<svg width="72pt" height="36pt" />', "image/png": "iVBORw0KGgo="}
    cell = v4.new_code_cell(CODE, id="a", outputs=[v4.new_output("display_data", data)])
    notebook = v4.new_notebook(cells=[cell], metadata={"portfolio": RECORD})
    (project / "notebooks" / f"{SLUG}.ipynb").write_text(writes(notebook))
    return project


def shown(project):
    """Return what stands under the figure, as text in which blanks mean nothing."""
    here = load_portfolio(project)
    html = provenance(here, here.papers[SLUG])
    return html, " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_the_line_opens_to_all_that_made_the_figure(ran):
    """Notebook, code by its package, data, environment, seeds, run time; nothing of the engine."""
    html, text = shown(ran)
    assert html.startswith(
        '<details class="provenance"><summary>How this figure was made</summary>'
    )
    assert f'<a href="/notebooks/{SLUG}.html">notebooks/{SLUG}.ipynb</a>' in html
    assert f'<a href="/notebooks/{SLUG}.ipynb" download>Download .ipynb</a>' in html
    for part in (
        "Code scripts/methods/_shared.py , scripts/methods/foam/ Data",
        "Data notebooks/foam.csv Environment",
        "Environment Python 3.11.7, numpy 2.4.6 Seeds",
        "Seeds SEEDS = range(3) , default_rng(0) Run time 80 s of processor time",
        "Re-run not yet run again elsewhere",
    ):
        assert part in text


@pytest.mark.parametrize(
    ("result", "what", "said", "above"),
    [
        (
            "same",
            "",
            "Re-run in a fresh environment on 2 Jan 2026, with the same result",
            "; re-run and verified on 2 Jan 2026",
        ),
        (
            "moved",
            "cell 1: x",
            "on 2 Jan 2026, with another result (cell 1: x)",
            "; re-run on 2 Jan 2026, with another result",
        ),
        (
            "failed",
            "",
            "on 2 Jan 2026: it did not run to its end",
            "; re-run on 2 Jan 2026, not to its end",
        ),
    ],
)
def test_readers_see_whether_it_came_out_again(ran, result, what, said, above):
    """And when, in the closed line already; of a notebook that changed since, nothing."""
    path = ran / "notebooks" / f"{SLUG}.ipynb"
    of = identity(parse_notebook(path.read_text()))
    answer = Verified(SLUG, date(2026, 1, 2), result, what, of)
    (ran / "notebooks" / "verified.csv").write_text(table([answer]))
    assert read_verified(ran) == {SLUG: answer}
    html, text = shown(ran)
    assert said in text
    assert f"{above}</summary>" in html
    path.write_text(path.read_text().replace("range(3)", "range(4)"))
    assert "not yet run again elsewhere" in shown(ran)[1]


def test_a_run_whose_processor_time_nobody_kept_has_that_of_the_clock(ran):
    """As records of older engines have it."""
    path = ran / "notebooks" / f"{SLUG}.ipynb"
    path.write_text(path.read_text().replace('"processor": 80', '"processor": 0'))
    assert "Run time 90 s Re-run" in shown(ran)[1]


def test_a_file_that_was_not_there_is_no_data(ran):
    """What a run looked for in vain counts when it may be stale, and is told to nobody."""
    path = ran / "notebooks" / f"{SLUG}.ipynb"
    known = '"notebooks/foam.csv"'
    path.write_text(path.read_text().replace(known, f'"notebooks/gone.csv": "absent", {known}'))
    here = load_portfolio(ran)
    assert "Data notebooks/foam.csv Environment" in shown(ran)[1]
    names = {
        each["name"] for each in figure(here, here.papers[SLUG])["@reverse"]["result"]["object"]
    }
    assert "notebooks/foam.csv" in names
    assert "notebooks/gone.csv" not in names


def test_machines_follow_figure_notebook_code_and_data(ran):
    """As RO-Crate tells of runs: an action, its instrument, what it used, and its result."""
    here = load_portfolio(ran)
    said = figure(here, here.papers[SLUG])
    action = said["@reverse"]["result"]
    assert action["@type"] == "CreateAction"
    assert action["instrument"] == said["isBasedOn"]
    names = {each["name"]: each for each in action["object"]}
    assert names["scripts/methods/foam/bubbles.py"]["@type"] == "SoftwareSourceCode"
    assert names["notebooks/foam.csv"]["sha256"] == "ab12"
    assert names["numpy"]["softwareVersion"] == "2.4.6"
    assert not any("style.py" in name for name in names)
    written = re.search(
        r"<script[^>]*ld\+json[^>]*>(.*?)</script>", of_paper(here, here.papers[SLUG])
    )
    (notebook,) = json.loads(written[1])["isBasedOn"]
    assert notebook["@id"] == action["instrument"]["@id"]
    assert notebook["encoding"]["contentUrl"] == f"https://doe.example/home/notebooks/{SLUG}.ipynb"


def test_a_figure_without_a_record_says_nothing(ran):
    """What nobody noted cannot be told."""
    path = ran / "notebooks" / f"{SLUG}.ipynb"
    path.write_text(path.read_text().replace('"modules"', '"other"'))
    assert shown(ran) == ("", "")


@pytest.mark.parametrize(
    "page",
    [
        '<main id="main"><figure id="fig-foam"><img><figcaption>x</figcaption></figure><p>y</p>',
        '<div id="fig-foam"><figure><img><figcaption>x</figcaption></figure></div><p>y</p>',
    ],
    ids=["embedded", "quarto"],
)
def test_it_stands_behind_its_figure_once(project, page):
    """In the pages of either renderer, however often they are put in order."""
    heads = Heads(load_portfolio(project), project)
    line = '<details class="provenance">How</details>'
    finisher = Page(heads, "publications/a.html", figure=("fig-foam", ""), provenance=line)
    text = finisher.finished(f"<head></head>{page}")
    assert f"</figure><!--[-->{line}<!--]-->" in text
    assert finisher.finished(text) == text


HOSTS = {
    "https://github.com/ada/site": "https://github.com/ada/site/blob/{c}/notebooks/a%20b.ipynb",
    "https://gitlab.com/ada/x/site": "https://gitlab.com/ada/x/site/-/blob/{c}/notebooks/a%20b.ipynb",
    "https://codeberg.org/ada/site": "https://codeberg.org/ada/site/src/commit/{c}/notebooks/a%20b.ipynb",
    "https://code.example/ada/site": "",
    "": "",
}


@pytest.mark.parametrize(("address", "wanted"), HOSTS.items(), ids=HOSTS)
def test_hosts_show_files_at_their_commit(tmp_path, address, wanted):
    """Each in its own way; of others nothing is guessed."""
    files = Repository(tmp_path, address)
    files.__dict__["commits"] = {"notebooks/a b.ipynb": COMMIT}
    assert files.shows("notebooks/a b.ipynb") == wanted.format(c=COMMIT)
    assert files.shows("notebooks/b.ipynb") == ""


def test_services_open_the_notebook(tmp_path):
    """Those that can open one from where it lies."""
    files = Repository(tmp_path, "https://github.com/ada/site")
    files.__dict__["commits"] = {"notebooks/a.ipynb": COMMIT}
    assert dict(files.opens("notebooks/a.ipynb")) == {
        "Colab": f"https://colab.research.google.com/github/ada/site/blob/{COMMIT}/notebooks/a.ipynb",
        "Binder": f"https://mybinder.org/v2/gh/ada/site/{COMMIT}?labpath=notebooks%2Fa.ipynb",
        "nbviewer": f"https://nbviewer.org/github/ada/site/blob/{COMMIT}/notebooks/a.ipynb",
    }


def test_the_commit_is_the_last_that_stored_the_notebook(tmp_path):
    """One that is changed, or not committed, is in no commit as it is."""

    def git(*arguments):
        command = ["git", "-c", "user.name=A", "-c", "user.email=a@b.example", *arguments]
        return subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, text=True)

    for name in ("kept", "changed", "größe"):
        lab.put(tmp_path, name, "1")
    (tmp_path / "scripts" / "b").mkdir(parents=True)
    for path in ("a.py", "b/c.py"):
        (tmp_path / "scripts" / path).write_text("")
    git("init", "--quiet")
    git("add", ".")
    git("commit", "--quiet", "--message", "a")
    first = git("rev-parse", "HEAD").stdout.strip()
    lab.put(tmp_path, "größe", "2")
    git("commit", "--quiet", "--all", "--message", "b")
    lab.put(tmp_path, "changed", "2")
    lab.put(tmp_path, "new", "1")
    (tmp_path / "scripts" / "unsaid.py").write_text("")
    files = Repository(tmp_path, "https://github.com/ada/site")
    assert files.shows("notebooks/kept.ipynb").split("/")[6] == first
    assert files.shows("scripts/a.py", "notebooks/kept.ipynb").split("/")[6] == first
    assert f"/tree/{first}/scripts/b" in files.shows("scripts/b/", "notebooks/kept.ipynb")
    for path in ("scripts/unsaid.py", "../beside.csv"):
        assert files.shows(path, "notebooks/kept.ipynb") == "", "it would lead nowhere"
    assert files.shows("notebooks/größe.ipynb").split("/")[6] not in {first, ""}
    assert files.shows("notebooks/changed.ipynb") == files.shows("notebooks/new.ipynb") == ""


def test_machines_are_told_what_is_a_file_and_what_a_folder(ran):
    """A file has the digest that `sha256sum` gives; a folder's is our own, and told to nobody."""
    path = ran / "notebooks" / f"{SLUG}.ipynb"
    path.write_text(path.read_text().replace('"notebooks/foam.csv"', '"data/": "1", "data/a.csv"'))
    here = load_portfolio(ran)
    used = linked(here, here.papers[SLUG])["@reverse"]["result"]["object"]
    assert [each for each in used if each["name"].startswith("data/")] == [
        {"@type": "Dataset", "name": "data/"},
        {"@type": "MediaObject", "name": "data/a.csv", "sha256": "ab12"},
    ]
