"""One call, or one command, goes from a folder of CSV files to the results of the four tasks."""

import shutil

import numpy as np
import pandas as pd
import pytest
from mimic3_cases import stay
from threadpoolctl import threadpool_limits

from methods.mimic3 import benchmark, cohort, episodes, metrics, splits, tasks
from methods.mimic3.__main__ import main
from methods.mimic3.benchmark import Settings
from methods.mimic3.reports import InputError

SETTINGS = Settings(most=400)


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    """Return the folder of a cohort, with parts: subjects by threes are tested."""
    folder = tmp_path_factory.mktemp("benchmark")
    cohort.write(folder, subjects=90, seed=3)
    for name, rest in (("testset", 0), ("valset", 1)):
        lines = "".join(f"{n},{int(n % 3 == rest)}\n" for n in range(1, 91))
        (folder / f"{name}.csv").write_text(lines)
    return folder


def run(source, target, **options):
    """Return the results of a run, and what it told."""
    told = []
    with threadpool_limits(1):
        found = benchmark.run(
            source, target, settings=SETTINGS, official=source, tell=told.append, **options
        )
    return found, told


@pytest.fixture(scope="module")
def done(source, tmp_path_factory):
    """Return the target of a finished run, its results and what it told."""
    target = tmp_path_factory.mktemp("done") / "target"
    return target, *run(source, target)


def test_each_task_has_its_measures(done):
    """There are two of each task, between the ends of their intervals."""
    target, found, _ = done
    assert list(found["measure"]) == [name for task in benchmark.TASKS for name in task.measures]
    known = found.dropna()
    assert set(known["task"]) == {task.name for task in benchmark.TASKS}
    assert ((known["low"] <= known["value"]) & (known["value"] <= known["high"])).all()
    pd.testing.assert_frame_equal(pd.read_csv(target / "results.csv"), found)


def test_parts_are_the_official_ones(source, done):
    """Trained and tested are the samples of those subjects, and of many a number that is drawn."""
    target, found, _ = done
    stays = episodes.load(target / "episodes")
    trained, _, tested = splits.official(stays, source)
    assert {stays[place].subject_id % 3 for place in tested} == {0}
    assert {stays[place].subject_id % 3 for place in trained} == {2}
    for task in benchmark.TASKS:
        rows = found[found["task"] == task.name]
        samples = task.samples(stays)
        assert set(rows["tested"]) == {len(samples.of(tested))}
        assert set(rows["trained"]) == {min(SETTINGS.most, len(samples.of(trained)))}


def test_a_measure_that_is_not_defined_is_left_empty(done):
    """Where no stay that is tested has some phenotype, the mean over them all is not known."""
    target, found, told = done
    with np.load(target / "phenotypes.npz") as kept:
        assert not kept["truth"].any(axis=0).all()
    assert found.loc[found["measure"] == "macro AUROC", "value"].isna().all()
    assert any(line.startswith("phenotypes: macro AUROC: the metric is not") for line in told)


def test_measures_are_those_of_what_was_predicted(done):
    """Mortality's risks are kept, and its AUROC is of them."""
    target, found, _ = done
    with np.load(target / "mortality.npz") as kept:
        value = metrics.auroc(kept["truth"], kept["guess"])
    assert float(value) == pytest.approx(found["value"][0])


def test_a_run_that_was_stopped_goes_on(source, done, tmp_path):
    """What was done is not done again, and the results are the same bytes."""
    target = tmp_path / "target"
    shutil.copytree(done[0], target)
    for name in ("results.csv", "length of stay.npz", "phenotypes.npz"):
        (target / name).unlink()
    _, told = run(source, target)
    assert not any("mortality: fitting" in line for line in told)
    assert any("phenotypes: fitting" in line for line in told)
    assert (target / "results.csv").read_bytes() == (done[0] / "results.csv").read_bytes()


def test_another_run_is_not_written_over(source, done, capsys):
    """Other settings need another folder, and the command says so in a line."""
    assert main([str(source), str(done[0])]) == 1
    said = capsys.readouterr().err.splitlines()[-1]
    assert said == f"{done[0]}: holds a run with other settings or files: name another folder"


def test_other_parts_are_another_run(source, done, tmp_path):
    """Where somebody is tested on who was not, what was predicted before does not count."""
    for name in splits.FILES:
        shutil.copy(source / name, tmp_path / name)
    with (tmp_path / "testset.csv").open("a") as file:
        file.write("1,1\n")
    with pytest.raises(ValueError, match="holds a run with other settings"):
        benchmark.run(source, done[0], settings=SETTINGS, official=tmp_path)


