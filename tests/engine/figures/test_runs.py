"""Notebooks run from a clean kernel, several at a time, and are stored whole or not at all."""

from threading import Barrier

import lab
import nbformat
import pytest

from portfolio.figures import running
from portfolio.figures.running import Pool, named
from portfolio.figures.runs import executed
from portfolio.notebook import NoNotebookError
from portfolio.records.problems import ContentError


class Silent:
    """A screen that keeps what it is told."""

    def __init__(self):
        self.told = []

    def began(self, name, expected):
        """Keep that a run began."""
        self.told.append(("began", name, expected))

    def stepped(self, name, done, count):
        """Keep how far it is."""
        self.told.append(("stepped", name, done, count))

    def ended(self, name, _, outcome):
        """Keep how it went."""
        self.told.append(("ended", name, outcome))

    def said(self, line):
        """Keep a line."""


def pooled(root, *names, jobs=2, timeout=60, execute=executed):
    """Run notebooks; return what failed and what was told."""
    screen = Silent()
    paths = [root / "notebooks" / f"{name}.ipynb" for name in names]
    failed = Pool(jobs, timeout, execute).run(paths, root, screen)
    return [(str(error), error.trail) for error in failed], screen.told


def read(root, name):
    """Return a notebook of the project."""
    return nbformat.read(root / "notebooks" / f"{name}.ipynb", as_version=4)


PRINTS = "import time\nfor n in range(3):\n    print(n, ' ', flush=True)\n    time.sleep(.2)"
BREAKS = """#| label: fig-broken
from lab_code import waves


def inner():
    return waves.broken(0)


inner()"""


def hurried(text, path, root, *, timeout, step):
    """Run a notebook, the slow one with little time, for which nobody need wait."""
    seconds = timeout / 30 if path.stem == "slow" else timeout
    return executed(text, path, root, step=step, timeout=seconds)


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    """Return a project of three notebooks, of which one fails, after a run, and what came of it."""
    root = tmp_path_factory.mktemp("lab")
    (root / "scripts" / "lab_code").mkdir(parents=True)
    (root / "scripts" / "lab_code" / "waves.py").write_text("def broken(x):\n    return 1 / x\n")
    lab.put(root, "good", "print(1)\n1", PRINTS)
    lab.put(root, "broken", "print('before')", BREAKS)
    before = (root / "notebooks" / "broken.ipynb").read_bytes()
    lab.put(root, "slow", "import time\ntime.sleep(600)")
    return root, before, *pooled(root, "broken", "good", "slow", execute=hurried)


def test_a_run_stores_outputs_and_no_traces_of_us(ran):
    """After a run the notebook holds its cells, their outputs and numbers, and the record."""
    notebook = read(ran[0], "good")
    assert [cell.cell_type for cell in notebook.cells] == ["markdown", "code", "code"]
    assert [cell.execution_count for cell in notebook.cells[1:]] == [1, 2]
    assert notebook.cells[1].outputs[1].execution_count == 1
    assert notebook.metadata.portfolio.modules == {}


def test_prints_are_one_output_however_slowly_they_come(ran):
    """What a cell prints over time is stored as one text, without blanks at the ends of lines."""
    (output,) = read(ran[0], "good").cells[2].outputs
    assert output.text == "0\n1\n2\n"


def test_a_failing_cell_is_shown_and_the_notebook_stays_as_it_was(ran):
    """Notebook, line of the file, cell, line of the cell, error, and the way through own code."""
    root, before, failed, _ = ran
    path = root / "notebooks" / "broken.ipynb"
    line = next(n for n, text in enumerate(path.read_text().split("\n"), 1) if '"inner()"' in text)
    said, trail = failed[0]
    assert said == (
        f"notebooks/broken.ipynb:{line}: broken: cell 3, line 9: "
        "ZeroDivisionError: division by zero: mend the cell"
    )
    assert trail == (
        "    cell 3, line 9: inner()",
        "    cell 3, line 6: return waves.broken(0)",
        "    scripts/lab_code/waves.py:2: return 1 / x",
        "    ZeroDivisionError: division by zero",
    )
    assert path.read_bytes() == before


def test_a_cell_that_takes_too_long_is_stopped(ran):
    """It is named with the time that it had, and holds up no other notebook."""
    failed, told = ran[2:]
    assert failed[1][0] == (
        "notebooks/slow.ipynb:1: slow: cell 2: it took more than 2 s: give it longer with --timeout"
    )
    assert ("ended", "good", "done") in told
    assert ("stepped", "good", 1, 3) in told


def test_a_run_with_the_same_result_changes_no_byte(ran):
    """Not even the times that it took, which are those of the first run that gave this result."""
    root = ran[0]
    path = root / "notebooks" / "good.ipynb"
    text = path.read_text()
    slower = text.replace('"seconds": ', '"seconds": 9').replace('"processor": ', '"processor": 9')
    assert slower.count('or": 9') == 1
    assert executed(slower, path, root) == slower


def fake(text, path, root, *, step, **_):
    """Stand in for a run: report a step, and give the text another title."""
    step(0, 1)
    if path.stem == "saved":
        lab.put(root, "saved", "2")
    return text.replace("# A", "# B")


