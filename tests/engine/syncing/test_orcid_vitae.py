"""ORCID's record fills the tables of the CV, with what the owner takes and nothing else."""

import json
from pathlib import Path

import pytest

from portfolio.__main__ import main
from portfolio.records.kinds.reader import load_items

ORCID = "0000-0002-1825-0097"


def date(year, month=None):
    """Return a date as ORCID tells it."""
    return {"year": {"value": year}, "month": {"value": month} if month else None, "day": None}


def affiliation(name, role, begins, ends=None, **said):
    """Return a group of one summary."""
    organisation = {"name": "Sea Institute", "address": {"city": "Yerevan", "country": "AM"}}
    summary = {"role-title": role, "start-date": begins, "end-date": ends, "url": None,
               "department-name": "Physics", "organization": organisation} | said  # fmt: skip
    return {"affiliation-group": [{"summaries": [{f"{name}-summary": summary}]}]}


RECORD = {
    "activities-summary": {
        "educations": affiliation("education", "PhD: Waves", date("2012", "09"), date("2016")),
        "employments": affiliation("employment", "Professor", date("2018")),
        "distinctions": affiliation("distinction", "Medal of Salt", date("2020", "05")),
        "services": affiliation("service", None, date("2019"), date("2021")),
        "fundings": {"group": [{"funding-summary": [{
            "title": {"title": {"value": "Foam &amp; tides"}}, "organization": {"name": "Sea Fund"},
            "external-ids": {"external-id": [{"external-id-value": "F-7"}]},
            "start-date": date("2021"), "end-date": date("2024"),
        }]}]},
        "peer-reviews": {"group": [{"peer-review-group": [{"peer-review-summary": [
            {"convening-organization": {"name": "Salt Press"}, "completion-date": date(year)}
            for year in ("2019", "2022", "2020")
        ]}]}]},
        "works": {"group": []},
    }
}  # fmt: skip


ODD = b'{"activities-summary": {"services": {"affiliation-group": [7, {"summaries": 3}]}}}'


@pytest.fixture
def record(tell, service):
    """Have ORCID know a record."""
    tell()
    service.says(f"/orcid/{ORCID}/record", json.dumps(RECORD))


@pytest.mark.usefixtures("record")
def test_what_is_there_is_shown_and_not_taken(home, capsys):
    """Each thing has a name, and nothing is written."""
    assert main(["import", ORCID]) == 0
    assert capsys.readouterr().out == (
        "education-sea-institute: PhD: Waves, Sea Institute, Yerevan, Armenia, 2012-09 – 2016\n"
        "positions-sea-institute: Professor, Sea Institute, Yerevan, Armenia, 2018 – present\n"
        "awards-sea-institute: Medal of Salt, Sea Institute, 2020-05\n"
        "service-sea-institute: Service, Sea Institute, Yerevan, Armenia, 2019 – 2021\n"
        "grants-sea-fund: Foam & tides, Sea Fund, 2021 – 2024\n"
        "service-salt-press: Reviewer, Salt Press, 2019 – 2022\n"
    )
    assert not (home / "cv").exists()


@pytest.mark.usefixtures("record")
def test_all_of_it_is_read_back(home, capsys):
    """The tables say what the record says, and afterwards nothing is new."""
    assert main(["import", f"https://orcid.org/{ORCID}", "--take", "all"]) == 0
    problems = []
    items = load_items(home, problems)
    assert problems == []
    told = {(kind, item.title, item.text("institution"), item.when.first.year)
            for kind, some in items.items() for item in some}  # fmt: skip
    assert told == {
        ("education", "PhD: Waves", "Sea Institute", 2012),
        ("positions", "Professor", "Sea Institute", 2018),
        ("awards", "Medal of Salt", "Sea Institute", 2020),
        ("service", "Service", "Sea Institute", 2019),
        ("service", "Reviewer", "Salt Press", 2019),
        ("grants", "Foam & tides", "Sea Fund", 2021),
    }
    assert items["positions"][0].when.goes_on
    assert items["grants"][0].texts["number"] == "F-7"
    capsys.readouterr()
    assert main(["import", ORCID, "--take", "all"]) == 0
    assert capsys.readouterr().out == "nothing is changed\n"


@pytest.mark.usefixtures("record")
def test_a_table_that_is_there_goes_on(home):
    """Its bytes stay, and what it says already is not said again."""
    own = home / "positions" / "positions.yml"
    own.parent.mkdir()
    before = b"# mine\r\n- title: Chair of Physics\r\n  institution: Sea institute\r\n  start: 2018"
    own.write_bytes(before)
    assert main(["import", ORCID, "--take", "positions"]) == 0
    assert own.read_bytes() == before
    other = home / "cv" / "grants.yml"
    other.parent.mkdir()
    other.write_bytes(b"# mine\r\n- title: Old\r\n  start: 2001")
    assert main(["import", ORCID, "--take", "grants-sea-fund"]) == 0
    assert other.read_bytes() == (
        b'# mine\r\n- title: Old\r\n  start: 2001\r\n- title: "Foam & tides"\r\n'
        b"  institution: Sea Fund\r\n  number: F-7\r\n  start: 2021\r\n  end: 2024\r\n"
    )


@pytest.mark.usefixtures("record")
def test_a_table_that_cannot_go_on_is_named(home, capsys):
    """A list that lies in a mapping, or is no YAML, is left as it is."""
    path = home / "cv" / "awards.yml"
    path.parent.mkdir()
    for text in ("awards: {a: 1}\n", "- title: [\n"):
        path.write_text(text)
        assert main(["import", ORCID, "--take", "awards"]) == 1
        assert capsys.readouterr().err.count("\n") == 1
        assert path.read_text() == text


@pytest.mark.usefixtures("record")
def test_nothing_is_taken_unless_it_is_named(capsys):
    """A name that nothing has, and nobody to ask, are one line each."""
    for words in (["--take", "nonsense"], ["--take"]):
        assert main(["import", ORCID, *words]) == 1
        assert capsys.readouterr().err.count("\n") == 1
    assert not Path("cv").exists()


@pytest.mark.parametrize(
    "answer",
    [(404, {}, b""), (500, {}, b""), (200, {}, b"[]"), (200, {}, b'{"activities-summary": 7}'),
     (302, {"Location": "file:///etc/passwd"}, b""),
     (200, {}, ODD),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("record", "hasty")
def test_whatever_it_answers_nothing_breaks(service, answer, capsys):
    """There is one line, or nothing new, and nothing is written."""
    service.says(f"/orcid/{ORCID}/record", answer)
    status = main(["import", ORCID, "--take", "all"])
    out, err = capsys.readouterr()
    assert (status, err.count("\n")) == (1, 1) or out == "nothing is changed\n"
    assert not Path("cv").exists()
