"""Counts of citations are asked for politely, and nothing that a service does breaks a build."""

import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
from shapes import dumped, openalex_page, openalex_work

from portfolio.__main__ import main
from portfolio.pages.check import problems
from portfolio.pages.loaded import portfolio_at
from portfolio.records.counts import Count, h_index, read_counts

PEOPLE = ["Ada Byron", "Bea Ash"]
WAVES = {"key": "waves", "name": "W1", "kind": "article", "title": "Long waves of the North",
         "authors": PEOPLE, "venue": "Sea Letters", "year": 2020, "doi": "10.1/w"}  # fmt: skip
PREPRINT = {"key": "waves0", "name": "W2", "kind": "misc", "title": "Long waves of the North",
            "year": 2019, "authors": PEOPLE, "arxiv": "1901.00001"}  # fmt: skip
FOAM = {"key": "foam", "name": "W3", "kind": "article", "title": "Foam of the South", "year": 2021,
        "authors": PEOPLE, "venue": "Annals of Salt", "doi": "10.1000/Foam"}  # fmt: skip
TODAY = datetime.now(UTC).date().isoformat()


def crossref(*works):
    """Return what Crossref answers of works."""
    items = [
        {
            "DOI": work["doi"],
            "type": "journal-article",
            "title": [work["title"]],
            "author": [{"given": "Ada", "family": "Byron"}],
            "is-referenced-by-count": work["cited"],
        }
        for work in works
    ]
    return dumped({"status": "ok", "message": {"items": items}})


@pytest.fixture
def told(tell, service, home):
    """Have two papers, one with a preprint of its own, and a function that has them cited."""
    tell(bib=[WAVES, PREPRINT, FOAM])
    bib = home / "publications" / "publications.bib"
    bib.write_text(bib.read_text().replace("@misc{waves0,", "@misc{waves0,\n version_of={waves},"))

    def told(waves, preprint, foam, **said):
        works = [WAVES | {"cited": waves}, FOAM | {"cited": foam} | said]
        arxiv = PREPRINT | {"cited": preprint, "doi": "10.48550/arxiv.1901.00001"}
        service.says("/openalex/works", dumped(openalex_page([*works, arxiv])))
        service.says("/crossref/works", crossref(WAVES | {"cited": waves - 1}))
        forget(home)

    told(12, 3, 5)
    return told


def forget(home):
    """Have nothing remembered of what was asked."""
    for path in (home / ".portfolio" / "asked").glob("*"):
        path.unlink()


def numbers(home):
    """Return the counts by key and source, with their notes."""
    counts = read_counts(home, [])
    return {name: (each.citations, each.note) for name, each in counts.items()}


def test_counts_are_written_with_source_and_date(told, home):
    """Merged versions are one number, and each service has its own row."""
    assert told
    assert main(["counts"]) == 0
    assert (home / "publications" / "counts.csv").read_text() == (
        "key,source,citations,date,note\n"
        f"foam,OpenAlex,5,{TODAY},\nwaves,Crossref,11,{TODAY},\nwaves,OpenAlex,15,{TODAY},\n"
    )


def test_a_few_requests_do_for_all_and_a_second_run_asks_none(told, service, home):
    """All DOIs go into one request to each service, and what was heard today stands."""
    assert told
    main(["counts"])
    asked = sorted(path for path, _ in service.asked)
    assert len(asked) == 2
    assert "10.48550" not in asked[0]
    assert "10.48550" in asked[1]
    before = (home / "publications" / "counts.csv").read_bytes()
    main(["counts"])
    assert len(service.asked) == 2
    assert (home / "publications" / "counts.csv").read_bytes() == before


