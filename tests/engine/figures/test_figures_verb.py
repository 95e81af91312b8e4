"""The verb that runs notebooks, as people type it."""

import io
from functools import partial

import lab
import nbformat
import pytest

from portfolio.__main__ import main
from portfolio.figures import running
from portfolio.verbs.progress import Progress, spoken

SETTINGS = "owner: {name: Jane Doe, site: https://doe.example}\n"


def fake(text, path, _, *, step, timeout):
    """Stand in for a run: `bad` fails, others get another title."""
    step(0, 2)
    assert timeout == 7
    if path.stem == "bad":
        problem = running.Problem("notebooks/bad.ipynb", 3, "bad", "cell 2: no", "mend the cell")
        raise running.RunError(problem, ["    cell 2, line 1: no()"])
    return text.replace("# A", "# B")


@pytest.fixture
def figures(tmp_path, monkeypatch, capsys):
    """Return a function that types the verb in a project, and gives its status and its lines."""
    (tmp_path / "_quarto.yml").write_text(SETTINGS)
    for name in ("bad", "good", "other"):
        lab.put(tmp_path, name, "1")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(running, "Pool", partial(running.Pool, execute=fake))

    def typed(*arguments):
        status = main(["figures", "--timeout", "7", *arguments])
        return status, capsys.readouterr().err.splitlines()

    return typed


def write_in_r(path):
    """Have a notebook say that it is written in R."""
    notebook = nbformat.read(path, as_version=4)
    notebook.metadata = {"kernelspec": {"name": "ir", "language": "R", "display_name": "R"}}
    nbformat.write(notebook, path)


def test_it_runs_all_that_is_stale_and_sums_up(figures, tmp_path):
    """It says why, what it does and how it went; one that fails leaves the others their way."""
    status, lines = figures("--jobs", "1")
    assert status == 1
    assert "good: it was not run from a clean kernel" in lines
    assert any(line.startswith("[1/3] ") for line in lines)
    assert lines[-3:] == [
        "notebooks/bad.ipynb:3: bad: cell 2: no: mend the cell",
        "    cell 2, line 1: no()",
        "2 run, 1 failed",
    ]
    assert "# B" in (tmp_path / "notebooks" / "good.ipynb").read_text()
    assert "# A" in (tmp_path / "notebooks" / "bad.ipynb").read_text()


def test_it_runs_those_that_are_named(figures, tmp_path):
    """And leaves the others alone."""
    status, lines = figures("good")
    assert (status, lines[-1]) == (0, "1 run")
    assert "# A" in (tmp_path / "notebooks" / "other.ipynb").read_text()


def test_where_all_are_asked_for_no_reasons_are_told(figures):
    """Such as for a verification, whose copies of notebooks were never run where they lie."""
    _, lines = figures("--all", "--jobs", "1")
    assert not [line for line in lines if "clean kernel" in line or "asked for" in line]
    assert any(line.startswith("[1/3] ") for line in lines)


@pytest.mark.parametrize("arguments", [(), ("--all",), ("broken",)])
def test_a_notebook_that_nobody_can_read_is_named(figures, tmp_path, arguments):
    """The others run, and the status says that one did not."""
    (tmp_path / "notebooks" / "broken.ipynb").write_text("{")
    (tmp_path / "notebooks" / "bad.ipynb").unlink()
    status, lines = figures(*arguments)
    assert status == 1
    assert [line for line in lines if line.startswith("notebooks/broken.ipynb:")]
    assert lines[-1] == ("there is no notebook to run" if arguments == ("broken",) else "2 run")


@pytest.mark.parametrize("arguments", [(), ("--all",), ("other",)])
def test_a_notebook_in_another_language_is_left_as_it_is(figures, tmp_path, arguments):
    """It is named, as a hint, and was never Python to run."""
    path = tmp_path / "notebooks" / "other.ipynb"
    write_in_r(path)
    (tmp_path / "notebooks" / "bad.ipynb").unlink()
    before = path.read_bytes()
    status, lines = figures(*arguments)
    assert (status, path.read_bytes()) == (0, before)
    assert any("it is written in R, and only Python is run here: run it" in each for each in lines)
    assert lines[-1] == ("nothing that a run would mend" if "other" in arguments else "1 run")


def test_a_notebook_in_another_language_is_not_verified(figures, tmp_path):
    """It is named, and no environment is made for it."""
    write_in_r(tmp_path / "notebooks" / "other.ipynb")
    assert figures("--verify", "other") == (
        0,
        [
            "other: it is written in R, and only Python is run here",
            "there is no notebook to verify",
        ],
    )


def test_where_there_is_no_notebook_nothing_is_called_up_to_date(figures, tmp_path):
    """An empty folder has no figures."""
    for path in (tmp_path / "notebooks").iterdir():
        path.unlink()
    assert figures() == (0, ["there is no notebook to run"])


@pytest.mark.parametrize(
    "arguments", [("--jobs", "0"), ("--timeout", "-1"), ("--timeout", "inf"), ("--jobs", "many")]
)
def test_it_refuses_numbers_that_make_no_sense(figures, arguments):
    """With the usage, as other verbs do."""
    with pytest.raises(SystemExit):
        figures(*arguments)


def test_the_display_says_how_far_how_long_and_how_long_still():
    """In a terminal a line for each run, drawn anew, and lines that stay above them."""
    screen, lines = io.StringIO(), []
    with Progress({"a": 90.0, "b": 30.0}, 2, lines.append, screen) as progress:
        progress.began("a", 90.0)
        progress.stepped("a", 2, 5)
        shown = screen.getvalue()
        progress.ended("b", 31.0, "done")
    assert "0 of 2 notebooks done, about 90 s still" in shown
    assert "  a  cell 3 of 5     0 s of about 90 s" in shown
    assert lines == ["[1/2] b: done after 31 s"]


@pytest.mark.parametrize(
    ("seconds", "said"), [(0.4, "0 s"), (119, "119 s"), (150, "2 min 30 s"), (3600, "60 min")]
)
def test_times_are_said_as_people_say_them(seconds, said):
    """In seconds up to two minutes, then in minutes."""
    assert spoken(seconds) == said
