"""A build replaces the site whole, or leaves it as it was and says why in a line each."""

import os
import re
import signal
import subprocess
import sys
import time

import pytest

from portfolio.renderers import RenderError, swap
from portfolio.renderers.build import build
from portfolio.renderers.quarto import find_quarto

SETTINGS = "project: {{render: ['*.qmd'], {}}}\nformat: {{html: {{template: {}}}}}\n"
PROGRAM = """
import signal

signal.signal(signal.SIGINT, signal.default_int_handler)  # a background job ignores it
import sys
from pathlib import Path
from portfolio.renderers.build import build
build(Path.cwd(), choice="embedded", tell=lambda said: print(said, flush=True))
"""


def built(project):
    """Build the project with the embedded renderer."""
    return build(project, choice="embedded", tell=lambda _: None)


def contents(folder):
    """Return the bytes of each file below a folder."""
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def leftovers(project):
    """Return what a build left beside the site, the memory of cells and pages apart."""
    return {path.name for path in (project / ".portfolio").iterdir()} - {"cells", "pages"}


BREAKS = {
    "cell that raises": (
        ("index.qmd", "Text\n\n```{python}\n1 / 0\n```\n"),
        r"index\.qmd:4: cell: ZeroDivisionError: division by zero: mend the cell",
    ),
    "front matter": (
        ("index.qmd", "---\ntitle: a: b\n---\n"),
        r"index\.qmd:2: yaml: mapping values are not allowed here: mend the YAML",
    ),
    "settings": (
        ("_quarto.yml", "project:\n  render: [*.qmd]\n"),
        r"_quarto\.yml:2: yaml: .*: mend the YAML",
    ),
    "folder settings": (
        ("_metadata.yml", "execute: [\n"),
        r"_metadata\.yml:2: yaml: .*: mend the YAML",
    ),
    "no template": (
        ("_quarto.yml", SETTINGS.format("", "none.html")),
        r"_quarto\.yml:1: format\.html\.template: none\.html: there is no such file: .*",
    ),
    "broken template": (
        ("page.html", "$if(body)$"),
        r"index\.qmd:1: pandoc: .*page\.html.*: mend the page\nstudy.*",
    ),
    "no notebook": (
        ("index.qmd", "Text\n\n{{< embed no.ipynb#fig-x >}}\n"),
        r"index\.qmd:3: \{\{< embed no\.ipynb#fig-x >\}\}: this is no notebook of the site: .*",
    ),
    "no such label": (
        ("index.qmd", "{{< embed study.ipynb#fig-y >}}\n"),
        r"index\.qmd:1: \{\{< embed study\.ipynb#fig-y >\}\}: no cell has this label: .*",
    ),
    "broken notebook": (("study.ipynb", "{"), r"study\.ipynb:1: notebook: .*"),
    "formula": (
        ("index.qmd", "$\\nonsense{x}$\n"),
        r"index\.qmd:1: pandoc: the formula cannot be read \(\\nonsense\{x\}\): mend its LaTeX",
    ),
    "script": (
        ("_quarto.yml", SETTINGS.format("pre-render: fail.py", "page.html")),
        r"fail\.py:1: failing as asked",
    ),
    "script that is not there": (
        ("_quarto.yml", SETTINGS.format("post-render: no.py", "page.html")),
        r"_quarto\.yml:1: project\.post-render: no\.py: there is no such file: .*",
    ),
}


@pytest.mark.parametrize(("change", "said"), BREAKS.values(), ids=BREAKS)
def test_a_failed_build_leaves_the_site_as_it_was(project, change, said):
    """Byte for byte, and nothing half done beside it; the error is no traceback."""
    (project / "study.ipynb").write_text('{"nbformat": 4, "cells": []}')
    (project / "fail.py").write_text("raise SystemExit('fail.py:1: failing as asked')")
    built(project)
    before = contents(project / "_site")
    name, text = change
    (project / name).write_text(text)
    with pytest.raises(RenderError) as raised:
        built(project)
    assert re.fullmatch(said, str(raised.value)), str(raised.value)
    assert contents(project / "_site") == before
    assert leftovers(project) == {"stamp.json"}


def test_all_problems_are_told_at_once(project):
    """Each on a line of its own."""
    for name in ("a", "b"):
        (project / f"{name}.qmd").write_text("---\ntoc: true\n---\n\n{{< include x.qmd >}}\n")
    with pytest.raises(RenderError) as raised:
        built(project)
    places = [line.split(" ")[0] for line in str(raised.value).splitlines()]
    assert places == ["a.qmd:2:", "a.qmd:5:", "b.qmd:2:", "b.qmd:5:"]


