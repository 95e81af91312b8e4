"""A figure is stale when something that could change it changed, and then only."""

import importlib.metadata
import json
import shutil

import lab
import pytest

WAVES = "scripts/helpers/waves.py"


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    """Return a project whose two notebooks were run."""
    root = lab.make(tmp_path_factory.mktemp("lab"))
    lab.run(root, "a", "b")
    return root


@pytest.fixture
def project(ran, tmp_path):
    """Return a copy of the project to change."""
    return shutil.copytree(ran, tmp_path / "copy")


def edit(root, path, old, new):
    """Replace a text in a file of the project."""
    text = (root / path).read_text()
    assert old in text
    (root / path).write_text(text.replace(old, new))


def test_what_was_just_run_is_fresh(project):
    """After its run no figure is stale, wherever the project lies."""
    assert lab.why(project) == {}


MEANS_NOTHING = {
    "a comment": ("# of everything", "# of each thing"),
    "a docstring": ("Return x, scaled.", "Return x times the scale."),
    "the module's docstring": ('"""What notebooks share."""', '"""Shared things."""'),
    "formatting": ("return SCALE * x", "return (\n        SCALE*x\n    )"),
    "a new function that nobody uses": (
        "def shifted",
        "def unused() -> int:\n    return 3\n\n\ndef shifted",
    ),
}


@pytest.mark.parametrize(("old", "new"), MEANS_NOTHING.values(), ids=MEANS_NOTHING)
def test_what_means_nothing_makes_nothing_stale(project, old, new):
    """Comments, docstrings, formatting and definitions that no code mentions do not count."""
    edit(project, WAVES, old, new)
    assert lab.why(project) == {}


MEANS_SOMETHING = {
    "a constant of both": ("SCALE = 2", "SCALE = 3", {"a", "b"}),
    "the function of one": ("return SCALE * x", "return SCALE + x", {"a"}),
    "the function of the other": ("return x + 1", "return x + 2", {"b"}),
    "a name that hides another": (
        "SCALE = 2",
        "SCALE = 2\n\n\ndef float(x):\n    return 1",
        {"a", "b"},
    ),
    "an import": ("SCALE = 2", "import math\n\nSCALE = 2", {"a", "b"}),
}


@pytest.mark.parametrize(("old", "new", "names"), MEANS_SOMETHING.values(), ids=MEANS_SOMETHING)
def test_code_counts_for_those_who_use_it(project, old, new, names):
    """A changed function makes those notebooks stale that reach it, module code all of them."""
    edit(project, WAVES, old, new)
    assert lab.why(project) == {name: [f"the code of {WAVES} changed"] for name in names}


def test_data_count_for_those_who_read_them(project):
    """A changed or removed file makes the notebook stale that read it."""
    (project / "notebooks" / "a.csv").write_text("2")
    assert lab.why(project) == {"a": ["notebooks/a.csv changed"]}
    (project / "notebooks" / "a.csv").unlink()
    assert lab.why(project) == {"a": ["notebooks/a.csv is gone"]}


def test_a_module_that_hides_another_counts(project):
    """A new file that an import finds before the old one makes its notebooks stale."""
    (project / "scripts" / "pathlib.py").write_text("Path = None\n")
    assert lab.why(project) == {
        name: ["it imports scripts/pathlib.py, which is new"] for name in "ab"
    }


def test_a_removed_module_counts(project):
    """A module that is gone is named."""
    (project / WAVES).unlink()
    assert lab.why(project) == {name: [f"{WAVES} is gone"] for name in "ab"}


def record_of(root, name):
    """Return the record in a notebook, and a function that writes it back."""
    path = root / "notebooks" / f"{name}.ipynb"
    notebook = json.loads(path.read_text())

    def store():
        path.write_text(json.dumps(notebook))

    return notebook["metadata"]["portfolio"], store


@pytest.fixture
def with_numpy(project):
    """Return the project, in which one notebook ran with an older numpy than is here."""
    record, store = record_of(project, "a")
    record["packages"]["numpy"] = "1.0"
    store()
    return project


def test_a_package_counts(with_numpy):
    """Another version than ran is named; without a lock it is this machine's alone."""
    here = importlib.metadata.version("numpy")
    (old,) = lab.stale(with_numpy)
    assert [reason.what for reason in old.reasons] == [f"numpy is {here} here and was 1.0"]
    assert old.problem(with_numpy).hint


def test_the_lock_decides_about_packages(with_numpy):
    """What the project pins is what its figures should be made with, whatever is here."""
    lock = with_numpy / "requirements.lock"
    lock.write_text("numpy==1.0 \\\n    --hash=sha256:00\n")
    assert lab.why(with_numpy) == {}
    lock.write_text("numpy==1.0 ; python_version < '3.12'\nnumpy==2.0 ; python_version >= '3.12'\n")
    assert lab.why(with_numpy) == {}
    lock.write_text("NumPy==2.0\n")
    (old,) = lab.stale(with_numpy)
    assert old.reasons[0].what == "numpy is pinned to 2.0 and was 1.0"
    assert not old.problem(with_numpy).hint
    assert not old.runnable, "a run with what is here would not mend it"


def test_python_counts(project):
    """A figure of another Python is named, as a hint: machines differ in it."""
    record, store = record_of(project, "b")
    record["python"] = "3.8.1"
    store()
    (old,) = lab.stale(project)
    assert "was 3.8" in old.reasons[0].what
    assert old.problem(project).hint


def test_the_line_names_figure_and_reason(project):
    """The problem that `check` shows names notebook, label, why, and the verb that mends it."""
    lab.put(project, "a", "#| label: fig-waves\n1")
    (old,) = lab.stale(project)
    assert str(old.problem(project)) == (
        "notebooks/a.ipynb:1: a: fig-waves is stale: it was not run from a clean kernel: "
        "run `portfolio figures a`"
    )


def test_an_older_record_is_read(project):
    """A record as they were written before still says whether code or inputs changed."""
    path = project / "notebooks" / "a.ipynb"
    notebook = json.loads(path.read_text())
    source = "".join(notebook["cells"][1]["source"])
    data = (project / "notebooks" / "a.csv").read_bytes()
    from hashlib import sha256  # noqa: PLC0415

    notebook["metadata"]["portfolio"] = {
        "code": sha256(json.dumps([source]).encode()).hexdigest(),
        "inputs": {"notebooks/a.csv": sha256(data).hexdigest()},
        "seconds": 3,
    }
    path.write_text(json.dumps(notebook))
    assert lab.why(project) == {}
    (project / "notebooks" / "a.csv").write_text("2")
    assert lab.why(project) == {"a": ["notebooks/a.csv changed"]}
