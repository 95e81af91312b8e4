"""Data count wherever they lie: behind links, hidden, outside the project, or not there yet."""

import shutil

import lab
import pytest

PLUGINS = """from importlib import import_module
from pkgutil import iter_modules

VALUES = [import_module(f"{__name__}.{each.name}").V for each in iter_modules(__path__)]
"""
CELLS = (
    "open('../data/link.csv').read()",
    "open('../data/' + 'kept' + '.csv').read()",
    "import os\nsorted(os.listdir('../data/far'))",
    "open('../../elsewhere.csv').read()",
    "open('../.settings/size.csv').read()",
    "sum(len(files) for _, _, files in os.walk('../data/walked'))",
    "os.path.exists('../data/maybe.csv')",
    "QUERY = \"select * from '../data/query.db', read('../data/parts/*.bin')\"",
    "import plugins\nplugins.VALUES",
    "open('../../scratch.csv', 'w').write('1')\nopen('../../scratch.csv').read()",
)
CHANGED = {
    "what a link out of the project leads to": ("elsewhere/link.csv", "data/link.csv changed"),
    "what a link to a hidden file leads to": ("project/.kept/1", "data/kept.csv changed"),
    "a new file in a folder behind a link": ("elsewhere/far/new.csv", "data/far/ changed"),
    "a file outside that the code names": ("elsewhere.csv", "../elsewhere.csv changed"),
    "a hidden file that the code names": (
        "project/.settings/size.csv",
        ".settings/size.csv changed",
    ),
    "a new folder where all were gone through": (
        "project/data/walked/new/one.csv",
        "data/walked/ changed",
    ),
    "a file that was asked for and not there": (
        "project/data/maybe.csv",
        "data/maybe.csv is new",
    ),
    "what a query names": ("project/data/query.db", "data/query.db changed"),
    "a new file that a query's pattern fits": ("project/data/parts/2.bin", "data/parts/ changed"),
    "a module more where all are imported": (
        "project/scripts/plugins/two.py",
        "scripts/plugins/ changed",
    ),
}
"""The file that changes, and what is said of it."""


def save(path, text):
    """Write a file, with the folders that it lies in."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    """Return a folder with a project, and with files beside it, after a run."""
    home = tmp_path_factory.mktemp("home")
    root, data = home / "project", home / "project" / "data"
    for name in ("elsewhere/link.csv", "elsewhere/far/a.csv", "elsewhere.csv", "unread.csv"):
        save(home / name, "1")
    for name in (".kept/1", ".settings/size.csv", "data/walked/a/b.csv", "data/query.db"):
        save(root / name, "1")
    save(data / "parts" / "1.bin", "1")
    save(root / "scripts" / "plugins" / "__init__.py", PLUGINS)
    save(root / "scripts" / "plugins" / "one.py", "V = 1\n")
    (data / "link.csv").symlink_to("../../elsewhere/link.csv")
    (data / "kept.csv").symlink_to("../.kept/1")
    (data / "far").symlink_to("../../elsewhere/far")
    lab.put(root, "a", *CELLS)
    lab.run(root, "a")
    return home


@pytest.fixture
def home(ran, tmp_path):
    """Return a copy of the folder to change."""
    return shutil.copytree(ran, tmp_path / "copy", symlinks=True)


@pytest.mark.parametrize(("name", "reason"), CHANGED.values(), ids=CHANGED)
def test_data_count_wherever_they_lie(home, name, reason):
    """Links, hidden files, files outside, folders, queries and packages that are gone through."""
    assert lab.why(home / "project") == {}
    save(home / name, "V = 2\n")
    assert lab.why(home / "project") == {"a": [reason]}


def test_what_the_run_did_not_use_does_not_count(home):
    """Neither other files beside the project, nor what it made there itself."""
    save(home / "unread.csv", "2")
    save(home / "scratch.csv", "2")
    assert lab.why(home / "project") == {}


def test_a_link_counts_by_what_it_leads_to(home):
    """One that leads elsewhere now is another file, though the old one is as it was."""
    link = home / "project" / "data" / "kept.csv"
    save(home / "project" / ".kept" / "2", "2")
    link.unlink()
    link.symlink_to("../.kept/2")
    assert lab.why(home / "project") == {"a": ["data/kept.csv changed"]}


def test_what_lies_outside_and_is_not_here_is_a_hint(home):
    """Another machine has the project alone, and cannot tell whether it changed."""
    (home / "elsewhere.csv").unlink()
    (old,) = lab.stale(home / "project")
    assert [reason.what for reason in old.reasons] == ["../elsewhere.csv is gone"]
    assert old.problem(home / "project").hint


WRITES = """import ctypes
C = ctypes.CDLL(None)
file = C.open(b'out' + b'.bin', 0o1101, 0o644)
C.write(file, b'1', 1), C.close(file)
NAME = 'out.bin'"""


def test_what_every_run_saves_itself_is_no_reason_to_run_it_again(tmp_path):
    """A library below Python may save it: the first run cannot tell, from the second on it can."""
    lab.put(tmp_path, "a", WRITES)
    lab.run(tmp_path, "a")
    assert lab.why(tmp_path) == {"a": ["notebooks/out.bin was saved while it ran"]}
    for _ in range(3):
        lab.run(tmp_path, "a")
        assert lab.why(tmp_path) == {}
