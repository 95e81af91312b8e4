"""Tables of the MIMIC-III schema become episodes, and what is wrong with them is named."""

import gzip
import shutil
from math import inf

import numpy as np
import pytest
from mimic3_cases import GLUCOSE, HEART, TABLES, write_tables

from methods.mimic3 import episodes
from methods.mimic3.cleaning import Cleaning
from methods.mimic3.episodes import Options
from methods.mimic3.reports import MANY, InputError
from methods.mimic3.stays import Stay

ADMISSION = "{0},{0}0,2100-01-01 00:00:00,2100-01-09 00:00:00,{1}"
STAY = "{0},{0}0,{0}00,MICU,{1},7,{2},2100-01-01 06:00:00,2100-01-04 06:00:00,{3}"
EVENT = "{0},{0}0,{0}00,211,2100-01-01 07:00:00,80,bpm"


@pytest.fixture
def folder(tmp_path):
    """Return a place for tables."""
    return tmp_path / "source"


def person(  # noqa: PLR0913  what there is to tell
    number=2,
    *,
    born="2050-01-01 00:00:00",
    died="",
    death="",
    unit="MICU",
    ward=7,
    los=3,
    code="4019",
):
    """Return the lines of another subject with a stay and an event, by table."""
    return {
        "PATIENTS": [f"{number},M,{born},{died}"],
        "ADMISSIONS": [ADMISSION.format(number, death)],
        "ICUSTAYS": [STAY.format(number, unit, ward, los)],
        "DIAGNOSES_ICD": [f"{number},{number}0,1,{code}"],
        "CHARTEVENTS": [EVENT.format(number)],
    }


def extracted(folder, **options):
    """Return the stays of tables, by subject, and the report."""
    target = folder.parent / "target"
    report = episodes.extract(folder, target, options=Options(**options))
    return {stay.subject_id: stay for stay in episodes.load(target)}, report


def fates(report, table):
    """Return how many rows of a table met each fate."""
    return {fate: rows for (name, fate), rows in report.rows.items() if name == table}


def test_a_stay_is_read_whole(folder):
    """Times count from entry into the unit, and channels, codes and length come along."""
    stays, report = extracted(write_tables(folder))
    stay = stays[1]
    assert (stay.stay_id, stay.los_hours, stay.died, stay.hours_to_death) == (100, 72, False, inf)
    assert stay.codes == ("0389", "4019")
    assert stay.age == pytest.approx(50.03, abs=0.01)
    assert stay.hours.tolist() == [1.0, 1.5]
    assert stay.values[:, HEART].tolist() == [80, 90]
    assert stay.values[1, GLUCOSE] == 110
    assert np.isnan(stay.values).sum() == 2 * 17 - 3
    assert fates(report, "CHARTEVENTS") == {"kept": 2}
    assert not report.lines()


def test_a_stay_as_a_table_has_names(folder):
    """The table of a stay has channels for columns and hours for its index."""
    rows = ["1,10,100,184,2100-01-01 08:00:00,None,"]
    table = extracted(write_tables(folder, CHARTEVENTS=rows))[0][1].frame()
    assert table.loc[2.0, "Glascow coma scale eye opening"] == "None"
    assert table.loc[1.0, "Heart Rate"] == 80
    assert table.shape == (3, 17)


@pytest.mark.parametrize(
    ("about", "fate"),
    [
        pytest.param({"born": "2082-01-05 06:00:00"}, None, id="18-years-of-365-days"),
        pytest.param({"born": "2082-01-05 06:00:01"}, "younger than 18", id="a-second-younger"),
        pytest.param({"born": "1800-01-01 00:00:00"}, None, id="age-hidden"),
        pytest.param({"unit": "SICU"}, "transferred", id="other-unit"),
        pytest.param({"ward": 8}, "transferred", id="other-ward"),
        pytest.param({"los": ""}, "no length of stay", id="no-length"),
        pytest.param({"code": ""}, "no listed diagnosis", id="no-diagnosis"),
        pytest.param({"code": "99999"}, "no listed diagnosis", id="diagnosis-of-no-entry"),
    ],
)
def test_stays_are_taken_or_dropped(folder, about, fate):
    """Adults who stay in one unit are taken; the fate of the others is counted."""
    stays, report = extracted(write_tables(folder, **person(**about)))
    assert (2 in stays) == (fate is None)
    assert fates(report, "ICUSTAYS") == ({"kept": 2} if fate is None else {"kept": 1, fate: 1})


