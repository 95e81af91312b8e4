"""With ``published`` settings the pipeline makes what the benchmark's own scripts make.

``mimic3_published.json`` is what YerevaNN/mimic3-benchmarks (commit ea0314c, pandas 1.5) made of
the synthetic cohort of 40 subjects and seed 7: extract_subjects, validate_events,
extract_episodes_from_subjects, split_train_and_test and the four scripts that create tasks. Of
each channel it holds how many values there are and their sum, or how many of each category; of
the tasks the labels, or of each stay how many samples, their first and last hour, and the sum of
labels.
"""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from mimic3_cases import write_tables

from methods.mimic3 import cohort, episodes, tasks
from methods.mimic3.channels import CHANNELS
from methods.mimic3.cleaning import Cleaning
from methods.mimic3.episodes import Options

RECORDED = json.loads(Path(__file__).with_name("mimic3_published.json").read_text("utf-8"))


def extracted(source, target, **cleaning):
    """Return the stays of a folder, cleaned as published, or otherwise."""
    options = Options(cleaning=Cleaning(**cleaning) if cleaning else Cleaning.published())
    episodes.extract(source, target, options=options)
    return episodes.load(target)


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    """Return the folder of the cohort."""
    folder = tmp_path_factory.mktemp("published")
    cohort.write(folder, subjects=40, seed=7)
    return folder


@pytest.fixture(scope="module")
def stays(source, tmp_path_factory):
    """Return its stays as published."""
    return extracted(source, tmp_path_factory.mktemp("stays") / "target")


def of_stay(stays, samples):
    """Return the hours and labels of the samples of each stay that has some."""
    mine = {place: samples.stay == place for place in np.unique(samples.stay)}
    return {
        str(stays[place].stay_id): (samples.hour[rows], samples.label[rows])
        for place, rows in mine.items()
    }


@pytest.mark.parametrize("channel", CHANNELS, ids=lambda channel: channel.name)
def test_each_channel_is_as_published(stays, channel):
    """There are as many values of it, and their sum, or each category's number, is the same."""
    found = pd.concat([stay.frame()[channel.name] for stay in stays]).dropna()
    recorded = RECORDED["channels"][channel.name]
    if isinstance(recorded, dict):
        assert found.value_counts().to_dict() == recorded
    else:
        assert len(found) == recorded[0]
        assert found.astype(float).sum() == pytest.approx(recorded[1], abs=1e-3)


def test_there_are_as_many_rows(stays):
    """Times of observation are the same ones."""
    assert sum(len(stay.hours) for stay in stays) == RECORDED["rows"]


@pytest.mark.parametrize("task", [tasks.mortality, tasks.phenotyping])
def test_stays_have_the_published_labels(stays, task):
    """The same stays are asked, and the same answers are right."""
    found = of_stay(stays, task(stays))
    told = {stay: "".join(f"{int(one)}" for one in y.ravel()) for stay, (_, y) in found.items()}
    name = "mortality" if task is tasks.mortality else "phenotypes"
    assert told == {stay: str(labels) for stay, labels in RECORDED[name].items()}


@pytest.mark.parametrize("task", [tasks.decompensation, tasks.length_of_stay])
def test_hours_have_the_published_labels(stays, task):
    """Each stay has as many samples, from the same hour to the same, with the same labels."""
    found = of_stay(stays, task(stays))
    told = {stay: [len(t), t.min(), t.max(), y.sum()] for stay, (t, y) in found.items()}
    recorded = RECORDED[task.__name__.replace("_", " ")]
    assert told.keys() == recorded.keys()
    for stay, numbers in told.items():
        assert numbers == pytest.approx(recorded[stay], abs=2e-3)


def test_our_own_reading_differs_in_inspired_oxygen(source, tmp_path):
    """What the original divides by 100 although it is a fraction, we leave as it is."""
    ours = extracted(source, tmp_path / "target", fio2="percent above 1")
    found = pd.concat([stay.frame()["Fraction inspired oxygen"] for stay in ours]).dropna()
    assert found.min() >= 0.2
    assert found.sum() > RECORDED["channels"]["Fraction inspired oxygen"][1] + 1


def test_of_simultaneous_values_the_original_keeps_the_last_in_text(tmp_path):
    """99 comes after 100 among words; its own scripts do so for three channels."""
    event = "1,10,100,211,2100-01-01 07:00:00,{},bpm"
    lines = [event.format(rate) for rate in (99, 100, 70)]
    source = write_tables(tmp_path / "source", CHARTEVENTS=lines)
    (stay,) = extracted(source, tmp_path / "target")
    assert stay.frame()["Heart Rate"].iloc[0] == 99
