"""Notebooks run from a clean kernel, and only when something changed."""

import nbformat
import pytest
from nbformat import v4

from portfolio.figures.runs import run_stale, stale
from portfolio.records.problems import ContentError

READ = "from pathlib import Path\nprint(Path('data.csv').read_text())"


@pytest.fixture
def project(tmp_path):
    """Return a project with one notebook that reads a file."""
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks" / "data.csv").write_text("1")
    cells = [v4.new_markdown_cell("# A"), v4.new_code_cell(READ)]
    nbformat.write(v4.new_notebook(cells=cells), tmp_path / "notebooks" / "a.ipynb")
    return tmp_path


def change_code(project, source):
    """Give the notebook's one code cell another source, as an editor would."""
    path = project / "notebooks" / "a.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[1].source = source
    nbformat.write(notebook, path)


def names(project):
    """Return the names of the stale notebooks."""
    return [path.stem for path in stale(project)]


def test_a_run_stores_outputs_and_what_it_read(project):
    """After a run the notebook holds its output, the hash of what it read, and no traces of us."""
    said = []
    run_stale(project, tell=said.append)
    notebook = nbformat.read(project / "notebooks" / "a.ipynb", as_version=4)
    assert [cell.cell_type for cell in notebook.cells] == ["markdown", "code"]
    assert notebook.cells[1].outputs[0].text == "1\n"
    assert notebook.cells[1].execution_count == 1
    assert list(notebook.metadata.portfolio.inputs) == ["notebooks/data.csv"]
    assert said[0] == "[1/1] notebooks/a.ipynb"


def test_prints_are_one_output_however_slowly_they_come(project):
    """What a cell prints over time is stored as one text, without blanks at the ends of lines."""
    change_code(
        project,
        "import time\nfor n in range(3):\n    print(n, ' ', flush=True)\n    time.sleep(.3)",
    )
    run_stale(project, tell=lambda _: None)
    notebook = nbformat.read(project / "notebooks" / "a.ipynb", as_version=4)
    (output,) = notebook.cells[1].outputs
    assert output.text == "0\n1\n2\n"


def test_only_what_changed_runs_again(project):
    """A notebook is stale when its code or a file that it read changed, not when prose did."""
    assert names(project) == ["a"]
    run_stale(project, tell=lambda _: None)
    assert names(project) == []
    change_code(project, f"#| label: fig-a\n{READ}")
    assert names(project) == [], "an option is no code"
    change_code(project, f"{READ}\n1")
    assert names(project) == ["a"]
    change_code(project, READ)
    (project / "notebooks" / "data.csv").write_text("2")
    assert names(project) == ["a"]
    (project / "notebooks" / "data.csv").unlink()
    assert names(project) == ["a"]


def test_a_failing_notebook_stays_as_it_was(project):
    """A cell that fails is named; the stored outputs of the last good run survive."""
    change_code(project, "1 / 0")
    before = (project / "notebooks" / "a.ipynb").read_bytes()
    with pytest.raises(ContentError) as error:
        run_stale(project, tell=lambda _: None)
    assert str(error.value) == (
        "notebooks/a.ipynb:1: a: the notebook stopped with ZeroDivisionError: division by zero: "
        "mend the cell"
    )
    assert (project / "notebooks" / "a.ipynb").read_bytes() == before


SAVED = """import json
from pathlib import Path
path = Path("a.ipynb")
if path.exists() and not Path(".saved").exists():
    Path(".saved").touch()
    notebook = json.loads(path.read_text())
    notebook["cells"][0]["source"] = "# My edit"
    path.write_text(json.dumps(notebook))
"""


def test_an_edit_during_the_run_is_kept(project):
    """A notebook that is saved while it runs stays as saved; a line says so, and it runs again."""
    change_code(project, SAVED)
    with pytest.raises(ContentError) as error:
        run_stale(project, tell=lambda _: None)
    assert str(error.value) == (
        "notebooks/a.ipynb:1: a: it was saved while it ran, and stays as it was saved: run it again"
    )
    assert "My edit" in (project / "notebooks" / "a.ipynb").read_text()
    assert names(project) == ["a"]
    run_stale(project, tell=lambda _: None)
    assert "My edit" in (project / "notebooks" / "a.ipynb").read_text()
    assert names(project) == []


CHANGED = """from pathlib import Path
import os, subprocess, sys
text = Path("data.csv").read_text()
if not Path(".changed").exists():
    Path(".changed").touch()
    code = "open('data.csv', 'w').write('C'); open('data.csv', 'w').write('1')"
    subprocess.run([sys.executable, "-c", code], check=True)
"""


def test_data_saved_during_the_run_make_the_figure_stale(project):
    """What was read may not be what is there now, though it looks the same."""
    change_code(project, CHANGED)
    run_stale(project, tell=lambda _: None)
    assert names(project) == ["a"]
    run_stale(project, tell=lambda _: None)
    assert names(project) == []


MAKES = {
    "itself": "open('made.csv', 'w').write('1')",
    "by renaming": "open('.draft', 'w').write('1')\nimport os\nos.replace('.draft', 'made.csv')",
    "another process": (
        "import subprocess, sys\n"
        "subprocess.run([sys.executable, '-c', \"open('made.csv', 'w').write('1')\"])"
    ),
}


@pytest.mark.parametrize("makes", MAKES.values(), ids=MAKES)
def test_data_that_the_run_makes_are_its_own(project, makes):
    """A notebook that writes what it reads is up to date after a run or two."""
    change_code(project, f"{makes}\nprint(open('made.csv').read())")
    run_stale(project, tell=lambda _: None)
    run_stale(project, tell=lambda _: None)
    assert names(project) == []
