"""The README is short and true."""

import re
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

from portfolio.__main__ import main

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
VERBS = set(
    re.findall(r"^(\w+):.*##", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
)


def section(title):
    """Return the text under a heading of the README."""
    return README.split(f"\n## {title}\n")[1].split("\n## ")[0]


def test_it_can_be_read_in_one_sitting():
    """The README stays under 150 lines."""
    assert README.count("\n") < 150


def test_its_commands_exist():
    """Every `make` verb that it names is one of the Makefile's."""
    named = set(re.findall(r"(?:`|^)make ([a-z]+)\b", README, re.MULTILINE))
    assert {"site", "test", "preview", "check", "figures", "notebooks"} <= named
    assert named <= VERBS


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`([\w./]+/[\w./]*)`", README))))
def test_its_paths_exist(path):
    """Every file and folder that it names is there."""
    assert (ROOT / path).exists()


def test_its_verbs_exist():
    """Every `python -m portfolio` verb that it shows is one, with the options shown."""
    lines = re.findall(r"^python -m portfolio ([^#\n]*)", README, re.MULTILINE)
    assert len(lines) == 4
    for line in lines:
        verb, *words = line.split()
        shown = {word for word in words if word.startswith("--")}
        with pytest.raises(SystemExit) as left, redirect_stdout(StringIO()) as said:
            main([verb, "--help"])
        assert left.value.code == 0
        assert all(option in said.getvalue() for option in shown)


def test_its_picture_and_links_are_there():
    """Every link to a file of the project leads to one."""
    targets = re.findall(r"\]\((?!https?:)([^)#]+)\)", README)
    assert targets
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_making_it_ones_own_takes_six_steps_at_most():
    """A fork is six steps away."""
    assert 1 <= len(re.findall(r"^\d+\. ", section("Make it yours"), re.MULTILINE)) <= 6
