"""The synthetic cohort of mimic3 has the dirt of real files, and something to predict."""

import hashlib

import numpy as np
import pandas as pd
import pytest

from methods.mimic3 import (
    channels,
    cohort,
    episodes,
    observations,
    tables,
)
from methods.mimic3.episodes import Options


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    """Return the folder of a cohort of 300 subjects, with what was told of it in a file."""
    folder, heard = tmp_path_factory.mktemp("cohort"), []
    cohort.write(folder, subjects=300, seed=1, tell=heard.append)
    (folder / "told.txt").write_text("\n".join(heard))
    return folder


@pytest.fixture(scope="module")
def read(source, tmp_path_factory):
    """Return the cohort's stays, and the report of their extraction."""
    target = tmp_path_factory.mktemp("episodes")
    report = episodes.extract(source, target)
    return episodes.load(target), report


def table(folder, name):
    """Return a table as text."""
    return pd.read_csv(folder / f"{name}.csv", dtype=str, keep_default_na=False)


def digests(folder):
    """Return the digest of each file."""
    paths = sorted(folder.glob("*.csv"))
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def test_a_seed_fixes_the_files(tmp_path):
    """The same seed writes the same bytes, and another one others."""
    for name, seed in (("one", 1), ("same", 1), ("other", 2)):
        cohort.write(tmp_path / name, subjects=20, seed=seed)
    one, same, other = (digests(tmp_path / name) for name in ("one", "same", "other"))
    assert one == same
    assert all(one[name] != other[name] for name in one if name != "D_ICD_DIAGNOSES.csv")


def test_more_subjects_only_add_rows(source, tmp_path):
    """A larger cohort begins with the chunks of a smaller one."""
    cohort.write(tmp_path, subjects=cohort.CHUNK, seed=1)
    for name in tables.SCHEMA:
        small = (tmp_path / f"{name}.csv").read_bytes()
        assert (source / f"{name}.csv").read_bytes().startswith(small)


def test_the_files_have_no_problems(read):
    """Extraction names no problem in the cohort: its dirt is what real files hold."""
    assert read[1].lines() == []


def test_each_row_has_one_fate(source, read):
    """What was kept and dropped of each table adds up to its rows."""
    rows = read[1].table().groupby("table")["rows"].sum()
    for name in ("ICUSTAYS", "CHARTEVENTS", "LABEVENTS", "DIAGNOSES_ICD"):
        assert rows[name] == len(table(source, name))
    assert rows["episodes"] == rows_of(read[1], "ICUSTAYS", "kept")


def rows_of(report, name, fate):
    """Return how many rows of a table met a fate."""
    return report.rows[name, fate]


@pytest.mark.parametrize(
    ("name", "fate", "low", "high"),
    [
        ("ICUSTAYS", "transferred", 0.03, 0.12),
        ("ICUSTAYS", "several stays in the admission", 0.03, 0.12),
        ("ICUSTAYS", "younger than 18", 0.01, 0.06),
        ("CHARTEVENTS", "no HADM_ID", 0.015, 0.025),
        ("CHARTEVENTS", "another ICU stay", 0.001, 0.03),
        ("CHARTEVENTS", "item of no channel", 0.04, 0.06),
        ("CHARTEVENTS", "no value", 0.002, 0.006),
        ("CHARTEVENTS", "before the stay", 0.001, 0.006),
        ("CHARTEVENTS", "after the stay", 0.001, 0.006),
        ("LABEVENTS", "not a number", 0.001, 0.01),
        ("DIAGNOSES_ICD", "no code", 0.01, 0.05),
        ("DIAGNOSES_ICD", "not in D_ICD_DIAGNOSES", 0.01, 0.05),
    ],
)
def test_the_cohort_is_dirty(read, name, fate, low, high):
    """Each way in which rows go wrong is there, and rare."""
    shares = read[1].table().set_index(["table", "fate"])["share"]
    assert low <= shares[name, fate] <= high


def test_values_come_in_many_forms(source):
    """Pairs of pressures, errors, both units of temperature, weight and height, and of oxygen."""
    charts, labs = table(source, "CHARTEVENTS"), table(source, "LABEVENTS")
    assert charts["VALUE"].str.fullmatch(r"\d+/\d+").any()
    assert (labs["VALUE"] == "ERROR").any()
    assert (charts["ICUSTAY_ID"] == "").mean() == pytest.approx(0.04, abs=0.01)
    items = set(charts["ITEMID"])
    assert {"678", "676", "223761", "223762", "763", "3581", "1394", "226730", "184"} <= items
    oxygen = charts[charts["ITEMID"].isin(["3420", "223835"]) & (charts["VALUE"] != "")]
    above = oxygen["VALUE"].astype(float) > 1
    assert 0.5 < above.mean() < 0.9
    stays = table(source, "ICUSTAYS")
    assert stays["SUBJECT_ID"].duplicated().any()
    assert stays["HADM_ID"].duplicated().any()


