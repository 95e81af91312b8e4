"""The pin names the engine that a site uses, and where it comes from."""

import json
from importlib import metadata

import pytest

from portfolio.refusal import Refusal
from portfolio.shipped import version
from portfolio.starting import pin

COMMIT = "0123456789abcdef0123456789abcdef01234567"
NOTES = {
    "index": (None, f"quarto-portfolio[audit]=={version()}"),
    "git": (
        {
            "url": "https://code.example/engine.git",
            "vcs_info": {"vcs": "git", "requested_revision": "main", "commit_id": COMMIT},
        },
        f"quarto-portfolio[audit] @ git+https://code.example/engine.git@{COMMIT}",
    ),
    "git, in a folder": (
        {
            "url": "https://code.example/all.git",
            "vcs_info": {"vcs": "git", "commit_id": COMMIT},
            "subdirectory": "engine",
        },
        f"quarto-portfolio[audit] @ git+https://code.example/all.git@{COMMIT}#subdirectory=engine",
    ),
    "wheel": (
        {
            "url": "file:///wheels/e-1-py3-none-any.whl",
            "archive_info": {"hashes": {"sha256": "ab"}},
        },
        "quarto-portfolio[audit] @ file:///wheels/e-1-py3-none-any.whl#sha256=ab",
    ),
    "folder": (
        {"url": "file:///code/engine", "dir_info": {"editable": True}},
        "quarto-portfolio[audit] @ file:///code/engine",
    ),
}


class Installed:
    """An installation, as pip notes where it comes from."""

    version = version()

    def __init__(self, note):
        self.note = note

    def read_text(self, name):
        """Return what pip noted, nothing where it had the package from an index."""
        assert name == "direct_url.json"
        return self.note and json.dumps(self.note)


@pytest.mark.parametrize(("note", "line"), NOTES.values(), ids=NOTES)
def test_the_engine_is_pinned_where_it_came_from(monkeypatch, note, line):
    """An index gives a version, git a commit, a wheel its hash, a folder its path."""
    monkeypatch.setattr(metadata, "distribution", lambda _: Installed(note))
    assert pin.of_this_engine().requirement == line


def test_an_engine_can_be_named(tmp_path):
    """By version, by path or by address, as people write them."""
    (tmp_path / "e.whl").touch()
    address = f"git+https://code.example/engine.git@{COMMIT}"
    for said, meant in (
        ("1.2.0", "quarto-portfolio[audit]==1.2.0"),
        ("==1.2.0", "quarto-portfolio[audit]==1.2.0"),
        ("e.whl", f"quarto-portfolio[audit] @ {(tmp_path / 'e.whl').as_uri()}"),
        (".", f"quarto-portfolio[audit] @ {tmp_path.as_uri()}"),
        (address, f"quarto-portfolio[audit] @ {address}"),
    ):
        assert pin.named(said, tmp_path).requirement == meant


def test_an_engine_that_is_nowhere_is_refused(tmp_path):
    """A mistyped path is not taken for anything else."""
    with pytest.raises(Refusal, match=r"^engine none\.whl: this is no version"):
        pin.named("none.whl", tmp_path)


def test_a_pin_is_found_and_moved(tmp_path):
    """Only its own line changes, and the extras that the owner chose stay."""
    text = "# mine\nscipy>=1\nQuarto_Portfolio [audit, test] == 0.1.0  # the engine\n-r more.txt\n"
    (tmp_path / "requirements.txt").write_text(text)
    found = pin.read(tmp_path)
    assert (found.version, found.line) == ("0.1.0", 3)
    new = pin.alike(pin.Pin("quarto-portfolio[audit]==0.2.0"), found)
    wanted = "# mine\nscipy>=1\nquarto-portfolio[audit,test]==0.2.0\n-r more.txt\n"
    assert pin.moved(text, new) == wanted


def test_only_this_machine_reaches_a_folder():
    """A host that builds the site cannot install an engine from there."""
    assert pin.Pin("quarto-portfolio @ file:///code/engine").is_local
    assert pin.Pin("quarto-portfolio @ git+file:///code/engine@main").is_local
    assert not pin.Pin("quarto-portfolio==0.2.0").is_local
    assert not pin.Pin("quarto-portfolio @ git+https://code.example/e.git@main").is_local