def test_a_hidden_age_is_90(folder):
    """Births 300 years back hide an age above 89."""
    stays, _ = extracted(write_tables(folder, **person(born="1800-01-01 00:00:00")))
    assert stays[2].age == 90


def test_an_admission_has_one_stay(folder):
    """Two stays in an admission are both dropped, but a transferred one is not counted."""
    lines = person()
    lines["ICUSTAYS"] += [STAY.format(2, "MICU", 7, 1).replace("200", "201")]
    _, report = extracted(write_tables(folder, **lines))
    assert fates(report, "ICUSTAYS") == {"kept": 1, "several stays in the admission": 2}
    shutil.rmtree(folder.parent)
    lines["ICUSTAYS"][1] = (
        lines["ICUSTAYS"][1].replace("MICU,7,7", "SICU,7,7", 1).replace("MICU,MICU", "MICU,SICU")
    )
    stays, report = extracted(write_tables(folder, **lines))
    assert fates(report, "ICUSTAYS") == {"kept": 2, "transferred": 1}
    assert stays[2].stay_id == 200


def test_strangers_are_dropped(folder):
    """Stays of unknown admissions and subjects are counted as such."""
    lines = person(2)
    lines["ADMISSIONS"] = [ADMISSION.format(3, "")]
    lines["ICUSTAYS"].append(STAY.format(3, "MICU", 7, 1))
    lines["PATIENTS"] = []
    _, report = extracted(write_tables(folder, **lines))
    found = fates(report, "ICUSTAYS")
    assert found == {"kept": 1, "HADM_ID unknown": 1, "SUBJECT_ID unknown": 1}


@pytest.mark.parametrize(
    ("about", "died", "hours"),
    [
        pytest.param({"death": "2100-01-02 06:00:00"}, True, 24, id="in-the-unit"),
        pytest.param({"death": "2100-01-09 00:00:00"}, True, 186, id="at-discharge"),
        pytest.param({"death": "2100-01-09 00:00:01"}, False, 186.0002778, id="after-discharge"),
        pytest.param({"died": "2100-01-05 00:00:00"}, True, inf, id="by-date-only"),
        pytest.param({"died": "2100-02-05 00:00:00"}, False, inf, id="date-after-discharge"),
        pytest.param({}, False, inf, id="survived"),
    ],
)
def test_death_counts_within_the_admission(folder, about, died, hours):
    """A date or time of death between admission and discharge is a death in hospital."""
    stay = extracted(write_tables(folder, **person(**about)))[0][2]
    assert stay.died is died
    assert stay.hours_to_death == pytest.approx(hours)


@pytest.mark.parametrize(
    ("line", "fate"),
    [
        pytest.param("1,,100,211,2100-01-01 08:00:00,80,bpm", "no HADM_ID", id="no-admission"),
        pytest.param(
            "1,77,100,211,2100-01-01 08:00:00,80,bpm", "admission not taken", id="other-admission"
        ),
        pytest.param(
            "9,10,100,211,2100-01-01 08:00:00,80,bpm", "admission of another subject", id="subject"
        ),
        pytest.param("1,10,101,211,2100-01-01 08:00:00,80,", "another ICU stay", id="other-stay"),
        pytest.param("1,10,,211,2100-01-01 08:00:00,80,bpm", "kept", id="no-stay"),
        pytest.param("1,10,100,742,2100-01-01 08:00:00,1,", "item of no channel", id="item"),
        pytest.param("1,10,100,999999999,2100-01-01 08:00:00,1,", "item of no channel", id="far"),
        pytest.param("1,10,100,211,2100-01-01 08:00:00,,bpm", "no value", id="no-value"),
        pytest.param("1,10,100,211,2100-01-01 05:59:59,80,", "before the stay", id="before"),
        pytest.param("1,10,100,211,2100-01-01 06:00:00,80,", "kept", id="at-entry"),
        pytest.param("1,10,100,211,2100-01-04 06:00:00,80,", "kept", id="at-exit"),
        pytest.param("1,10,100,211,2100-01-04 06:00:01,80,", "after the stay", id="after"),
        pytest.param("1,10,100,211,2100-01-01 08:00:00,high,", "not a number", id="words"),
        pytest.param("1,10,100,184,2100-01-01 08:00:00,0,", "not a category", id="category"),
    ],
)
def test_each_event_has_one_fate(folder, line, fate):
    """An event is kept, or dropped for a reason that is counted; none is lost."""
    _, report = extracted(write_tables(folder, CHARTEVENTS=[line]))
    expected = {"kept": 3} if fate == "kept" else {"kept": 2, fate: 1}
    assert fates(report, "CHARTEVENTS") == expected
    assert report.table().query("table == 'CHARTEVENTS'")["rows"].sum() == 3
    assert not report.lines()