def test_values_are_plausible(read):
    """Cleaned values of each channel lie about where they do in people."""
    values = np.concatenate([stay.values for stay in read[0]])  # noqa: PD011  no frame
    for column, channel in enumerate(channels.CHANNELS):
        seen = values[:, column][~np.isnan(values[:, column])]
        assert len(seen) > 50, channel.name
        if not channel.categories:
            low, high = np.quantile(seen, [0.001, 0.999])
            assert channel.range[1] <= low, channel.name
            assert high <= channel.range[2], channel.name
            assert np.median(seen) == pytest.approx(channel.normal, rel=0.25) or (
                channel.name == "Fraction inspired oxygen"
            )


def test_patients_die_in_several_ways(source, read):
    """Some die in the unit, some later, some by date only, and some after discharge."""
    dead = [stay for stay in read[0] if stay.died]
    assert 0.08 < len(dead) / len(read[0]) < 0.2
    assert any(stay.hours_to_death <= stay.los_hours for stay in dead)
    assert any(stay.los_hours < stay.hours_to_death < np.inf for stay in dead)
    assert any(stay.hours_to_death == np.inf for stay in dead)
    people = table(source, "PATIENTS")
    assert (people["DOD"] != "").sum() > len(dead)


def test_no_one_returns_from_death(source):
    """Nobody enters a unit after a date of death, and times of a stay are in order."""
    stays = table(source, "ICUSTAYS").merge(table(source, "ADMISSIONS"), on="HADM_ID")
    stays = stays.merge(table(source, "PATIENTS"), left_on="SUBJECT_ID_x", right_on="SUBJECT_ID")
    assert (stays["ADMITTIME"] <= stays["INTIME"]).all()
    assert (stays["INTIME"] < stays["OUTTIME"]).all()
    assert (stays["OUTTIME"] <= stays["DISCHTIME"]).all()
    died = stays[stays["DOD"] != ""]
    assert (died["INTIME"].str[:10] <= died["DOD"].str[:10]).all()


def drawn(**course):
    """Return many stays, drawn with a course."""
    rng = np.random.default_rng(3)
    ids = np.arange(2000) + 1
    return cohort.draw_stays(rng, ids, cohort.Dirt(several_stays=0), cohort.Course(**course))


def test_severity_rules_the_length_as_a_course_says():
    """The logarithm of the length grows with severity by so much, and chance adds its part."""
    for length, chance in ((0.25, 0.6), (0.6, 0.3)):
        stays = drawn(length=length, chance=chance)
        inside = stays[stays["LOS"].between(0.11, 29)]
        slope, start = np.polyfit(inside["SEVERITY"], np.log(inside["LOS"]), 1)
        rest = np.log(inside["LOS"]) - start - slope * inside["SEVERITY"]
        assert slope == pytest.approx(length, abs=0.05)
        assert rest.std() == pytest.approx(chance, abs=0.03)
    assert drawn().equals(drawn(length=0.25, chance=0.6, recovery=0.0))


def test_who_leaves_alive_has_recovered():
    """Severity falls in a straight line by so many units to the end; before death it does not."""
    stays, before = drawn(recovery=1.5), drawn()
    place = np.arange(len(stays))
    hours = 24 * stays["LOS"].to_numpy()
    for share in (0.0, 0.5, 1.0):
        gone = observations.severity(before, place, share * hours)
        gone -= observations.severity(stays, place, share * hours)
        np.testing.assert_allclose(gone, np.where(stays["DIED"], 0, 1.5 * share), atol=1e-12)


def test_small_chunks_and_parts_give_the_same(source, read, tmp_path):
    """Small chunks and parts give the episodes of large ones, to the last digit."""
    options = Options(chunk_rows=20_000, part_stays=64)
    episodes.extract(source, tmp_path / "small", options=options)
    for one, other in zip(episodes.load(tmp_path / "small"), read[0], strict=True):
        assert one.stay_id == other.stay_id
        assert one.los_hours == other.los_hours
        np.testing.assert_array_equal(one.hours, other.hours)
        np.testing.assert_array_equal(one.values, other.values)


def test_a_cohort_needs_subjects_and_room(source, tmp_path):
    """No subjects, or a folder that holds tables, raise an error that says what to do."""
    with pytest.raises(ValueError, match="subjects is 0: give at least one"):
        cohort.write(tmp_path, subjects=0, seed=0)
    with pytest.raises(ValueError, match="holds tables already: name a new folder"):
        cohort.write(source, subjects=1, seed=0)


def test_half_a_cohort_is_written_anew(tmp_path):
    """After an interruption no table is there, and another call writes them all."""

    def stop(_message):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        cohort.write(tmp_path / "broken", subjects=20, seed=1, tell=stop)
    assert digests(tmp_path / "broken") == {}
    for name in ("broken", "whole"):
        cohort.write(tmp_path / name, subjects=20, seed=1)
    assert digests(tmp_path / "broken") == digests(tmp_path / "whole")


def test_progress_is_told(source):
    """Each chunk of subjects is told of."""
    told = (source / "told.txt").read_text()
    assert told == "250 of 300 subjects written\n300 of 300 subjects written"
