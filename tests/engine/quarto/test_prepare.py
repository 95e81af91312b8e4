"""Before Quarto renders, one line says what to type where this Python lacks the engine."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[3] / "_extensions" / "portfolio" / "prepare.py"
pytestmark = pytest.mark.skipif(os.name == "nt", reason="the places are those of other systems")


def prepared(root, **variables):
    """Run the script in a folder, with a Python that has nothing installed."""
    known = {name: value for name, value in os.environ.items() if name != "QUARTO_PYTHON"}
    ran = subprocess.run(
        [sys.executable, "-I", "-S", SCRIPT],
        cwd=root,
        env=known | variables,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode == 1
    assert ran.stderr.count("\n") == 1
    return ran.stderr


@pytest.fixture
def project(tmp_path):
    """Return the folder of a project; its path holds a space."""
    (tmp_path / "my site").mkdir()
    return tmp_path / "my site"


def test_without_an_environment_the_line_makes_one(project):
    """It can be typed as it stands; where there is a Makefile, that does it."""
    assert '-m venv .venv && ".venv/bin/python" -m pip install quarto-portfolio`' in prepared(
        project
    )
    (project / "Makefile").touch()
    assert "type `make site` once" in prepared(project)


def test_an_environment_made_by_hand_is_used_from_then_on(project):
    """Quarto never looks for .venv itself; lines that somebody wrote stay."""
    (project / ".venv" / "bin").mkdir(parents=True)
    (project / ".venv" / "bin" / "python").touch()
    (project / "_environment.local").write_text('MINE="1"\nQUARTO_PYTHON="/gone"\n')
    assert "type the same command again" in prepared(project, QUARTO_PYTHON="/gone")
    assert (project / "_environment.local").read_text().splitlines() == [
        'MINE="1"',
        f'QUARTO_PYTHON="{project}/.venv/bin/python"',
        f'PYTHONPATH="{project}/scripts"',
    ]


def test_a_python_that_was_chosen_is_told_to_install(project):
    """Where Quarto was given a Python, the line names that one."""
    chosen = shutil.which("python3")
    assert f'`"{chosen}" -m pip install' in prepared(project, QUARTO_PYTHON=chosen)
