"""What nobody foresaw is one line at the terminal; the whole story lies in a file."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from portfolio.__main__ import main
from portfolio.records import bibliography
from portfolio.records.paper import Paper
from portfolio.renderers import build

SCRIPTS = Path(__file__).parents[2] / "scripts"
SETTINGS = "owner: {name: Jane Doe, site: https://doe.example}\n"
BIB = "@misc{doe2020, title={Waves}, author={Doe, Jane}, year=2020}\n"


@pytest.fixture
def home(tmp_path, monkeypatch):
    """Return a small project, in which the verbs run."""
    (tmp_path / "publications").mkdir()
    (tmp_path / "_quarto.yml").write_text(SETTINGS)
    (tmp_path / "publications" / "publications.bib").write_text(BIB)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def break_down(*_, **__):
    """Fail as code does that has a fault."""
    raise KeyError("traceback")


def test_an_accident_is_one_line_that_says_what_and_where(home, monkeypatch, capsys):
    """It names the file at hand, the step, and the report, which holds all."""
    monkeypatch.setattr(Paper, "legend", property(break_down))
    assert main(["check"]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("publications/publications.bib:1: check: nobody foresaw this (KeyError")
    assert "Traceback" not in line
    report = home / line.partition("see ")[2].partition(";")[0]
    assert report.parent == home / ".portfolio"
    assert "Traceback (most recent call last)" in report.read_text(encoding="utf-8")


def test_the_same_accident_has_one_report(home, monkeypatch, capsys):
    """However often it happens."""
    monkeypatch.setattr(bibliography, "parse_files", break_down)
    assert main(["check"]) == main(["check"]) == 1
    first, second = capsys.readouterr().err.splitlines()
    assert first == second
    assert len(list((home / ".portfolio").glob("report-*.txt"))) == 1


def test_an_accident_outside_a_project_is_told_too(tmp_path, monkeypatch, capsys):
    """Its report lies where the system keeps what is passing."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr("portfolio.moving.export.gathered", break_down)
    assert main(["export", "--format", "bib", "--bib", "x.bib"]) == 1
    assert f"see {tmp_path}{os.sep}report-" in capsys.readouterr().err


def test_an_accident_while_rendering_leaves_the_last_site(home, monkeypatch, capsys):
    """Nothing is lost by a fault of ours."""
    (home / "_site").mkdir()
    (home / "_site" / "index.html").write_text("last")
    monkeypatch.setenv("PORTFOLIO_RENDERER", "embedded")
    monkeypatch.setattr(build.embedded, "render", break_down)
    assert main(["site"]) == 1
    assert "nobody foresaw" in capsys.readouterr().err
    assert (home / "_site" / "index.html").read_text() == "last"


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell's pipes")
def test_a_reader_who_has_seen_enough_causes_no_complaint(home):
    """Such as `portfolio check | head -1`."""
    bib = "".join(f"@misc{{k{n}, title={{T}}}}\n" for n in range(3000))
    (home / "publications" / "publications.bib").write_text(bib)
    with subprocess.Popen(
        [sys.executable, "-m", "portfolio", "check"],
        env=os.environ | {"PYTHONPATH": str(SCRIPTS)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as writer:
        assert writer.stdout.read(10)
        writer.stdout.close()
        assert writer.stderr.read() == b""
