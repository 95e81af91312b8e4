"""The README is short and true, and so is the one that a new site gets."""

import re
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

from portfolio.__main__ import VERBS, main

ROOT = Path(__file__).parents[2]
STARTER = ROOT / "scripts" / "portfolio" / "starting" / "starter"
READMES = {"here": ROOT / "README.md", "a new site's": STARTER / "README.md"}
WRITTEN = {"requirements.lock", "_brand.yml"}
"""What is in no new site: one verb of its owner's writes the one, the owner may write the other."""
BOTH = pytest.mark.parametrize("readme", READMES.values(), ids=READMES)


def makefile_beside(readme):
    """Return the verbs of the Makefile that a README is about."""
    text = (readme.parent / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^(\w+):.*##", text, re.MULTILINE))


def half(heading):
    """Return one of the two halves of the README here."""
    return READMES["here"].read_text(encoding="utf-8").split(f"\n# {heading}\n")[1].split("\n# ")[0]


def verbs_in(text):
    """Return the calls of the command line that a text shows: verb and words."""
    shown = re.findall(r"(?:`|^(?:\S*/)?)portfolio ([a-z][^`#\n]*)", text, re.MULTILINE)
    return [words.split() for words in shown]


@BOTH
def test_it_can_be_read_in_one_sitting(readme):
    """A README stays under 150 lines."""
    assert readme.read_text(encoding="utf-8").count("\n") < 150


def test_its_halves_say_what_to_type():
    """The owner's half has two commands and how to publish and upgrade; ours is the shorter one."""
    owners, ours = half("For the owner of a site"), half("For this repository")
    assert {"Two commands", "Add a paper", "Publish", "Upgrade"} <= set(
        re.findall(r"^## (.*)$", owners, re.MULTILINE)
    )
    assert len(ours) < len(owners) / 2


@pytest.mark.parametrize("readme", READMES.values(), ids=READMES)
def test_its_make_verbs_exist(readme):
    """Every `make` verb is one of the Makefile's; for an owner those of a new site count."""
    text = readme.read_text(encoding="utf-8")
    known = makefile_beside(readme) | makefile_beside(READMES["a new site's"])
    named = set(re.findall(r"(?:`|^)make ([a-z]+)\b", text, re.MULTILINE))
    assert {"site", "test"} <= named
    assert named <= known


@BOTH
def test_its_calls_are_understood(readme):
    """Every `portfolio` call that it shows is a verb, with options that the verb has."""
    calls = verbs_in(readme.read_text(encoding="utf-8"))
    assert len(calls) >= 5
    names = {verb.__name__.rstrip("_") for verb, _ in VERBS}
    for verb, *words in calls:
        assert verb in names, verb
        with pytest.raises(SystemExit) as left, redirect_stdout(StringIO()) as said:
            main([verb, "--help"])
        assert left.value.code == 0
        for option in (word for word in words if word.startswith("--")):
            assert option in said.getvalue(), (verb, option)


def test_its_paths_exist():
    """Every file and folder that it names is there, or is one that a new site has."""
    text = READMES["here"].read_text(encoding="utf-8")
    for path in sorted(set(re.findall(r"`([\w.]+/[\w./]*|\w+\.(?:qmd|yml|txt|toml|lock))`", text))):
        assert (ROOT / path).exists() or (STARTER / path).exists() or path in WRITTEN, path


def test_its_picture_and_links_are_there():
    """Every link to a file of the project leads to one."""
    text = READMES["here"].read_text(encoding="utf-8")
    targets = re.findall(r"\]\((?!https?:)([^)#]+)\)", text)
    assert len(targets) >= 4
    assert [target for target in targets if not (ROOT / target).exists()] == []
