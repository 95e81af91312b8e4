"""The verb `doctor`, typed as people type it."""

import os
import subprocess
import sys
from pathlib import Path

SCRIPTS = Path(__file__).parents[4] / "scripts"


def doctor(site):
    """Return what the verb says and how it ends."""
    return subprocess.run(
        [sys.executable, "-m", "portfolio", "doctor"],
        cwd=site.root,
        env=os.environ | {"PYTHONPATH": str(SCRIPTS)},
        capture_output=True,
        check=False,
        encoding="utf-8",
    )


def test_nothing_stands_in_the_way(site):
    """The verb says so and succeeds; what is to be set by hand stands beside it."""
    ran = doctor(site)
    assert (ran.returncode, ran.stdout) == (0, "nothing stands in the way\n")
    assert "Settings, Pages, Source: GitHub Actions" in ran.stderr


def test_something_stands_in_the_way(site):
    """Each thing is one line, sorted, starter text among them, and the verb fails."""
    site.change("index.qmd", "Here is two", "Replace this: two")
    site.change("_quarto.yml", "https://ada.github.io/home", "https://ada.github.io")
    site.commit()
    ran = doctor(site)
    assert ran.returncode == 1
    address, starter = ran.stdout.splitlines()
    assert address.startswith("_quarto.yml:8: owner.site: ")
    assert starter.startswith("index.qmd:11: starter: ")