@pytest.mark.parametrize(
    ("table", "lines", "said"),
    [
        pytest.param(
            "CHARTEVENTS",
            ["1,10,100,211,soon,80,bpm"],
            ":4: CHARTTIME: cannot be read as a time (soon): write it as 2101-12-31 23:59:59",
            id="time",
        ),
        pytest.param(
            "CHARTEVENTS",
            ["1,10,100,211,,80,bpm"],
            ":4: CHARTTIME: is empty: write it as 2101-12-31 23:59:59",
            id="no-time",
        ),
        pytest.param(
            "CHARTEVENTS",
            ["1,ten,100,211,2100-01-01 08:00:00,80,bpm"],
            ":4: HADM_ID: is not a whole number (ten): write the ID that MIMIC-III gives it",
            id="admission",
        ),
        pytest.param(
            "CHARTEVENTS",
            ["1,10,1.5,211,2100-01-01 08:00:00,80,bpm"],
            ":4: ICUSTAY_ID: is not a whole number (1.5): write the ID that MIMIC-III gives it",
            id="fraction",
        ),
        pytest.param(
            "CHARTEVENTS",
            ["", "1,10,100,pulse,2100-01-01 08:00:00,80,bpm"],
            ":5: ITEMID: is not a whole number (pulse): write the ID that MIMIC-III gives it",
            id="item-after-an-empty-line",
        ),
        pytest.param(
            "CHARTEVENTS",
            ["1,10,100,211,2100-01-01 08:00:00,80,bpm,x"],
            ":4: the row has more cells than the header (x): quote the commas within cells",
            id="comma-in-a-cell",
        ),
        pytest.param(
            "LABEVENTS",
            ["1,10,50931,2100-01-01 08:00:00,6.1,mmol/L"],
            ":3: VALUEUOM: is no unit of Glucose (mmol/L): convert the value to mgdl",
            id="unit",
        ),
    ],
)
def test_bad_events_are_named(folder, table, lines, said):
    """An event that cannot be read is dropped, counted, and named with file and line."""
    _, report = extracted(write_tables(folder, **{table: lines}))
    assert f"{folder / table}.csv{said}" in report.lines()
    dropped = sum(rows for fate, rows in fates(report, table).items() if fate != "kept")
    assert dropped == len(lines)


def test_lines_count_across_chunks(folder):
    """A bad cell has the line of the file, whatever the chunk that it is read in."""
    lines = ["1,10,100,211,2100-01-01 08:00:00,80,bpm"] * 5 + ["1,10,100,211,never,80,bpm"]
    _, report = extracted(write_tables(folder, CHARTEVENTS=lines), chunk_rows=2)
    assert len(report.lines()) == 1
    assert "CHARTEVENTS.csv:9: CHARTTIME" in report.lines()[0]


def test_many_alike_problems_are_counted(folder):
    """Past a few, problems of a kind are counted rather than listed."""
    lines = ["1,10,100,211,never,80,bpm"] * (MANY + 7)
    _, report = extracted(write_tables(folder, CHARTEVENTS=lines), chunk_rows=4)
    assert len(report.lines()) == MANY + 1
    assert report.lines()[-1].endswith("CHARTTIME: cannot be read as a time: 7 more")
    assert fates(report, "CHARTEVENTS")["bad CHARTTIME"] == MANY + 7


