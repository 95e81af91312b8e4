"""What a run used is noted, however it came to be used."""

import os

import lab
import nbformat
import pytest

READ = {
    "opened": "open('{}.csv').read()",
    "pandas": "import pandas as pd\npd.read_csv('{}.csv')",
    "a map of memory": "import numpy as np\nint(np.memmap('{}.csv', mode='r', dtype='u1').sum())",
    "sqlite": "import sqlite3\nsqlite3.connect('{}.csv').close()",
    "a command": "import subprocess\nsubprocess.run(['true', '{}.csv'])",
    "a shell": "import os\nos.system('true < {}.csv')",
    "a magic": "!true {}.csv",
    "a Python": (
        "import subprocess, sys\n"
        "subprocess.run([sys.executable, '-c', \"open('{}' + '.csv').read()\"], check=True)"
    ),
    "a fork": (
        "import multiprocessing\n"
        "child = multiprocessing.get_context('fork').Process(target=lambda: open('{}' + '.csv'))\n"
        "child.start(); child.join()"
    ),
    "a library in C": "import ctypes\nheld = ctypes.CDLL(None).open(b'{}' + b'.csv', 0)",
    "its name alone": "NAME = '{}.csv'",
}
MODULES = {
    "in a function": "def late():\n    import {}\nlate()",
    "by a name that is made": "import importlib\nimportlib.import_module('{}' + '')",
    "in another Python": (
        "import subprocess, sys\n"
        "subprocess.run([sys.executable, '-c', \"__import__('{}' + '')\"], check=True)"
    ),
}
VARIABLES = """import os, helper
size = os.environ['LAB_SIZE'], os.getenv('LAB_UNSET'), 'LAB_ASKED' in os.environ
os.environ['LAB_OWN'] = '1'; os.environ['LAB_OWN']
os.environ.setdefault('LAB_DEFAULT', '1'); os.environ.pop('LAB_POPPED', None)
env = dict(os.environ)
home = os.path.expanduser('~')"""
MADE = {
    "itself": "open('{}', 'w').write('1')",
    "by_renaming": "open('.draft', 'w').write('1')\nimport os\nos.replace('.draft', '{}')",
    "another_process": (
        "import subprocess, sys\n"
        "subprocess.run([sys.executable, '-c', \"open('{}', 'w').write('1')\"])"
    ),
}
"""How a run makes a file that it then reads."""
MISSING = "try:\n    open('missing.csv')\nexcept OSError:\n    pass"
HELPER = "import os\nX = os.environ.get('LAB_HELPER')\n"
START_UP = "import builtins\nbuiltins.hello = 1\n"


def word(way):
    """Return the way in one word, for a file's name."""
    return way.replace(" ", "_").lower()


@pytest.fixture(scope="module")
def patch():
    """Return a patch of the environment for all tests here."""
    with pytest.MonkeyPatch.context() as patch:
        yield patch


@pytest.fixture(scope="module")
def ran(tmp_path_factory, patch):
    """Return a project whose one notebook used things in every way, and was run."""
    root = tmp_path_factory.mktemp("lab")
    (root / "notebooks").mkdir()
    (root / "scripts").mkdir()
    (root / "site").mkdir()
    for way in READ:
        (root / "notebooks" / f"{word(way)}.csv").write_bytes(b"12345678")
    for way in MODULES:
        (root / "scripts" / f"{word(way)}.py").write_text("X = 1\n")
    (root / "scripts" / "helper.py").write_text(HELPER)
    (root / "site" / "sitecustomize.py").write_text(START_UP)
    patch.setenv("LAB_SIZE", "secret")
    patch.setenv("PYTHONPATH", str(root / "site"), prepend=os.pathsep)
    ways = [text.replace("{}", word(way)) for way, text in (READ | MODULES).items()]
    made = [
        f"{text}\nopen('{{}}').read()".replace("{}", f"{way}.csv") for way, text in MADE.items()
    ]
    lab.put(root, "a", *ways, VARIABLES, *made, MISSING, "print(hello)")
    lab.run(root, "a")
    return root


