"""Files are written whole, only when they change, and in the place and manner that they have."""

import errno
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from portfolio import files
from portfolio.files import UnwritableError, copy, move, sweep, write

AS_OTHERS = pytest.mark.skipif(os.name == "nt", reason="modes and masks are POSIX's")
DRAFT = ".portfolio-draft-"


def write_text(path, content):
    """Write as most callers do."""
    write(path, content)


def copy_text(path, content):
    """Write a copy of another file."""
    aside = path.parent.parent / "source"
    aside.write_text(content)
    copy(aside, path)


def move_text(path, content):
    """Move another file there."""
    aside = path.parent.parent / "source"
    aside.write_text(content)
    move(aside, path)


EVERY_WAY = pytest.mark.parametrize(
    "writes", [write_text, copy_text, move_text], ids=["write", "copy", "move"]
)


@pytest.fixture
def folder(tmp_path):
    """Return a folder with one file in it."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "a.txt").write_text("good")
    return tmp_path / "folder"


def contents(folder):
    """Return the text of each file in a folder."""
    return {path.name: path.read_text() for path in folder.iterdir()}


def mode(path):
    """Return the mode of a file."""
    return stat.S_IMODE(path.stat().st_mode)


def test_content_that_is_the_same_is_not_written(tmp_path):
    """A file that already says it keeps its date."""
    path = tmp_path / "a" / "b.txt"
    assert write(path, "é")
    before = path.stat().st_mtime_ns
    assert not write(path, "é".encode())
    assert path.stat().st_mtime_ns == before
    assert write(path, "e")
    assert path.read_bytes() == b"e"


def test_a_failed_write_leaves_nothing_behind(folder):
    """Content that cannot be written changes no file and leaves no draft."""
    with pytest.raises(UnicodeEncodeError):
        write(folder / "a.txt", "\udfff")
    assert contents(folder) == {"a.txt": "good"}


@EVERY_WAY
def test_a_link_stays_and_its_target_is_written(folder, writes):
    """Whoever keeps a file elsewhere, beside a paper for example, has it there afterwards."""
    (folder / "deep").mkdir()
    (folder / "a.txt").rename(folder / "deep" / "real.txt")
    (folder / "b.txt").symlink_to("deep/real.txt")
    (folder / "a.txt").symlink_to("b.txt")
    writes(folder / "a.txt", "new")
    assert (folder / "a.txt").readlink() == Path("b.txt")
    assert (folder / "b.txt").readlink() == Path("deep/real.txt")
    assert contents(folder / "deep") == {"real.txt": "new"}


@EVERY_WAY
def test_a_link_that_leads_to_nothing_yet_is_filled(folder, writes):
    """Its target comes to be, where it was said to be."""
    (folder / "b.txt").symlink_to("c.txt")
    writes(folder / "b.txt", "new")
    assert (folder / "b.txt").is_symlink()
    assert (folder / "c.txt").read_text() == "new"


@AS_OTHERS
@EVERY_WAY
@pytest.mark.parametrize("given", [0o600, 0o640, 0o664, 0o755, 0o666])
def test_a_file_keeps_its_mode(folder, writes, given):
    """Neither what is private nor what a group shares changes."""
    (folder / "a.txt").chmod(given)
    writes(folder / "a.txt", "new")
    assert mode(folder / "a.txt") == given


@AS_OTHERS
@pytest.mark.parametrize("mask", [0o022, 0o077, 0o002, 0o027])
def test_a_new_file_has_the_mode_that_the_mask_gives(folder, mask):
    """It is as open as what the user's other programs make."""
    before = os.umask(mask)
    try:
        write_text(folder / "b.txt", "new")
        copy_text(folder / "c.txt", "new")
    finally:
        os.umask(before)
    assert {mode(folder / name) for name in ("b.txt", "c.txt")} == {0o666 & ~mask}


def full(*_):
    """Say that the disk is full."""
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@EVERY_WAY
@pytest.mark.parametrize("wrong", [full, KeyboardInterrupt], ids=["full disk", "Ctrl-C"])
@pytest.mark.parametrize("name", ["a.txt", "new.txt", "new/deep/er.txt"])
def test_what_stops_a_write_leaves_all_as_it_was(folder, monkeypatch, writes, wrong, name):
    """The old file is whole, and there are no drafts and no new folders."""

    def stopped(*_):
        if wrong is full:
            full()
        raise wrong

    (folder / name).parent.parent.joinpath("source").parent.mkdir(parents=True, exist_ok=True)
    before = {path for path in folder.rglob("*") if path.name != "source"}
    monkeypatch.setattr(files, "_put", stopped)
    with pytest.raises((UnwritableError, KeyboardInterrupt)) as raised:
        writes(folder / name, "new")
    assert {path for path in folder.rglob("*") if path.name != "source"} == before
    assert (folder / "a.txt").read_text() == "good"
    if wrong is full:
        assert str(raised.value).endswith(
            f"{name}: it cannot be written (No space left on device): make room on the disk"
        )