@pytest.mark.parametrize(
    ("table", "line", "said"),
    [
        pytest.param(
            "PATIENTS",
            "1,F,long ago,",
            "2: DOB: cannot be read as a time (long ago): write it as 2101-12-31 23:59:59",
            id="birth",
        ),
        pytest.param(
            "PATIENTS",
            "1,F,,",
            "2: DOB: is empty: write it as 2101-12-31 23:59:59",
            id="no-birth",
        ),
        pytest.param(
            "PATIENTS",
            "one,F,2050-01-01 00:00:00,",
            "2: SUBJECT_ID: is not a whole number (one): write the ID that MIMIC-III gives it",
            id="subject",
        ),
        pytest.param(
            "ICUSTAYS",
            STAY.format(1, "MICU", 7, "three"),
            "2: LOS: is not a number (three): write a number, or leave it empty",
            id="length",
        ),
        pytest.param(
            "ICUSTAYS",
            STAY.format(1, "", 7, 3),
            "2: LAST_CAREUNIT: is empty: write the name that MIMIC-III gives it",
            id="unit",
        ),
        pytest.param(
            "ADMISSIONS",
            ADMISSION.format(1, "2100-13-01 00:00:00"),
            "2: DEATHTIME: cannot be read as a time (2100-13-01 00:00:00): "
            "write it as 2101-12-31 23:59:59",
            id="death",
        ),
    ],
)
def test_bad_people_are_errors(folder, table, line, said):
    """A cell of the small tables that cannot be read stops the work, for labels hang on it."""
    with pytest.raises(InputError) as caught:
        extracted(write_tables(folder, **{table: [{2: line}]}))
    assert caught.value.problems == (f"{folder / table}.csv:{said}",)


def test_a_key_stands_for_one_row(folder):
    """A subject that is there twice is named at its second line."""
    with pytest.raises(InputError) as caught:
        extracted(write_tables(folder, PATIENTS=["1,F,2050-01-01 00:00:00,"]))
    said = "3: SUBJECT_ID: is there twice (1): keep one of the rows"
    assert caught.value.problems == (f"{folder}/PATIENTS.csv:{said}",)


def test_all_problems_are_collected(folder):
    """Missing files and columns are all named at once, and so are bad cells of many tables."""
    write_tables(folder, ICUSTAYS=[{1: TABLES["ICUSTAYS"][0].replace("INTIME", "IN")}])
    (folder / "PATIENTS.csv").unlink()
    (folder / "LABEVENTS.csv").unlink()
    with pytest.raises(InputError) as caught:
        extracted(folder)
    found = ", ".join(TABLES["ICUSTAYS"][0].replace("INTIME", "IN").split(","))
    remedy = "take the file as MIMIC-III publishes it"
    assert caught.value.problems == (
        f"{folder}/ICUSTAYS.csv:1: INTIME: the column is missing ({found}): {remedy}",
        f"{folder}/LABEVENTS.csv: is missing: put the file there",
        f"{folder}/PATIENTS.csv: is missing: put the file there",
    )
    bad = {"PATIENTS": [{2: "1,F,?,?"}], "ADMISSIONS": [{2: ADMISSION.format(1, "?")}]}
    with pytest.raises(InputError) as caught:
        extracted(write_tables(folder, **bad))
    assert [line.split(":")[2].strip() for line in caught.value.problems] == [
        "DEATHTIME",
        "DOB",
        "DOD",
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(b"", r"CHARTEVENTS.csv:1: SUBJECT_ID: the column is missing", id="empty"),
        pytest.param(
            TABLES["CHARTEVENTS"][0].encode() + b"\n1,10,100,211,2100-01-01 07:00:00,\xff,bpm\n",
            r"CHARTEVENTS.csv: cannot be read to its end \('utf-8' codec",
            id="not-utf-8",
        ),
    ],
)
def test_broken_files_are_errors(folder, content, said):
    """A file that is no CSV file to its end is named, with the line where there is one."""
    write_tables(folder)
    (folder / "CHARTEVENTS.csv").write_bytes(content)
    with pytest.raises(InputError, match=said):
        extracted(folder)