@pytest.fixture(scope="module")
def record(ran):
    """Return the record of the run."""
    return nbformat.read(ran / "notebooks" / "a.ipynb", as_version=4).metadata.portfolio


@pytest.mark.parametrize("way", READ)
def test_data_that_are_read_are_noted(record, way):
    """By Python, a library, a memory map, a command, a child, and by name where nobody sees."""
    assert f"notebooks/{word(way)}.csv" in record["data"]


@pytest.mark.parametrize("way", MODULES)
def test_modules_are_noted_wherever_they_are_imported(record, way):
    """In a function, by a name that is made, or in another Python."""
    assert f"scripts/{word(way)}.py" in record["modules"]


@pytest.mark.parametrize("way", MADE)
def test_a_run_reads_nothing_that_it_made(record, way):
    """What it writes first is its result, and no reason to run again."""
    assert f"notebooks/{way}.csv" not in record["data"]


def test_variables_that_it_asks_for_are_noted_without_their_values(ran, record, patch):
    """Its own and its modules' requests count, not those of libraries, nor what it sets itself."""
    found = record["environment"]
    asked = {"LAB_SIZE", "LAB_UNSET", "LAB_ASKED", "LAB_DEFAULT", "LAB_POPPED", "LAB_HELPER"}
    assert set(found) == asked
    assert found["LAB_UNSET"] == ""
    assert "secret" not in str(record)
    assert lab.why(ran) == {}
    with patch.context() as other:
        other.setenv("LAB_SIZE", "another")
        assert lab.why(ran) == {"a": ["the variable LAB_SIZE has another value here"]}
    with patch.context() as other:
        other.setenv("LAB_UNSET", "")
        assert lab.why(ran) == {"a": ["the variable LAB_UNSET has another value here"]}


def test_packages_are_those_that_it_imports_and_what_these_need(record):
    """What only the kernel needs does not count."""
    found = record["packages"]
    assert {"pandas", "numpy", "python-dateutil"} <= found.keys()
    assert not {"ipykernel", "jupyter-client", "tornado", "pyzmq"} & found.keys()


def test_a_command_that_nobody_watches_may_read_anything(ran, record):
    """Whatever of the project may be data counts, since nothing tells what it read."""
    assert "**" in record["data"]
    (ran / "notebooks" / "more.bin").write_bytes(b"0")
    assert lab.why(ran) == {"a": ["a file that a command may have read changed"]}
    (ran / "notebooks" / "more.bin").unlink()


def test_what_python_and_the_kernel_look_up_is_not_the_notebooks(record):
    """Not the folders of imports and packages, what lies in memory, nor what Python compiles."""
    found = {name for name in record["data"] if name.endswith("/") or ":" in name}
    assert not found | {name for name in record["data"] if "__pycache__" in name}


def test_a_file_that_it_looks_for_and_does_not_find_counts_once_it_is_there(ran, record):
    """Such as settings that nobody has written yet."""
    assert record["data"]["notebooks/missing.csv"] == "absent"
    (ran / "notebooks" / "missing.csv").write_text("1")
    assert "notebooks/missing.csv is new" in lab.why(ran)["a"]
    (ran / "notebooks" / "missing.csv").unlink()


LISTED = "from pathlib import Path\nlist(Path('data').glob('*.csv'))"


def test_a_folder_that_is_listed_counts_with_what_lies_in_it(tmp_path):
    """A file more could be one to read, and one that a library opens is there in any case."""
    (tmp_path / "notebooks" / "data").mkdir(parents=True)
    (tmp_path / "notebooks" / "data" / "one.csv").write_text("1")
    lab.put(tmp_path, "a", LISTED)
    lab.run(tmp_path, "a")
    assert lab.why(tmp_path) == {}
    for name in ("one.csv", "two.csv"):
        (tmp_path / "notebooks" / "data" / name).write_text("2")
        assert lab.why(tmp_path) == {"a": ["notebooks/data/ changed"]}