def test_an_edit_during_the_run_is_kept(tmp_path):
    """A notebook that is saved while it runs stays as saved; a line says so."""
    lab.put(tmp_path, "saved", "1")
    failed, told = pooled(tmp_path, "saved", execute=fake)
    assert failed[0][0] == (
        "notebooks/saved.ipynb:1: saved: it was saved while it ran, and stays as it was saved: "
        "run it again"
    )
    assert read(tmp_path, "saved").cells[1].source == "2"
    assert told[-1] == ("ended", "saved", "failed")


def test_a_notebook_that_cannot_be_read_holds_up_no_other(tmp_path):
    """It is named, and the others are run and stored."""
    lab.put(tmp_path, "a", "1")
    lab.put(tmp_path, "b", "1")

    def execute(text, path, *_, **__):
        if path.stem == "a":
            raise NoNotebookError("a comma is missing", line=3)
        return text.replace("# A", "# B")

    failed, told = pooled(tmp_path, "a", "b", jobs=1, execute=execute)
    assert failed[0][0].startswith("notebooks/a.ipynb:3: a: it could not be run (a comma is")
    assert ("ended", "b", "done") in told


def test_a_fault_of_ours_is_no_fault_of_the_notebook(tmp_path):
    """What nobody foresaw goes up as it is."""
    lab.put(tmp_path, "a", "1")

    def fault(*_, **__):
        raise LookupError("ours")

    with pytest.raises(LookupError):
        pooled(tmp_path, "a", execute=fault)


def test_more_run_at_once_as_workers_come(tmp_path, monkeypatch):
    """What waited for room begins once there is some, beside what is running."""
    monkeypatch.setattr(running, "_PAUSE", 0.01)
    paths = [tmp_path / "notebooks" / f"{name}.ipynb" for name in "abc"]
    for path in paths:
        lab.put(tmp_path, path.stem, "1")
    together, asked = Barrier(3), iter([1, 1, 1, 2])

    def execute(text, *_, **__):
        together.wait(timeout=30)
        return text

    screen = Silent()
    assert not Pool(9, 60, execute, room=lambda: next(asked, 9)).run(paths, tmp_path, screen)
    assert [told[0] for told in screen.told].count("ended") == 3


def test_names_are_slugs_or_paths(tmp_path):
    """A notebook is named by its paper's slug or its path; one that is not there is named back."""
    lab.put(tmp_path, "a", "1")
    known = [tmp_path / "notebooks" / "a.ipynb"]
    assert named(["a", "notebooks/a.ipynb"], known) == known
    with pytest.raises(ContentError, match="b: there is no notebook of this name"):
        named(["b"], known)


CHANGED = """from pathlib import Path
import os, subprocess, sys
text = Path("data.csv").read_text()
if not Path(".changed").exists():
    Path(".changed").touch()
    code = "open('data.csv', 'r+').write('C'); open('data.csv', 'r+').write('1')"
    subprocess.run(["env", "-u", "PORTFOLIO_WITNESS", sys.executable, "-c", code], check=True)
"""


@pytest.mark.skipif("sys.platform == 'win32'", reason="env is a command of POSIX")
def test_data_saved_during_the_run_make_the_figure_stale(tmp_path):
    """What was read may not be what is there now, though it looks the same."""
    lab.put(tmp_path, "a", CHANGED)
    (tmp_path / "notebooks" / "data.csv").write_text("1")
    lab.run(tmp_path, "a")
    assert lab.why(tmp_path) == {"a": ["notebooks/data.csv was saved while it ran"]}


PRINTED = """import sys
from IPython.display import display
print('a\\rb\\r\\nwhole\\r12\\r3', flush=True)
print('careful', file=sys.stderr, flush=True)
display(1)
print('end', flush=True)
print('again', file=sys.stderr)"""
ERRS_FIRST = "import sys\nprint('e', file=sys.stderr, flush=True)\nprint('o', flush=True)"


def test_what_was_printed_is_kept_together_as_a_terminal_shows_it(tmp_path):
    """One output for each stream, errors after what was printed, lines as they were in the end."""
    lab.put(tmp_path, "a", PRINTED, ERRS_FIRST)
    assert pooled(tmp_path, "a")[0] == []
    first, second = (cell.outputs for cell in read(tmp_path, "a").cells[1:])
    shown = [(each.get("name"), each.get("text")) for each in first]
    assert shown == [("stdout", "b\r\n3\nend\n"), ("stderr", "careful\nagain\n"), (None, None)]
    assert [(each.name, each.text) for each in second] == [("stdout", "o\n"), ("stderr", "e\n")]


def test_a_long_line_takes_no_longer_than_many_short_ones(tmp_path):
    """A whole list printed at once is a line of millions of letters."""
    lab.put(tmp_path, "a", "print('x' * 3_000_000)")
    assert pooled(tmp_path, "a", timeout=30)[0] == []
    assert len(read(tmp_path, "a").cells[1].outputs[0].text) == 3_000_001
