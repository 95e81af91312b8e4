"""One rule says what is content: hidden files, leftovers, links out and special files are not."""

import os
import socket
import sys

import pytest

from portfolio.content import files, is_content, is_name, lying_in, passed_over, printable, why_not

HAS_LINKS = pytest.mark.skipif(sys.platform == "win32", reason="needs links and special files")
LEFTOVERS = (
    ".x.bib",
    "._x.bib",
    ".#x.bib",
    "#x.bib#",
    "x.bib~",
    "x.bib.~1~",
    ".x.bib.swp",
    "x.swp",
    ".~one.ipynb",
    ".ipynb_checkpoints",
    "~$x.csv",
    "~WRD0001.tmp",
    "x.tmp",
    "x.bib___jb_tmp___",
    "Thumbs.db",
    "desktop.ini",
    ".DS_Store",
    "__MACOSX",
    "__pycache__",
    ".syncthing.x.bib.tmp",
    "~syncthing~x.bib",
    "x.sync-conflict-20260102-030405-ABCDEFG.bib",
    "x (Ada's conflicted copy 2026-01-02).bib",
    "x (conflicted copy 2026-01-02 030405).bib",
    "x\u202egpj.bib",
    "x\n.bib",
    "x\udcff.bib",
)


@pytest.mark.parametrize("name", LEFTOVERS, ids=ascii)
def test_what_editors_and_systems_leave_is_no_content(name):
    """Whatever such a file holds, nobody wrote it for the site."""
    assert not is_name(name)


@pytest.mark.parametrize(
    "name", ["publications.bib", "a b.qmd", "Über mich.qmd", "论文.bib", "x#1.pdf"]
)
def test_what_people_name_their_files_is_content(name):
    """Spaces, letters of any script and marks within a name are everybody's right."""
    assert is_name(name)


@pytest.fixture
def odd(tmp_path):
    """Return a project with one file of content among what is none."""
    root = tmp_path / "site"
    folder = root / "publications"
    folder.mkdir(parents=True)
    (folder / "a.bib").write_text("")
    (folder / "folder.bib").mkdir()
    (tmp_path / "outside.bib").write_text("")
    (folder / "out.bib").symlink_to(tmp_path / "outside.bib")
    (folder / "lost.bib").symlink_to("nowhere.bib")
    (folder / "loop.bib").symlink_to("loop.bib")
    (folder / "hidden.bib").symlink_to("../.git.bib")
    (root / ".git.bib").write_text("")
    (folder / "round").symlink_to(root)
    (folder / "inside.bib").symlink_to("a.bib")
    os.mkfifo(folder / "pipe.bib")
    (folder / ".x.bib").write_text("")
    return root


@HAS_LINKS
def test_only_plain_files_of_the_project_are_content(odd):
    """A link counts by what it leads to; loops and what waits for ever are never opened."""
    assert [path.name for path in lying_in(odd, "publications", ".bib")] == ["a.bib", "inside.bib"]
    found = [path.relative_to(odd).as_posix() for path in files(odd, odd)]
    assert found == ["publications/a.bib", "publications/inside.bib"]


@HAS_LINKS
def test_what_is_passed_over_is_said(odd):
    """Each says why, but for hidden files, of which nobody expects anything."""
    said = {path.name: why_not(path, odd) for path in passed_over(odd, odd)}
    assert said == {
        "folder.bib": "it is a folder",
        "hidden.bib": "it is a link to a hidden file",
        "loop.bib": "it is a link that leads nowhere",
        "lost.bib": "it is a link that leads nowhere",
        "out.bib": "it is a link that leads out of the project",
        "pipe.bib": "it is a FIFO",
        "round": "it is a folder",
    }


@HAS_LINKS
def test_a_folder_that_is_a_link_to_the_outside_holds_no_content(tmp_path):
    """What lies behind it is as little the project's as a single file would be."""
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "a.bib").write_text("")
    root = tmp_path / "site"
    root.mkdir()
    (root / "publications").symlink_to(tmp_path / "papers")
    assert lying_in(root, "publications", ".bib") == []
    assert list(files(root, root / "publications")) == []
    assert not is_content(root / "publications" / "a.bib", root)
    assert list(passed_over(root, root)) == [root / "publications"]


@HAS_LINKS
def test_a_socket_is_no_content(tmp_path):
    """Nothing can be read from it."""
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(tmp_path / "s.bib"))
        assert why_not(tmp_path / "s.bib", tmp_path) == "it is a socket"


def test_a_name_that_cannot_be_shown_is_spelled_out():
    """A message about a file cannot turn the line that it stands in."""
    assert printable("x\u202egpj\udcff\n") == "x\\u202egpj\\udcff\\n"
