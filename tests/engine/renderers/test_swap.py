"""A rendered site takes the place of the last one, whatever kind of folder that is."""

import errno
import os
import shutil
from pathlib import Path

import pytest
from killed import forked

from portfolio.files import UnwritableError
from portfolio.renderers import RenderError, swap
from portfolio.renderers.swap import discard, draft, put_in_place, restore

OLD = {"index.html": "old", "gone.html": "old", "news/index.html": "old"}
NEW = {"index.html": "new", "papers/index.html": "new", "news/index.html": "new"}
NEEDS_LINKS = pytest.mark.skipif(os.name == "nt", reason="links need a right of their own there")


def fill(folder, texts):
    """Write files into a folder."""
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


def contents(folder):
    """Return the text of each file of a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in folder.rglob("*")
        if path.is_file()
    }


def plain(root):
    """Have a site in a folder like others."""
    fill(root / "_site", OLD)


def none(_):
    """Have no site yet."""


def linked(root):
    """Have it elsewhere, where a link leads."""
    fill(root.parent / "public", OLD)
    (root / "_site").symlink_to(root.parent / "public")


def linked_to_nothing_yet(root):
    """Have a link to a folder that is to be made."""
    (root / "_site").symlink_to(root.parent / "public")


def a_repository(root):
    """Have it in a folder that is a worktree of its own, as for a branch that is published."""
    plain(root)
    (root / "_site" / ".git").write_text("gitdir: elsewhere")


KINDS = [plain, none, pytest.param(linked, marks=NEEDS_LINKS)]
KINDS += [pytest.param(linked_to_nothing_yet, marks=NEEDS_LINKS), a_repository]
every_kind = pytest.mark.parametrize("kind", KINDS)


@pytest.fixture
def root(tmp_path):
    """Return a project's folder."""
    (tmp_path / "project").mkdir()
    return tmp_path / "project"


def ours(site):
    """Return the files of a site but for those of its repository."""
    return {name: text for name, text in contents(site).items() if name != ".git"}


def state(root):
    """Return what is left in the project's state."""
    return [path.name for path in (root / ".portfolio").iterdir()]


def other_disk(monkeypatch):
    """Let no file or folder be moved into or out of the project's state."""
    rename, replace = Path.rename, Path.replace

    def refusing(function):
        def moved(path, target):
            if (".portfolio" in path.parts) != (".portfolio" in Path(target).parts):
                raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
            return function(path, target)

        return moved

    monkeypatch.setattr(Path, "rename", refusing(rename))
    monkeypatch.setattr(Path, "replace", refusing(replace))


def a_mount(monkeypatch):
    """Let `_site` not be renamed, as where a disk begins in it."""
    rename = Path.rename

    def moved(path, target):
        if path.name == "_site":
            raise OSError(errno.EBUSY, os.strerror(errno.EBUSY))
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", moved)


@pytest.mark.parametrize("disks", [None, other_disk, a_mount], ids=["one", "state", "site"])
@every_kind
def test_a_site_is_put_in_place(root, monkeypatch, kind, disks):
    """It has the pages of the render and no others; links, disks and repositories stay."""
    kind(root)
    link = (root / "_site").is_symlink()
    fill(draft(root), NEW)
    if disks:
        disks(monkeypatch)
    put_in_place(root)
    discard(root)
    assert ours(root / "_site") == NEW
    assert (root / "_site").is_symlink() == link
    assert (root / "_site" / ".git").exists() == (kind is a_repository)
    assert state(root) == []


@pytest.mark.parametrize("wrong", ["full disk", "Ctrl-C"])
@pytest.mark.parametrize("step", range(12))
@pytest.mark.parametrize("kind", [pytest.param(linked, marks=NEEDS_LINKS), a_repository])
def test_what_fails_inside_leaves_the_last_site(root, monkeypatch, kind, step, wrong):
    """Whichever rename or copy it is, the last site is whole, and nothing lies beside it."""
    kind(root)
    before = contents(root / "_site")
    fill(draft(root), NEW)
    rename, copy, done = Path.rename, swap.copy, []

    def failing(function):
        def stepping(*arguments):
            done.append(arguments)
            if len(done) == step + 1:
                raise OSError(28, "full") if wrong == "full disk" else KeyboardInterrupt
            return function(*arguments)

        return stepping

    monkeypatch.setattr(Path, "rename", failing(rename))
    monkeypatch.setattr(swap, "copy", failing(copy))
    try:
        put_in_place(root)
    except (UnwritableError, KeyboardInterrupt):
        assert contents(root / "_site") in (before, with_repository(before, NEW))
        assert not any(path.name.startswith(".portfolio") for path in (root / "_site").iterdir())
    else:
        assert len(done) <= step
        assert ours(root / "_site") == NEW


@pytest.mark.skipif(os.name == "nt", reason="the moments are told by POSIX's calls")
@every_kind
def test_killed_at_any_moment_a_whole_site_comes_back(root, tmp_path, kind):
    """Before each call to the system in turn: the next run finds the old site or the new one."""
    kind(root)
    seen = []
    for step in range(200):
        again = tmp_path / "again" / "project"
        besides = shutil.ignore_patterns("again")
        shutil.copytree(tmp_path, again.parent, symlinks=True, ignore=besides)
        if (again / "_site").is_symlink():
            (again / "_site").unlink()
            (again / "_site").symlink_to(again.parent / "public")
        before = ours(again / "_site")
        fill(draft(again), NEW)
        killed = forked(lambda again=again: put_in_place(again), step)
        restore(again)
        assert ours(again / "_site") in (before, NEW), step
        assert (again / "_site" / ".git").exists() == (kind is a_repository)
        seen.append(ours(again / "_site"))
        shutil.rmtree(again.parent)
        if not killed:
            break
    assert seen[-1] == NEW
    assert len(seen) > 1


def with_repository(before, texts):
    """Return texts with the file of a repository, if that was there before."""
    return texts | {name: text for name, text in before.items() if name == ".git"}


IN_THE_WAY = {
    "a file": (lambda site: site.write_text("mine"), "_site: it is no folder: "),
    "a loop": (lambda site: site.symlink_to("_site"), "_site: it is no folder: "),
    "to a file": (lambda site: site.symlink_to("file"), "_site: it is no folder: "),
    "to no place": (lambda site: site.symlink_to("no/such/place"), "_site: it leads to nothing "),
}


@NEEDS_LINKS
@pytest.mark.parametrize(("make", "said"), IN_THE_WAY.values(), ids=IN_THE_WAY)
def test_what_can_be_no_site_is_said_before_anything_is_rendered(root, make, said):
    """It is named in a line, and stays as it is."""
    (root / "file").write_text("mine")
    make(root / "_site")
    before = sorted(path.name for path in root.iterdir())
    with pytest.raises(RenderError, match=f"^{said}"):
        draft(root)
    assert sorted(path.name for path in root.iterdir()) == before


def test_a_draft_that_is_gone_empties_no_site(root):
    """Whoever clears the state away during a render has the last site still."""
    plain(root)
    shutil.rmtree(draft(root))
    with pytest.raises(RenderError, match="somebody removed it meanwhile: try again"):
        put_in_place(root)
    assert contents(root / "_site") == OLD