@pytest.mark.parametrize(
    "answer",
    [(500, {}, b""), (429, {"Retry-After": "600"}, b""), (401, {}, b"{}"), (200, {}, b"<html>"),
     (200, {"Content-Length": "9999"}, b"{}"), (302, {"Location": "file:///etc/passwd"}, b"")],
)  # fmt: skip
@pytest.mark.usefixtures("hasty")
def test_an_outage_keeps_the_old_numbers_and_check_says_so(told, service, home, answer, capsys):
    """No number is lost, and a hint names each service that is behind."""
    assert told
    main(["counts"])
    forget(home)
    service.says("/openalex/works", answer)
    capsys.readouterr()
    started = time.monotonic()
    assert main(["counts", "--patience", "600"]) == 2
    assert time.monotonic() - started < 60
    assert "/openalex/works" in capsys.readouterr().err
    note = f"no answer on {TODAY}"
    assert numbers(home) == {
        ("foam", "OpenAlex"): (5, note),
        ("waves", "OpenAlex"): (15, note),
        ("waves", "Crossref"): (11, ""),
    }
    hints = [str(each) for each in problems(home) if each.path.endswith("counts.csv")]
    place = "publications/counts.csv:2: hint: foam: OpenAlex"
    said = f"{note}, so the old numbers stay (2 times, at lines 2, 4)"
    assert hints == [f"{place}: {said}: try `portfolio counts` again"]


def test_without_a_key_works_are_asked_one_by_one(told, service, home):
    """Where a list needs a key that nobody has, single works, which need none, do."""
    assert told
    service.says("/openalex/works", (401, {}, b'{"error": "API key required"}'))
    service.says("/openalex/works/doi:10.1/w", dumped(openalex_work(WAVES | {"cited": 8})))
    assert main(["counts"]) == 0
    assert numbers(home)["waves", "OpenAlex"] == (8, "")
    assert ("foam", "OpenAlex") not in numbers(home)


def test_a_slow_service_takes_no_time_from_another(told, service, home):
    """Both are asked at once, each with its own patience."""
    assert told
    over = threading.Event()
    service.says("/openalex/works", lambda *_: over.wait(60) and (200, {}, b"{}"))
    assert main(["counts", "--patience", "5"]) == 2
    over.set()
    assert numbers(home) == {("waves", "Crossref"): (11, "")}


def test_a_number_that_jumps_is_held_back_until_it_is_accepted(told, home, capsys):
    """Hundreds in a day are named and not shown, unless the owner says that they are true."""
    main(["counts"])
    told(12, 3, 500)
    capsys.readouterr()
    assert main(["counts"]) == 0
    said = f"500 on {TODAY} is held back, a jump from 5"
    assert said in capsys.readouterr().err
    assert numbers(home)["foam", "OpenAlex"] == (5, said)
    assert main(["counts", "--accept", "foam"]) == 0
    assert numbers(home)["foam", "OpenAlex"] == (500, "")


def test_a_key_that_no_paper_has_is_refused(told, service, home, capsys):
    """A slip in `--accept` is told before anything is asked for."""
    assert told
    assert main(["counts", "--accept", "faom"]) == 1
    assert capsys.readouterr().err == "--accept: no paper has this key (faom): correct it\n"
    assert service.asked == []
    assert not (home / "publications" / "counts.csv").exists()


def test_a_first_number_that_no_paper_has_is_held_back(told, home):
    """There is nothing to compare it with, and still it cannot be true."""
    told(12, 3, 10**18)
    assert main(["counts"]) == 0
    number, note = numbers(home)["foam", "OpenAlex"]
    assert number == 0
    assert note.endswith("is held back, more than any paper has")


@pytest.mark.usefixtures("hasty")
def test_an_outage_that_is_over_is_not_told_of_any_more(told, service, home):
    """A service that answers, and knows a paper no more, leaves its number without the remark."""
    told(12, 3, 5)
    main(["counts"])
    forget(home)
    service.says("/openalex/works", (500, {}, b""))
    main(["counts"])
    forget(home)
    service.says("/openalex/works", dumped(openalex_page([])))
    assert main(["counts"]) == 0
    assert numbers(home)["foam", "OpenAlex"] == (5, "")


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"authors": ["Gus Teak"]}, "is by other people"),
        ({"authors": ["Gus Teak"], "title": "Teeth"}, "is another work (Teeth)"),
    ],
)
def test_a_number_of_somebody_else_is_held_back(told, home, said, why):
    """Where a service knows another work or other people under a DOI, the old number stays."""
    main(["counts"])
    told(12, 3, 6, **said)
    main(["counts"])
    number, note = numbers(home)["foam", "OpenAlex"]
    assert number == 5
    assert note.endswith(why)