def test_compressed_and_small_letters_are_read(folder):
    """Files may be compressed, and headers in small letters, with other columns between."""
    plain, _ = extracted(write_tables(folder))
    shutil.rmtree(folder.parent / "target")
    for path in folder.glob("*.csv"):
        header, *lines = path.read_text().splitlines()
        text = "\n".join([f"row_id,{header.lower()}", *(f"7,{line}" for line in lines)])
        path.with_suffix(".csv.gz").write_bytes(gzip.compress(text.encode()))
        path.unlink()
    stays, _ = extracted(folder)
    np.testing.assert_array_equal(stays[1].values, plain[1].values)


def test_a_truncated_file_is_an_error(folder):
    """A compressed file that breaks off is named."""
    write_tables(folder)
    path = folder / "CHARTEVENTS.csv"
    text = path.read_bytes() + b"".join(
        f"1,10,100,211,2100-01-01 07:{i % 60:02}:00,{i * 7919 % 1000},bpm\n".encode()
        for i in range(20_000)
    )
    path.with_suffix(".csv.gz").write_bytes(gzip.compress(text)[:-2000])
    path.unlink()
    with pytest.raises(InputError, match=r"CHARTEVENTS.csv.gz: cannot be read to its end"):
        extracted(folder)


def test_of_several_values_the_largest_is_kept(folder):
    """Two heart rates at one time give the larger, in whatever order they come."""
    lines = [EVENT.format(1).replace(",80,", f",{value},") for value in (99, 100, 70)]
    stay = extracted(write_tables(folder, CHARTEVENTS=lines))[0][1]
    assert stay.values[0, HEART] == 100


def test_stays_without_events_are_dropped(folder):
    """A stay in which nothing was observed is counted, and not among the episodes."""
    lines = person()
    del lines["CHARTEVENTS"]
    stays, report = extracted(write_tables(folder, **lines))
    assert list(stays) == [1]
    assert fates(report, "episodes") == {"kept": 1, "no events in the stay": 1}


def test_no_stay_at_all_is_no_error(folder):
    """A folder without stays to take gives no episodes."""
    stays, report = extracted(write_tables(folder, ICUSTAYS=[{2: STAY.format(1, "SICU", 7, 3)}]))
    assert stays == {}
    assert fates(report, "ICUSTAYS") == {"transferred": 1}


def test_codes_that_the_dictionary_lacks_are_dropped(folder):
    """Codes of no entry and empty ones are counted, repeated ones are one."""
    lines = ["1,10,3,99999", "1,10,4,", "1,10,5,4019"]
    stays, report = extracted(write_tables(folder, DIAGNOSES_ICD=lines))
    assert stays[1].codes == ("0389", "4019")
    found = fates(report, "DIAGNOSES_ICD")
    assert found == {"kept": 3, "not in D_ICD_DIAGNOSES": 1, "no code": 1}


@pytest.mark.parametrize(
    ("chunk_rows", "part_stays"), [(1, 1), (3, 2), (1000, 1000)], ids=["ones", "few", "all"]
)
def test_chunks_and_parts_leave_episodes_alone(folder, chunk_rows, part_stays):
    """How much is in memory at once does not change what comes out."""
    added = {}
    for number in (2, 3, 4):
        for table, lines in person(number).items():
            added.setdefault(table, []).extend(lines)
    stays, report = extracted(
        write_tables(folder, **added), chunk_rows=chunk_rows, part_stays=part_stays
    )
    assert list(stays) == [1, 2, 3, 4]
    assert fates(report, "CHARTEVENTS") == {"kept": 5}
    assert all(stays[number].values[0, HEART] == 80 for number in stays)


class StoppedError(Exception):
    """The user has had enough."""