def test_other_episodes_are_another_run(source, done, tmp_path):
    """Where they were deleted for those of other files, what was predicted does not count."""
    target = tmp_path / "target"
    shutil.copytree(done[0], target)
    shutil.rmtree(target / "episodes")
    cohort.write(tmp_path / "source", subjects=90, seed=4)
    with pytest.raises(ValueError, match="holds a run with other settings or files"):
        benchmark.run(tmp_path / "source", target, settings=SETTINGS, official=source)


def test_files_of_others_are_not_written_over(source, tmp_path, capsys):
    """A folder that holds something is no target, nor is a file."""
    (tmp_path / "results.csv").write_text("mine")
    assert main([str(source), str(tmp_path)]) == 1
    assert main([str(source), str(tmp_path / "results.csv")]) == 1
    first, second = capsys.readouterr().err.splitlines()
    assert first == f"{tmp_path}: holds other files: name a new folder"
    assert str(tmp_path / "results.csv") in second
    assert [path.read_text() for path in tmp_path.iterdir()] == ["mine"]


def test_a_run_that_has_nobody_to_learn_from_says_so(source, tmp_path, capsys):
    """Where all are tested on, and where nobody is."""
    for tested, do in ((1, "train"), (0, "test")):
        parts, target = tmp_path / do, tmp_path / f"{do}ed"
        parts.mkdir()
        lines = "".join(f"{n},{tested}\n" for n in range(1, 91))
        (parts / "testset.csv").write_text(lines)
        (parts / "valset.csv").write_text("")
        assert main([str(source), str(target), "--published", str(parts)]) == 1
        said = capsys.readouterr().err.splitlines()[-1]
        assert said == f"mortality: there is no sample to {do} on: give more stays"


@pytest.mark.parametrize(
    "option", [{"redraw": "patient"}, {"constant_skew": "none"}, {"most": 0}], ids=str
)
def test_settings_that_mean_nothing_are_refused(option):
    """Before any file is read."""
    (name,) = option
    with pytest.raises(ValueError, match=f"^{name} is "):
        Settings(**option)


def test_files_that_are_missing_are_named(tmp_path, capsys):
    """The command has a line for each, and nothing is left that looks like a result."""
    assert main([str(tmp_path / "none"), str(tmp_path / "target")]) == 1
    said = capsys.readouterr().err
    assert "PATIENTS.csv: is missing: put the file there" in said
    assert not (tmp_path / "target" / "results.csv").exists()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("7;1\n", "testset.csv:1: is no subject and 0 or 1 (7;1): write 100,0"),
        ("1,1\n", "valset.csv: 1: is in testset.csv too: take one of them out"),
        (None, "testset.csv: is missing: copy it from mimic3-benchmarks"),
    ],
)
def test_parts_that_cannot_be_used_are_named(tmp_path, line, said):
    """A bad line, a subject in both parts, and a file that is not there."""
    (tmp_path / "valset.csv").write_text("1,1\n")
    if line:
        (tmp_path / "testset.csv").write_text(line)
    with pytest.raises(InputError) as raised:
        splits.official([stay([(1.0, 0, 1.0)], los=50.0)], tmp_path)
    assert str(raised.value).endswith(said)


def test_who_is_in_no_part_is_trained_on(tmp_path):
    """The original's files name those of MIMIC-III only."""
    for name in ("testset.csv", "valset.csv"):
        (tmp_path / name).write_text("5,0\n")
    assert splits.official([4, 5, 6], tmp_path)[0].tolist() == [0, 1, 2]


def test_memory_holds_a_part_of_the_windows(source, done, monkeypatch):
    """Features are made for no more windows at a time than is said."""
    seen = []
    extract = benchmark.features.extract

    def watched(stays, places, hours, **options):
        seen.append(len(places))
        return extract(stays, places, hours, **options)

    monkeypatch.setattr(benchmark.features, "extract", watched)
    monkeypatch.setattr(benchmark, "_WINDOWS", 50)
    (done[0] / "decompensation.npz").unlink()
    run(source, done[0])
    stays = episodes.load(done[0] / "episodes")
    _, _, tested = splits.official(stays, source)
    assert max(seen) == 50
    assert sum(seen) == SETTINGS.most + len(tasks.decompensation(stays).of(tested))