def test_an_unchanged_project_is_not_rendered_again(project):
    """The second build is over at once and leaves the files alone."""
    assert not built(project).unchanged
    modified = (project / "_site" / "index.html").stat().st_mtime_ns
    report = built(project)
    assert report.unchanged
    assert report.seconds < 1
    assert (project / "_site" / "index.html").stat().st_mtime_ns == modified
    assert str(report).startswith("_site: 1 pages, 1 KiB, up to date in ") or "0 KiB" in str(report)


@pytest.mark.parametrize(
    "change",
    [
        lambda project: (project / "_site" / "index.html").unlink(),
        lambda project: (project / "_site" / "index.html").write_text("changed by hand"),
        lambda project: (project / "_site" / "more.html").write_text("added by hand"),
        lambda project: (project / "index.qmd").write_text("Other text.\n"),
        lambda project: (project / "page.html").write_text("$body$"),
        lambda project: (project / ".portfolio" / "stamp.json").write_text("{"),
    ],
    ids=["page deleted", "page changed", "file added", "source", "template", "stamp"],
)
def test_a_change_is_rendered(project, change):
    """A change of the sources is, and so is one of the site itself."""
    built(project)
    change(project)
    assert not built(project).unchanged
    assert {path.name for path in (project / "_site").iterdir()} == {"index.html"}
    assert "hand" not in (project / "_site" / "index.html").read_text()
    assert built(project).unchanged


@pytest.mark.parametrize("read", ["os.environ.get('TIDE')", "open('../tide.txt').read()"])
def test_a_change_of_what_cells_read_elsewhere_is_rendered(project, monkeypatch, read):
    """A variable and a file beside the project are no sources, and pages show them all the same."""
    (project / "index.qmd").write_text(f"```{{python}}\nimport os\nprint({read})\n```\n")
    for tide in ("low", "high"):
        monkeypatch.setenv("TIDE", tide)
        (project.parent / "tide.txt").write_text(f"{tide} water")
        assert not built(project).unchanged
        assert tide in (project / "_site" / "index.html").read_text()
        assert built(project).unchanged


def test_what_a_script_wrote_before_the_render_is_no_change(project):
    """A page made by the pre-render script is part of what was rendered."""
    with (project / "_quarto.yml").open("a") as settings:
        settings.write("x: {}\n")
    text = (project / "_quarto.yml").read_text()
    (project / "_quarto.yml").write_text(
        text.replace("project:", "project:\n  pre-render: make.py")
    )
    (project / "make.py").write_text("open('made.qmd', 'w').write('Made.\\n')")
    assert built(project).pages == 2
    assert built(project).unchanged


def test_a_change_while_rendering_is_not_lost(project):
    """The next build renders what was saved while the last one was at work."""
    (project / "index.qmd").write_text(
        "```{python}\nopen('other.qmd', 'w').write('Saved while rendering.\\n')\n```\n"
    )
    built(project)
    assert not built(project).unchanged
    assert "Saved" in (project / "_site" / "other.html").read_text()


MEDDLING = """```{python}
from pathlib import Path
data = Path("data.txt")
if Path(".meddle").exists():
    data.write_text("C")
print("it says", data.read_text())
if Path(".meddle").exists():
    data.write_text("B")
```
"""


@pytest.mark.parametrize("fails", [False, True], ids=["rendered", "another page fails"])
def test_what_was_read_is_what_is_filed(project, fails):
    """Data that was changed while it was read, and then put back, are read again."""
    (project / "data.txt").write_text("B")
    (project / "index.qmd").write_text(MEDDLING)
    (project / ".meddle").touch()
    said = []
    if fails:
        (project / "other.qmd").write_text("![no](no.png){toc=x}\n\n{{< embed no.ipynb#fig-x >}}\n")
        with pytest.raises(RenderError):
            built(project)
        (project / "other.qmd").unlink()
    else:
        build(project, choice="embedded", tell=said.append)
        assert "it says C" in (project / "_site" / "index.html").read_text()
        assert said[-1] == (
            "portfolio: data.txt was saved while the site was rendered: "
            "the next `site` renders it again"
        )
    (project / ".meddle").unlink()
    assert not built(project).unchanged
    assert "it says B" in (project / "_site" / "index.html").read_text()
    assert built(project).unchanged


def test_what_every_render_writes_is_its_own(project):
    """Cells that save data beside their page keep no site from ever being up to date."""
    text = "open('made.txt', 'w').write('the same')"
    (project / "index.qmd").write_text(f"```{{python}}\n{text}\n```\n")
    states = [built(project).unchanged for _ in range(4)]
    assert states[-1]
    (project / "index.qmd").write_text(f"Changed.\n\n```{{python}}\n{text}\n```\n")
    assert not built(project).unchanged


