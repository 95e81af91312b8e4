"""What is told to `make new` reaches the verb as it is, whatever a shell would make of it."""

import shutil
import subprocess
from pathlib import Path

import pytest

MAKEFILE = Path(__file__).parents[3] / "Makefile"


@pytest.mark.skipif(shutil.which("make") is None, reason="needs make")
@pytest.mark.parametrize(
    "name", ["a `touch stolen` b", "$(touch stolen)", '"; touch stolen; "', "$HOME"]
)
def test_a_name_is_never_run(tmp_path, name):
    """A folder may be called anything; nothing of its name is a command."""
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / "site").touch()
    command = [
        "make",
        "--no-print-directory",
        "--file",
        MAKEFILE,
        "--old-file=.venv/site",
        "new",
        f"DIR={name}",
    ]
    command += [f"OWNER={name}", "RUN=printf '<%s>\\n'"]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert ran.stdout.split("\n")[:4] == ["<new>", f"<{name}>", "<--owner>", f"<{name}>"]
    assert not list(tmp_path.glob("stolen"))
