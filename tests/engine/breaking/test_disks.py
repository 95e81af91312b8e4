"""Where nothing can be written, each verb says so in a line, and leaves what was there."""

import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest
import test_kills
import victim

pytestmark = pytest.mark.skipif(os.name == "nt", reason="modes, limits and mounts are POSIX's")
LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv.pop(1)),) * 2)
from portfolio.__main__ import main
sys.exit(main(sys.argv[1:]))
"""
VERBS = {name: test_kills.CASES[name] for name in ("site", "add", "page", "import")}
every_verb = pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=name, marks=() if name == "import" else pytest.mark.stress)
        for name, case in VERBS.items()
    ],
)
CHOSEN = {"PYTHONPATH": str(victim.SCRIPTS), "PORTFOLIO_RENDERER": "embedded"}


def told(root, command):
    """Run a command in the project, which has to fail; return the line that it says."""
    ran = subprocess.run(
        command, cwd=root, env=os.environ | CHOSEN, capture_output=True, text=True, check=False
    )
    lines = [line for line in ran.stderr.splitlines() if not line.startswith("[")]
    assert ran.returncode == 1, ran.stderr
    assert "Traceback" not in ran.stderr
    assert "nobody foresaw" not in ran.stderr
    (line,) = lines
    return line


def as_one_who_obeys(*arguments):
    """Return the command of a verb, run by somebody who may not write what is read-only."""
    command = [sys.executable, "-m", "portfolio", *arguments]
    if os.geteuid():
        return command
    if not shutil.which("setpriv"):
        pytest.skip("root writes everywhere, and `setpriv` is not here to let that be")
    return ["setpriv", "--bounding-set=-dac_override,-dac_read_search", *command]


@contextmanager
def read_only(folder):
    """Have nobody write into a folder and those below it."""
    folders = [folder, *(path for path in folder.rglob("*") if path.is_dir())]
    for each in folders:
        each.chmod(0o555)
    try:
        yield
    finally:
        for each in folders:
            each.chmod(0o755)


@pytest.fixture
def prepared(tmp_path, case):
    """Return the folder of the site, with what the verb needs."""
    root = tmp_path / "site"
    case.prepare(root)
    return root


@every_verb
def test_a_folder_that_nobody_may_write(prepared, case):
    """The verb says at once which file it is about."""
    before = victim.tree(prepared)
    with read_only(prepared):
        line = told(prepared, as_one_who_obeys(*case.arguments))
        assert victim.tree(prepared) == before
    assert line == (
        ".portfolio: it cannot be written (Permission denied): "
        "make it and its folder writable, or close what has it open"
    )


@every_verb
def test_content_that_nobody_may_write(prepared, case):
    """Where only the papers are read-only, a site is rendered, and all else is refused."""
    before = victim.tree(prepared)
    with read_only(prepared / "publications"):
        if case is VERBS["site"]:
            command = as_one_who_obeys("site")
            ran = subprocess.run(command, cwd=prepared, env=os.environ | CHOSEN, check=False)
            assert ran.returncode == 0
        else:
            line = told(prepared, as_one_who_obeys(*case.arguments))
            assert line.startswith("publications/")
            assert "Permission denied" in line
    assert victim.tree(prepared) == before
    assert victim.scratch(prepared) == []


def test_a_site_without_write_access_to_its_project(tmp_path):
    """Its state and its pages alone need room, as where the sources are mounted read-only."""
    root = victim.make(tmp_path / "site")
    for name in ("_site", ".portfolio"):
        (root / name).mkdir()
    with read_only(root):
        for name in ("_site", ".portfolio"):
            (root / name).chmod(0o755)
        command = as_one_who_obeys("site")
        for _ in range(2):
            ran = subprocess.run(command, cwd=root, env=os.environ | CHOSEN, check=False)
            assert ran.returncode == 0
    assert victim.shows(root) == {"0"}


@pytest.mark.parametrize("size", [0, pytest.param(60, marks=pytest.mark.stress)])
@every_verb
def test_a_disk_that_takes_only_a_little(prepared, case, size):
    """Files that end before they are whole are none; the next run, with room, is as any other."""
    before = test_kills.state(prepared)
    command = [sys.executable, "-c", LIMITED, str(size), *case.arguments]
    line = told(prepared, command)
    assert "it cannot be written (File too large): make room on the disk" in line
    assert test_kills.state(prepared) == before
    assert victim.scratch(prepared) == []
    victim.inside(prepared, *case.arguments)
    assert test_kills.state(prepared) != before


@contextmanager
def small_disk(folder, kilobytes):
    """Have a disk of a few kilobytes at a folder."""
    folder.mkdir()
    size = f"size={kilobytes}k"
    command = ["mount", "-t", "tmpfs", "-o", size, "tmpfs", str(folder)]
    if os.geteuid() or not shutil.which("mount"):
        pytest.skip("needs root, to mount a small disk")
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    if ran.returncode:
        pytest.skip(f"needs to mount a small disk: {ran.stderr.strip()}")
    try:
        yield
    finally:
        assert victim.running_in(folder) == []
        subprocess.run([shutil.which("umount"), str(folder)], check=True)


def test_a_full_disk(tmp_path):
    """A site that fits once and then no more stays as it was; with room it is rendered."""
    root = tmp_path / "disk"
    with small_disk(root, 1000):  # room for two sites of three pages with the font of formulas
        victim.make(root)
        victim.inside(root, "site")
        assert victim.shows(root) == {"0"}
        victim.edit(root, 1)
        free = shutil.disk_usage(root).free
        (root / ".filling").write_bytes(b"x" * (free - 8192))
        line = told(root, [sys.executable, "-m", "portfolio", "site"])
        assert "(No space left on device): make room on the disk" in line
        assert victim.shows(root) == {"0"}
        assert victim.scratch(root) == []
        (root / ".filling").unlink()
        victim.inside(root, "site")
        assert victim.shows(root) == {"1"}


@pytest.mark.parametrize("name", ["_site", pytest.param(".portfolio", marks=pytest.mark.stress)])
def test_a_part_of_the_project_on_another_disk(tmp_path, name):
    """Pages and state may each lie on a disk of their own; sites are rendered again and again."""
    root = victim.make(tmp_path / "site")
    with small_disk(root / name, 2000):
        for number in range(2):
            victim.edit(root, number)
            victim.inside(root, "site")
            assert victim.shows(root) == {str(number)}
        assert "up to date" in victim.ran(root, "site")
        assert victim.scratch(root) == []


@pytest.mark.stress
def test_papers_move_in_from_a_state_on_another_disk(tmp_path):
    """What is laid ready there is copied, and nothing stays of it."""
    root = tmp_path / "site"
    VERBS["import"].prepare(root)
    with small_disk(root / ".portfolio", 2000):
        assert "Traceback" not in victim.ran(root, *VERBS["import"].arguments)
        assert "Moved 2" in (root / "publications" / "publications.bib").read_text()
        assert len(list((root / "publications" / "files").iterdir())) == 3
        assert victim.scratch(root) == []


@pytest.mark.stress
@pytest.mark.parametrize("name", ["_site", ".portfolio"])
def test_a_part_of_the_project_behind_a_link(tmp_path, name):
    """What a link leads to is used, and the link stays."""
    root = victim.make(tmp_path / "site")
    (tmp_path / "elsewhere").mkdir()
    (root / name).symlink_to(tmp_path / "elsewhere")
    for number in range(2):
        victim.edit(root, number)
        victim.inside(root, "site")
        assert victim.shows(root) == {str(number)}
    assert (root / name).readlink() == Path(tmp_path / "elsewhere")
    assert victim.scratch(root) == []
