"""Several files change together or not at all, whatever stops that."""

import itertools
import os
import shutil

import pytest
from killed import forked

from portfolio import journal
from portfolio.files import UnwritableError
from portfolio.journal import change, recover, scratch

BEFORE = {"a.txt": "old a", "deep/b.txt": "old b", "gone.txt": "old gone", "mine.txt": "mine"}
CHANGE = {"a.txt": b"new a", "deep/b.txt": b"new b", "gone.txt": None, "new/deep/c.txt": b"new c"}
AFTER = {"a.txt": "new a", "deep/b.txt": "new b", "new/deep/c.txt": "new c", "mine.txt": "mine"}


@pytest.fixture
def root(tmp_path):
    """Return a project's folder with a few files."""
    root = tmp_path / "project"
    for path, text in BEFORE.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    (root / ".portfolio").mkdir()
    return root


def contents(root):
    """Return the text of each file of the project, and each empty folder."""
    found = [path for path in root.rglob("*") if ".portfolio" not in path.parts]
    texts = {
        path.relative_to(root).as_posix(): path.read_text() for path in found if path.is_file()
    }
    empty = {path.name: None for path in found if path.is_dir() and not any(path.iterdir())}
    return texts | empty


def left(root):
    """Return what the project's state holds."""
    return [path.name for path in (root / ".portfolio").iterdir()]


def test_a_change_is_made(root):
    """Files are written, made and removed, and nothing is kept of what they were."""
    change(root, CHANGE)
    assert contents(root) == AFTER
    assert left(root) == []


@pytest.mark.skipif(os.name == "nt", reason="the moments are told by POSIX's calls")
def test_killed_at_any_moment_it_is_undone_or_done(root, tmp_path):
    """Before each call to the system in turn; a recovery that is killed itself is run again."""
    again, seen = tmp_path / "again", []
    for step in itertools.count():
        shutil.copytree(root, again)
        killed = forked(lambda: change(again, CHANGE), step)
        for earlier in (1, 4):
            forked(lambda: list(recover(again)), earlier)
        list(recover(again))
        seen.append(contents(again))
        assert seen[-1] in (BEFORE, AFTER), step
        assert left(again) == []
        shutil.rmtree(again)
        if not killed:
            break
    assert len(seen) > 20
    assert BEFORE in seen
    assert seen[-1] == AFTER


@pytest.mark.parametrize("wrong", [UnwritableError, KeyboardInterrupt])
@pytest.mark.parametrize("step", range(4))
def test_what_fails_half_way_is_undone_at_once(root, monkeypatch, wrong, step):
    """A full disk or Ctrl-C leaves every file as it was."""
    take, taken = journal._Step.take, []  # noqa: SLF001

    def failing(self, before):
        if len(taken) == step:
            raise wrong(self.target, "no", "no") if wrong is UnwritableError else wrong
        taken.append(self)
        take(self, before)

    monkeypatch.setattr(journal._Step, "take", failing)  # noqa: SLF001
    with pytest.raises(wrong):
        change(root, CHANGE)
    assert contents(root) == BEFORE
    assert left(root) == []


@pytest.mark.parametrize("how", ["in place", "anew"])
@pytest.mark.parametrize("path", ["a.txt", "deep/b.txt", "gone.txt", "new/deep/c.txt"])
def test_what_is_saved_meanwhile_stays_and_stops_the_change(root, monkeypatch, path, how):
    """An edit while files are laid ready is kept, and all others are as they were."""
    prepare, edited = journal._Step.prepare, []  # noqa: SLF001

    def editing(self, content):
        prepare(self, content)
        if self.path == "new/deep/c.txt" and not edited:
            edited.append(path)
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            if how == "anew":
                (root / path).unlink(missing_ok=True)
            (root / path).write_text("my edit")

    monkeypatch.setattr(journal._Step, "prepare", editing)  # noqa: SLF001
    with pytest.raises(UnwritableError, match=f"{path}: it was saved meanwhile and stays so"):
        change(root, CHANGE)
    assert contents(root) == BEFORE | {path: "my edit"}
    assert left(root) == []


def stopped(root, monkeypatch):
    """Make the change, and stop before it is known to be complete."""
    with monkeypatch.context() as patch:
        patch.setattr(journal, "_forget", lambda _: None)
        change(root, CHANGE)


def test_what_was_written_since_it_was_stopped_stays(root, monkeypatch):
    """An edit after the kill is nobody's to undo; a line says so, and the rest is undone."""
    stopped(root, monkeypatch)
    (root / "a.txt").write_text("my edit")
    (root / "new/deep/c.txt").write_text("my edit too")
    said = list(recover(root))
    assert contents(root) == BEFORE | {"a.txt": "my edit", "new/deep/c.txt": "my edit too"}
    assert said == [
        "portfolio: the last change of files was stopped half-way and is undone",
        "a.txt: it was changed after the run that was stopped: it is kept as it is",
        "new/deep/c.txt: it was changed after the run that was stopped: it is kept as it is",
    ]


def test_links_and_modes_survive_an_undone_change(root, monkeypatch):
    """A file kept elsewhere is put back there, with the mode that it had."""
    elsewhere = root.parent / "elsewhere.txt"
    (root / "a.txt").rename(elsewhere)
    (root / "a.txt").symlink_to(elsewhere)
    elsewhere.chmod(0o640)
    stopped(root, monkeypatch)
    assert elsewhere.read_text() == "new a"
    list(recover(root))
    assert (root / "a.txt").is_symlink()
    assert elsewhere.read_text() == "old a"
    if os.name != "nt":
        assert elsewhere.stat().st_mode & 0o777 == 0o640


def test_a_disk_without_second_names_for_files_will_do(root, monkeypatch):
    """Where nothing can be linked or moved across, files are copied."""

    def refused(*_):
        raise OSError(18, "Invalid cross-device link")

    with monkeypatch.context() as patch:
        patch.setattr(os, "link", refused)
        change(root, CHANGE)
    assert contents(root) == AFTER


def test_scratch_goes_with_the_run_or_with_the_next(root):
    """Of a run that ends itself nothing stays; of a killed one until the next."""
    with scratch(root) as folder:
        (folder / "a").write_text("a")
    assert left(root) == []
    (root / ".portfolio" / "scratch-0").mkdir()
    list(recover(root))
    assert left(root) == []
