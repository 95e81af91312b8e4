"""Whatever is saved while a preview runs, it says what is wrong and goes on."""

import os
import re
import shutil
import signal
import time
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
import victim

pytestmark = pytest.mark.skipif(os.name == "nt", reason="FIFOs, links and modes are POSIX's")


def replace(path, data):
    """Return a save of other bytes, and how to take it back."""

    def save(root):
        before = (root / path).read_bytes() if (root / path).exists() else None
        (root / path).write_bytes(data)

        def undo():
            if before is None:
                (root / path).unlink()
            else:
                (root / path).write_bytes(before)

        return undo

    return save


def remove(path):
    """Return how a file is removed and comes back."""

    def save(root):
        before = (root / path).read_bytes()
        (root / path).unlink()
        return lambda: (root / path).write_bytes(before)

    return save


def make(path, how):
    """Return how something odd is made, and removed again."""

    def save(root):
        how(root / path)

        def undo():
            if (root / path).is_dir() and not (root / path).is_symlink():
                shutil.rmtree(root / path)
            else:
                (root / path).unlink()

        return undo

    return save


def rename(path):
    """Return how a folder goes away and comes back."""

    def save(root):
        (root / path).rename(root.parent / "away")
        return lambda: (root.parent / "away").rename(root / path)

    return save


def flicker(root):
    """Save and remove a file over and over, so that it goes while it is read."""
    for _ in range(60):
        (root / "publications" / "more.bib").write_text("@misc{more, title={More}}")
        time.sleep(0.005)
        (root / "publications" / "more.bib").unlink()
    return lambda: None


def odd(path):
    """Return a path beside another, with a name that is no UTF-8."""
    return Path(os.fsdecode(os.fsencode(path) + b"\xff.qmd"))


BIB, SETTINGS = "publications/publications.bib", "_quarto.yml"
SAVES = {
    "settings deleted": remove(SETTINGS),
    "FIFO": make("publications/pipe.bib", os.mkfifo),
    "folder named .bib": make("publications/x.bib", os.mkdir),
    "broken settings": replace(SETTINGS, b"owner: [\n"),
    "empty settings": replace(SETTINGS, b""),
    "settings of another kind": replace(SETTINGS, b"- a\n- b\n"),
    "broken bib": replace(BIB, b"@article{waves, title={Waves\n"),
    "bytes in the bib": replace(BIB, bytes(range(256))),
    "empty bib": replace(BIB, b""),
    "broken front matter": replace("index.qmd", b"---\ntitle: a: b\n---\n"),
    "bytes in a page": replace("index.qmd", b"\xff\xfe\x00\xd8"),
    "page deleted": remove("publications/index.qmd"),
    "publications away": rename("publications"),
    "dangling link": make("more.qmd", lambda path: path.symlink_to("nowhere.qmd")),
    "loop": make("loop.qmd", lambda path: path.symlink_to("loop.qmd")),
    "cell that exits": replace("index.qmd", b"```{python}\nimport os\nos._exit(3)\n```\n"),
    "cell that raises": replace("index.qmd", b"```{python}\nraise SystemExit(3)\n```\n"),
    "broken notebook": make("more.ipynb", lambda path: path.write_text("{")),
    "name that is no UTF-8": make(odd(""), Path.touch),
    "extension away": rename("_extensions"),
    "file that flickers": flicker,
}
FAST = ("settings deleted", "FIFO", "publications away")


class Preview:
    """A preview at work."""

    def __init__(self, root, log, process):
        self.root, self.log, self.process = root, log, process
        self.wait_for(lambda: "(Ctrl-C ends it)" in self.said)
        self.address = re.search(r"http://\S+", self.said)[0]

    @property
    def said(self):
        """What it has said so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def wait_for(self, happens):
        """Wait until something is so; it has to be while the preview is alive."""
        until = time.monotonic() + 120
        while not happens():
            assert self.process.poll() is None, self.said
            assert time.monotonic() < until, self.said
            time.sleep(0.05)

    def shows(self, number):
        """Return whether the home page shows an edit."""
        try:
            with urlopen(self.address, timeout=60) as answer:  # noqa: S310  our own server
                return f"Edit {number}." in answer.read().decode()
        except HTTPError:  # there is no page yet
            return False


@pytest.fixture
def preview(tmp_path):
    """Start a preview of the small site."""
    root, log = victim.make(tmp_path / "site"), tmp_path / "log"
    with log.open("w") as said, victim.portfolio(root, "preview", stdout=said) as process:
        try:
            running = Preview(root, log, process)
            running.wait_for(lambda: running.shows(0))
            yield running
            process.send_signal(signal.SIGINT)
            process.wait(timeout=60)
            assert "Traceback" not in running.said
        finally:
            process.kill()
    assert victim.running_in(tmp_path) == []


def survives(preview, save, number):
    """Hold that a save is lived through, and the next good one is shown."""
    before = len(preview.said)
    undo = save(preview.root)
    time.sleep(0.4)
    preview.wait_for(lambda: len(preview.said) > before)
    undo()
    victim.edit(preview.root, number)
    preview.wait_for(lambda: preview.shows(number))


def test_it_lives_through_odd_saves(preview):
    """A project whose settings go, a pipe for a bibliography, its folder renamed away and back."""
    for number, name in enumerate(FAST, 1):
        survives(preview, SAVES[name], number)


@pytest.mark.stress
def test_it_lives_through_every_odd_save(preview):
    """One after the other, in one preview."""
    for number, save in enumerate(SAVES.values(), 1):
        survives(preview, save, number)