def test_pages_show_a_number_with_its_date_where_it_is_wanted(told, home):
    """Without `owner.citations` no page says a number; with it, in the page's own language."""
    from portfolio.pages.cited import cited, cited_in_all  # noqa: PLC0415

    assert told
    main(["counts"])
    here = portfolio_at(home)
    assert cited(here, here.papers["waves"]) == ""
    assert cited_in_all(here) == ""
    settings = home / "_quarto.yml"
    settings.write_text(settings.read_text() + "  citations: OpenAlex\n")
    here = portfolio_at(home)
    day = here.say.day(datetime.now(UTC).date())
    wanted = f'<p class="cited">Cited 15 times (OpenAlex, {day})</p>'
    assert cited(here, here.papers["waves"]) == wanted
    wanted = f'<p class="cited">20 citations, h-index 2 (OpenAlex, {day})</p>'
    assert cited_in_all(here) == wanted
    assert "15-mal zitiert" in cited(here.in_language("de"), here.papers["waves"])


def test_another_source_is_named(told, home):
    """`owner.citations` names a service that counts."""
    assert told
    settings = home / "_quarto.yml"
    settings.write_text(settings.read_text() + "  citations: Scholar\n")
    found = [str(each) for each in problems(home) if each.key == "owner.citations"]
    assert len(found) == 1
    assert found[0].endswith("(Scholar): write OpenAlex or Crossref")


@pytest.mark.parametrize(("days", "moves"), [(3, False), (40, True)])
def test_a_number_that_is_the_same_keeps_its_day_for_a_month(told, home, days, moves):
    """A weekly run has something to commit when a number moved, and once a month."""
    assert told
    day = (datetime.now(UTC).date() - timedelta(days=days)).isoformat()
    path = home / "publications" / "counts.csv"
    path.write_text(f"key,source,citations,date,note\nfoam,OpenAlex,5,{day},\n")
    main(["counts"])
    assert f"foam,OpenAlex,5,{TODAY if moves else day},\n" in path.read_text()


@pytest.mark.parametrize(
    ("citations", "index"), [([], 0), ([0], 0), ([9], 1), ([5, 4, 3, 3, 1], 3), ([2, 2, 2], 2)]
)
def test_the_h_index_is_what_it_says(citations, index):
    """So many papers are cited at least so often (Hirsch 2005)."""
    day = datetime.now(UTC).date()
    assert h_index(Count(str(n), "x", cited, day) for n, cited in enumerate(citations)) == index


def test_a_table_that_somebody_broke_is_named(told, home):
    """Rows that cannot be read are problems with their line, the others count."""
    assert told
    path = home / "publications" / "counts.csv"
    path.write_text("key,source,citations,date,note\nfoam,OpenAlex,many,2020-01-01,\n"
                    "waves,OpenAlex,7,2020-01-01,\n")  # fmt: skip
    found = [str(each) for each in problems(home) if each.path == "publications/counts.csv"]
    said = "a row needs key, source, citations and date: complete it"
    assert found == [f"publications/counts.csv:2: foam: {said}"]
    assert numbers(home) == {("waves", "OpenAlex"): (7, "")}


def test_a_number_twice_is_named_and_the_table_stays(told, home, capsys):
    """Of two rows for a paper and a source, in any letters, the first counts; none is lost."""
    assert told
    path = home / "publications" / "counts.csv"
    path.write_text("key,source,citations,date,note\nfoam,openalex,9,2020-01-01,\n"
                    "Foam,OPENALEX,7,2020-01-01,\n")  # fmt: skip
    before = path.read_bytes()
    assert main(["counts"]) == 1
    said = "OpenAlex has a number of it already (line 2): remove one of the rows"
    assert capsys.readouterr().err == f"publications/counts.csv:3: Foam: {said}\n"
    assert path.read_bytes() == before
    assert numbers(home) == {("foam", "OpenAlex"): (9, "")}