def test_a_stamp_knows_only_what_its_own_render_made(project, monkeypatch):
    """A site that something else empties right after it was put in place is rendered again."""
    place = swap.put_in_place

    def emptied(root):
        place(root)
        (root / "_site" / "index.html").unlink()

    with monkeypatch.context() as patch:
        patch.setattr(swap, "put_in_place", emptied)
        built(project)
    assert not built(project).unchanged
    assert (project / "_site" / "index.html").exists()


def test_an_interrupted_build_is_harmless(project):
    """Ctrl-C leaves the site as it was, and pages that were waiting are not begun."""
    built(project)
    before = contents(project / "_site")
    (project / ".begun").mkdir()
    waiting = 3 * (os.cpu_count() or 1)
    for number in range(waiting):
        code = f"import time\nopen('.begun/{number}', 'w').close()\ntime.sleep(2)"
        (project / f"slow{number}.qmd").write_text(f"```{{python}}\n{code}\n```\n")
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM], cwd=project, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        running.stdout.readline()
        time.sleep(0.3)
        running.send_signal(signal.SIGINT)
        _, said = running.communicate(timeout=60)
    assert running.returncode != 0
    assert b"KeyboardInterrupt" in said
    assert contents(project / "_site") == before
    assert leftovers(project) == {"stamp.json"}
    assert len(list((project / ".begun").iterdir())) < waiting


def test_a_site_lost_between_two_renames_comes_back(project):
    """A machine that stops at the worst moment costs nothing but a render."""
    built(project)
    (project / "_site").rename(project / ".portfolio" / "last")
    (project / "index.qmd").write_text("---\ntoc: true\n---\n")
    with pytest.raises(RenderError):
        built(project)
    assert (project / "_site" / "index.html").exists()


def test_inner_folders_have_the_last_word(project):
    """`_metadata.yml` of a folder lies over that of the folder around it."""
    (project / "sub").mkdir()
    settings = (project / "_quarto.yml").read_text().replace("['*.qmd', ", "['*.qmd', '*/*.qmd', ")
    (project / "_quarto.yml").write_text(settings)
    (project / "_metadata.yml").write_text("execute: {echo: true}\n")
    (project / "sub" / "_metadata.yml").write_text("execute: {echo: false}\n")
    for page in ("index.qmd", "sub/index.qmd"):
        (project / page).write_text("```{python}\nx = 1\n```\n")
    built(project)
    assert "sourceCode" in (project / "_site" / "index.html").read_text()
    assert "sourceCode" not in (project / "_site" / "sub" / "index.html").read_text()


def test_figures_are_named_in_english(project):
    """Where the settings say no other word."""
    (project / "picture.svg").write_text("<svg/>")
    (project / "index.qmd").write_text("![A square](picture.svg){#fig-a}\n\nSee @fig-a.\n")
    built(project)
    assert (project / "_site" / "index.html").read_text().count("Figure\u00a01") == 2


def test_an_unknown_renderer_is_named(project):
    """The choice comes from the environment, where it is easily mistyped."""
    with pytest.raises(RenderError, match=r"^PORTFOLIO_RENDERER=pandoc: not a renderer: use auto"):
        build(project, choice="pandoc", tell=lambda _: None)


def test_without_quarto_the_embedded_renderer_is_used(project, monkeypatch):
    """It says so in one line, and names what it lacks."""
    monkeypatch.setattr("portfolio.renderers.build.find_quarto", lambda: None)
    monkeypatch.setattr("portfolio.renderers.build.install_quarto", lambda _: None)
    said = []
    assert build(project, choice="auto", tell=said.append).renderer == "embedded"
    assert said[0].startswith("Quarto is not here")
    with pytest.raises(RenderError, match=r"no Quarto 1\.9 or later"):
        build(project, choice="quarto", tell=said.append)


def test_an_old_quarto_is_passed_over(tmp_path, monkeypatch):
    """Only Quarto 1.9 and later will do."""
    command = tmp_path / "quarto"
    for version, found in (("1.8.27", None), ("1.9.38", str(command)), ("99.9.9", str(command))):
        command.write_text(f"#!/bin/sh\necho {version}\n")
        command.chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}/bin")
        monkeypatch.setattr(sys, "executable", str(tmp_path / "bin" / "python"))
        assert find_quarto() == found, version


@pytest.mark.parametrize("code", ["raise SystemExit('no luck')", "1 / 0", "import os; os._exit(3)"])
def test_a_script_that_fails_is_named(project, code):
    """Whatever it says, it is told which one it was, and where it is asked for."""
    (project / "fail.py").write_text(code)
    (project / "_quarto.yml").write_text(SETTINGS.format("pre-render: fail.py", "page.html"))
    with pytest.raises(RenderError, match=r"^_quarto\.yml:1: project\.pre-render: fail\.py: it "):
        built(project)