@AS_OTHERS
def test_a_disk_that_is_full_half_way_costs_nothing(folder):
    """What the system takes of a file before it says no is taken away again."""
    program = f"""
import resource, sys
from pathlib import Path
from portfolio.files import UnwritableError, write
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    write(Path({str(folder / "a.txt")!r}), "x" * 5000)
except UnwritableError as error:
    print(error)
"""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", program]
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert ran.stdout.endswith(
        "a.txt: it cannot be written (File too large): make room on the disk\n"
    )
    assert contents(folder) == {"a.txt": "good"}


def in_its_way(folder):
    """Yield paths that cannot be written, with what is said of them."""
    (folder / "a folder").mkdir()
    yield folder / "a folder", "Is a directory"
    yield folder / "a.txt" / "b.txt", "File exists|Not a directory"
    (folder / "loop").symlink_to("loop")
    yield folder / "loop", "symbolic links"
    yield folder / ("n" * 300), "name too long"
    if hasattr(os, "mkfifo"):
        os.mkfifo(folder / "pipe")
        yield folder / "pipe", "no plain file"


def test_what_is_in_the_way_is_named_in_a_line(folder):
    """A folder, a file where a folder should be, a link to itself: each is told, and stays."""
    for path, said in in_its_way(folder):
        before = sorted(folder.rglob("*"))
        with pytest.raises(UnwritableError, match=said) as raised:
            write(path, "new")
        assert "\n" not in str(raised.value)
        assert sorted(folder.rglob("*")) == before


@AS_OTHERS
def test_what_is_read_only_stays(folder):
    """A file or a folder that nobody may write is named; the file is not replaced in its folder."""
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    (folder / "a.txt").chmod(0o444)
    with pytest.raises(UnwritableError, match=r"read-only\): make it and its folder writable"):
        write(folder / "a.txt", "new")
    (folder / "a.txt").chmod(0o644)
    folder.chmod(0o555)
    try:
        with pytest.raises(UnwritableError, match="Permission denied"):
            write(folder / "a.txt", "new")
    finally:
        folder.chmod(0o755)
    assert contents(folder) == {"a.txt": "good"}


def test_what_somebody_saved_meanwhile_stays(folder):
    """Whoever says what he read writes over that, and over nothing else."""
    path = folder / "a.txt"
    assert write(path, "better", over=b"good")
    with pytest.raises(UnwritableError, match="saved meanwhile and stays so"):
        write(path, "worse", over=b"good")
    with pytest.raises(UnwritableError, match="saved meanwhile"):
        write(path, "worse", over=None)
    assert write(folder / "b.txt", "new", over=None)
    assert contents(folder) == {"a.txt": "better", "b.txt": "new"}


@pytest.mark.parametrize("name", ["a b", "a'b\"c", "ä", "a\nb", "#a%20`", "n" * 250])
def test_any_name_can_be_written(folder, name):
    """A draft beside it has a short name of its own."""
    if os.name == "nt" and set(name) & set('"\n'):
        pytest.skip("Windows has no such names")
    write(folder / name, "new")
    assert contents(folder)[name] == "new"


KILLED = """
import os, signal
from pathlib import Path
from portfolio import files

def killed(*_):
    os.kill(os.getpid(), signal.SIGTERM)

files._put = killed
files.write(Path({!r}), "new")
"""


def test_what_a_killed_process_left_is_swept_up(folder):
    """Its drafts go, beside what links lead to as well; those of a running process stay."""
    elsewhere = folder.parent / "elsewhere"
    elsewhere.mkdir()
    (folder / "b.txt").symlink_to(elsewhere / "b.txt")
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    for name in ("a.txt", "b.txt"):
        command = [sys.executable, "-c", KILLED.format(str(folder / name))]
        ran = subprocess.run(command, env=environment, check=False)
        assert ran.returncode == -signal.SIGTERM
    mine = folder / f"{DRAFT}{os.getpid()}-0a"
    mine.touch()
    (folder / f"{DRAFT}of-mine.txt").touch()
    assert sum(path.name.startswith(DRAFT) for path in folder.iterdir()) == 3
    assert len(list(elsewhere.iterdir())) == 1
    sweep(folder)
    assert {path.name for path in folder.iterdir()} == {
        "a.txt",
        "b.txt",
        mine.name,
        f"{DRAFT}of-mine.txt",
    }
    assert list(elsewhere.iterdir()) == []