@pytest.mark.parametrize("when", ["reading", "CHARTEVENTS", "part 1", "part 2"])
def test_an_interruption_does_no_harm(folder, when):
    """Extraction that was interrupted at any stage gives the same when it is run again."""
    write_tables(folder, **person())

    def stop(message):
        if message.startswith(when):
            raise StoppedError

    target, options = folder.parent / "broken", Options(part_stays=1)
    with pytest.raises(StoppedError):
        episodes.extract(folder, target, options=options, tell=stop)
    with pytest.raises(ValueError, match="holds no finished episodes: run extract"):
        episodes.load(target)
    again = episodes.extract(folder, target, options=options)
    whole, report = extracted(folder, part_stays=1)
    assert again.to_json() == report.to_json()
    for stay in episodes.load(target):
        np.testing.assert_array_equal(stay.values, whole[stay.subject_id].values)


def test_other_options_begin_anew(folder):
    """What was left unfinished with other options is not mixed with the new."""
    write_tables(folder, CHARTEVENTS=["1,10,100,223835,2100-01-01 08:00:00,0.4,"])

    def stop(message):
        if message.startswith("part 1"):
            raise StoppedError

    target = folder.parent / "target"
    with pytest.raises(StoppedError):
        episodes.extract(folder, target, tell=stop)
    stay = extracted(folder, cleaning=Cleaning(fio2="divide all"))[0][1]
    assert stay.frame().loc[2.0, "Fraction inspired oxygen"] == pytest.approx(0.004)


def test_finished_parts_are_not_made_again(folder):
    """After an interruption between parts, tables are not read again."""
    write_tables(folder, **person())
    heard = []

    def stop(message):
        heard.append(message)
        if message.startswith("part 1"):
            raise StoppedError

    target, options = folder.parent / "broken", Options(part_stays=1)
    with pytest.raises(StoppedError):
        episodes.extract(folder, target, options=options, tell=stop)
    assert heard[0] == "reading stays"
    heard.clear()
    first = (target / "part-00000.npz").stat().st_mtime_ns
    episodes.extract(folder, target, options=options, tell=heard.append)
    assert heard == ["part 1 of 2 written", "part 2 of 2 written"]
    assert (target / "part-00000.npz").stat().st_mtime_ns == first


def test_finished_episodes_are_left_alone(folder):
    """A second call reads nothing, and returns the report of the first."""
    _, first = extracted(write_tables(folder))
    heard = []
    again = episodes.extract(folder, folder.parent / "target", tell=heard.append)
    assert heard == []
    assert again.to_json() == first.to_json()
    assert list((folder.parent / "target").glob("unfinished*")) == []


@pytest.mark.parametrize("name", ["chunk_rows", "part_stays"])
def test_something_fits_into_memory(name):
    """No rows or stays at once raise an error that names the option."""
    with pytest.raises(ValueError, match=f"{name} is 0: give at least one"):
        Options(**{name: 0})


def test_other_options_need_another_folder(folder):
    """A target made otherwise is not overwritten, nor is a folder of other things."""
    extracted(write_tables(folder))
    with pytest.raises(ValueError, match="holds episodes made otherwise: delete it or name"):
        extracted(folder, cleaning=Cleaning(ranges="apply"))
    with pytest.raises(ValueError, match="holds other files: name a new folder"):
        episodes.extract(folder, folder)


@pytest.mark.parametrize(
    ("about", "said"),
    [
        pytest.param({"hours": np.array([2.0, 1.0])}, "hours must be increasing", id="order"),
        pytest.param({"hours": np.array([1.0, 9.0])}, r"within \[0, 5\]", id="outside"),
        pytest.param({"hours": np.array([1.0])}, "give a row for each", id="rows"),
        pytest.param({"values": np.full((2, 17), np.nan)}, "a finite value", id="empty"),
        pytest.param({"hours": np.empty(0), "values": np.empty((0, 17))}, "at least", id="none"),
    ],
)
def test_a_stay_is_checked(about, said):
    """Times and values that make no episode raise an error that names the stay."""
    whole = {"hours": np.array([1.0, 2.0]), "values": np.ones((2, 17))} | about
    with pytest.raises(ValueError, match=f"stay 5: .*{said}"):
        Stay(stay_id=5, subject_id=1, los_hours=5.0, died=False, **whole)
