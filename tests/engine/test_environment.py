"""The environment of a project's own code, where it is started and where Quarto starts it."""

import os
import subprocess
import sys

import pytest

from portfolio.environment import LOCAL, SPARED, environment, remember

CODE = "import sys, jsonschema; sys.exit('lark' in sys.modules)"


@pytest.fixture(autouse=True)
def _plain(monkeypatch):
    """Have nothing on Python's path but what the project adds."""
    monkeypatch.delenv("PYTHONPATH", raising=False)


def test_pages_build_no_grammar_of_addresses(tmp_path):
    """What JupyterLab adds to jsonschema takes seconds to load, for each page with code anew."""
    ran = subprocess.run([sys.executable, "-c", CODE], env=environment(tmp_path), check=False)
    assert ran.returncode == 0


def test_quarto_alone_has_the_same_path(tmp_path):
    """Called by hand it reads a file, where lines of somebody else stay."""
    (tmp_path / LOCAL).write_text('MINE="1"\nPYTHONPATH="/gone"\n', encoding="utf-8")
    remember(tmp_path)
    mine, *ours = (tmp_path / LOCAL).read_text(encoding="utf-8").splitlines()
    assert mine == 'MINE="1"'
    path = dict(line.split("=", 1) for line in ours)["PYTHONPATH"].strip('"')
    assert path.split(os.pathsep) == [(tmp_path / "scripts").as_posix(), SPARED.as_posix()]
