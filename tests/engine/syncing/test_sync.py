"""`sync` shows what is new, writes what it is told to, and asks anew what may have changed."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from itertools import count

import pytest
from killed import forked
from world import world

from portfolio.__main__ import main
from portfolio.pages.loaded import portfolio_at
from portfolio.records.bibliography import load_bibliography
from portfolio.records.site import load_site
from portfolio.services.memory import Memory
from portfolio.syncing.asking import ask_all
from portfolio.syncing.laid_beside import laid_beside
from portfolio.syncing.owner import identity_of
from portfolio.syncing.taking import chosen, take
from portfolio.verbs.syncing import web_of
from portfolio.verbs.telling import changing

PEOPLE = ["Ada Byron", "Bea Ash"]
HERE = {"key": "waves", "kind": "misc", "title": "Long waves of the {N}orth", "authors": PEOPLE,
        "year": 2019, "arxiv": "1901.00001", "note": "Best paper"}  # fmt: skip
PUBLISHED = {"name": "W1", "kind": "article", "title": "Long waves of the North", "year": 2020,
             "authors": PEOPLE, "venue": "Sea Letters", "volume": "4", "pages": "1-9",
             "doi": "10.1000/waves", "arxiv": "1901.00001"}  # fmt: skip
FOAM = {"name": "W2", "kind": "article", "title": "Foam & 50% of it", "year": 2021,
        "authors": PEOPLE, "venue": "Annals of Salt", "doi": "10.1000/foam"}  # fmt: skip
TRICKY = "% mine\n\n{}@comment{{left alone}}\n  stray\ttext"


@pytest.fixture
def bib(tell, home):
    """Have a preprint here that is published there, and a paper there that is not here."""
    tell(bib=[HERE], openalex=[PUBLISHED, FOAM], orcid=[FOAM | {"code": 7}])
    path = home / "publications" / "publications.bib"
    path.write_text(TRICKY.format(path.read_text()))
    return path


def test_what_is_new_is_shown_and_fails(bib, capsys):
    """Each new work is there with its evidence, the exit status says so, nothing is written."""
    before = bib.read_bytes()
    assert main(["sync"]) == 1
    out = capsys.readouterr().out
    assert "missing here (1)\n  byron2021foam  Foam & 50% of it. Ada Byron, Bea Ash." in out
    assert "published since (1)\n  waves " in out
    assert "a preprint here, the same arXiv identifier" in out
    assert out.endswith("2 works: 1 missing here, 1 published since\n")
    assert bib.read_bytes() == before
    assert [path.name for path in bib.parent.iterdir()] == [bib.name]


def test_programs_and_pull_requests_read_it_too(bib, capsys):
    """JSON has every work, GitHub's notices stand at the entry's line, Markdown is tables."""
    main(["sync", "--format", "json"])
    told = json.loads(capsys.readouterr().out)
    assert [(each["group"], each["name"], each["key"]) for each in told] == [
        ("missing", "byron2021foam", None),
        ("published", "waves", "waves"),
    ]
    assert [work["service"] for work in told[0]["works"]] == ["ORCID", "OpenAlex"]
    main(["sync", "--format", "github"])
    out = capsys.readouterr().out
    assert "::notice file=publications/publications.bib,line=3,title=waves::published since" in out
    main(["sync", "--format", "markdown"])
    out = capsys.readouterr().out
    assert "| `byron2021foam` | 2021 | [Foam & 50% of it](<https://doi.org/10.1000/foam>) |" in out
    assert bib.exists()


def test_what_is_chosen_is_written_and_nothing_else(bib, capsys):
    """A preprint becomes the publication under its key, a paper is put first, with their source."""
    before = bib.read_text()
    assert main(["sync", "--write", "all"]) == 0
    after = bib.read_text()
    head, tail = before.split("@misc{waves,")
    assert after.startswith(f"{head}@article{{byron2021foam,\n")
    assert "\n\n@article{waves,\n" in after
    assert tail.partition("@comment")[2] in after
    papers = {paper.key: paper for paper in load_bibliography(bib.parents[1])}
    waves, foam = papers["waves"], papers["byron2021foam"]
    assert (waves.venue, waves.year, waves.doi) == ("Sea Letters", 2020, "10.1000/waves")
    assert (waves.arxiv, waves.note) == ("1901.00001", "Best paper")
    assert "title = {Long waves of the {N}orth}" in after
    assert foam.title == "Foam & 50% of it"
    assert foam.fields["source"] == "ORCID, OpenAlex"
    capsys.readouterr()
    assert main(["sync"]) == 0
    assert capsys.readouterr().out == "2 works: 2 the same\n"


def test_an_entry_that_cannot_be_changed_is_left_and_named(bib, capsys):
    """One in parentheses stays as it is, and what else was chosen is written."""
    bib.write_text("@misc(waves, title={Long waves of the North}, author={Byron, Ada},\n"
                   "year=2019, eprint={1901.00001}, archiveprefix={arXiv})\n")  # fmt: skip
    before = bib.read_text()
    assert main(["sync", "--write", "all"]) == 0
    out = capsys.readouterr().out
    assert "waves: it is not there in good order: change it by hand" in out
    assert "byron2021foam: added to publications/publications.bib" in out
    assert bib.read_text().endswith(before)


def test_the_owner_is_asked_of_each_work(bib, home, monkeypatch, capsys):
    """On a terminal each one is shown, and taken, ignored with a reason, or left."""
    said = iter(["i", "a talk", "t"])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("builtins.input", lambda _: next(said))
    assert main(["sync", "--write"]) == 0
    assert "missing: Foam & 50% of it." in capsys.readouterr().out
    assert (home / "publications" / "ignored.csv").read_text().endswith(",a talk\n")
    assert "@article{waves," in bib.read_text()


def test_what_services_say_means_nothing_to_terminals_and_markdown(tell, capsys):
    """Colours, links and tables in a title are letters."""
    title = "Long \x1b[31mred waves](http://x.example) | <b>and `more`"
    tell(openalex=[PUBLISHED | {"title": title, "doi": "10.1/a>b|c"}])
    main(["sync"])
    assert "\x1b" not in capsys.readouterr().out
    main(["sync", "--format", "markdown"])
    row = next(line for line in capsys.readouterr().out.split("\n") if "waves" in line)
    assert "red waves\\](http" in row
    assert "10.1/a%3Eb%7Cc>" in row


def test_a_pull_request_calls_nobody(tell, capsys):
    """A title with the name of somebody on GitHub, or the number of an issue, is only a title."""
    tell(openalex=[PUBLISHED | {"title": "Waves of @somebody and #7", "doi": "10.1/a"}])
    main(["sync", "--format", "markdown"])
    assert "Waves of @<!-- -->somebody and #<!-- -->7" in capsys.readouterr().out


def test_a_table_of_ignored_works_calculates_nothing(tell, home):
    """A title that a spreadsheet would take for a formula is text there, and still found again."""
    tell(openalex=[PUBLISHED | {"title": "=HYPERLINK(1) of waves", "doi": ""}])
    main(["sync", "--ignore", "missing", "--because", "-not mine"])
    text = (home / "publications" / "ignored.csv").read_text()
    assert ",'=HYPERLINK(1) of waves,'-not mine\n" in text
    assert main(["sync"]) == 0


def test_nothing_is_written_unless_it_is_named(bib, capsys):
    """Where nobody can be asked, and for a name that no work has, one line says what to do."""
    before = bib.read_bytes()
    for arguments in (["--write"], ["--write", "nonsense"], ["--ignore", "waves"]):
        assert main(["sync", *arguments]) == 1
        assert capsys.readouterr().err.count("\n") == 1
    assert bib.read_bytes() == before


def test_what_is_ignored_is_remembered_with_its_reason(bib, home, capsys):
    """A work that the owner does not want is not new again."""
    assert main(["sync", "--ignore", "byron2021foam", "--because", "a talk, no paper"]) == 0
    said = (home / "publications" / "ignored.csv").read_text()
    assert said == (
        'identifier,title,reason\ndoi:10.1000/foam,Foam & 50% of it,"a talk, no paper"\n'
    )
    capsys.readouterr()
    main(["sync", "--format", "json"])
    told = json.loads(capsys.readouterr().out)
    assert [(each["group"], each["why"]) for each in told if each["group"] == "ignored"] == [
        ("ignored", "a talk, no paper")
    ]
    assert bib.exists()


def test_a_retraction_and_an_erratum_become_remarks(tell, home):
    """The owner's own remark stays before them."""
    paper = PUBLISHED | {"key": "waves", "note": "Best paper"}
    other = FOAM | {"key": "foam", "title": "Foam and all of it"}
    notice = FOAM | {"name": "W3", "title": "Correction to: Foam and all of it",
                     "doi": "10.1000/foam.2"}  # fmt: skip
    tell(bib=[paper, other], openalex=[PUBLISHED | {"retracted": True}, notice])
    assert main(["sync", "--write", "corrected"]) == 0
    papers = {paper.key: paper for paper in load_bibliography(home)}
    assert papers["waves"].note == "Best paper. Retracted"
    assert papers["foam"].note == "Erratum: 10.1000/foam.2"
    assert main(["sync"]) == 0


def test_a_second_run_asks_nothing_and_changes_nothing(bib, service, home, capsys):
    """What was heard a moment ago is not asked for again."""
    main(["sync"])
    first, asked = capsys.readouterr().out, len(service.asked)
    state = {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    main(["sync"])
    assert capsys.readouterr().out == first
    assert len(service.asked) == asked
    assert state == {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    assert bib.exists()


def test_after_a_while_only_what_changed_is_sent_again(tell, service, home):
    """Lists are asked for with the marks they had; the works of an unchanged one are kept."""
    told = tell(world())
    identity = identity_of(load_site(home))
    first = ask_all(identity, web_of(None), Memory(home))
    del service.asked[:]
    later = Memory(home, now=lambda: time.time() + 7200)
    again = ask_all(identity, web_of(None), later)
    assert again.works == first.works
    paths = Counter(path.partition("?")[0] for path, _ in service.asked)
    assert sorted(paths.values()) == [1, 1, 1, 1]
    assert not any("works/" in path for path in paths)
    assert len(first.works) == sum(map(len, (told.orcid, told.openalex, told.dblp, told.arxiv)))


def test_a_key_is_sent_and_kept_nowhere(bib, service, home, monkeypatch):
    """The key of a service stands in no file and no message."""
    monkeypatch.setenv("PORTFOLIO_OPENALEX_KEY", "s3cret")
    main(["sync"])
    assert any("api_key=s3cret" in path for path, _ in service.asked)
    assert not any(b"s3cret" in path.read_bytes() for path in home.rglob("*") if path.is_file())
    assert bib.exists()


HOSTILE = [
    (500, {}, b"oops"),
    (429, {"Retry-After": "3600"}, b""),
    (403, {}, b"no"),
    (200, {}, b""),
    (200, {}, b"<html>captcha"),
    (200, {}, b'{"group": 7, "results": "no", "message": []}'),
    (200, {}, b"[" * 100_000),
    (200, {"Content-Length": "999"}, b"{}"),
    (200, {}, b"x" * 6_000_000),
    (302, {"Location": "file:///etc/passwd"}, b""),
    (302, {"Location": "http://localhost:1/"}, b""),
    (302, {"Location": "http://[::1]:1/"}, b""),
]


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize("answer", HOSTILE)
def test_a_hostile_service_is_one_line(bib, service, answer, capsys, monkeypatch):
    """Whatever comes, each service is one line, nothing is changed, and nobody waits for long."""
    monkeypatch.setenv("PORTFOLIO_OPENALEX_KEY", "s3cret")
    before = bib.read_bytes()
    for path in service.answers:
        service.says(path, answer)
    started = time.monotonic()
    assert main(["sync", "--patience", "600", "--write", "all"]) == 2
    assert time.monotonic() - started < 60
    out, err = capsys.readouterr()
    silent = 4 if answer[2] or answer[0] != 200 else 3  # an empty bibliography is one
    assert err.count("\n") == silent, err
    assert "s3cret" not in err
    assert out == "nothing is changed\n"
    assert bib.read_bytes() == before


def test_services_are_told_whom_to_write_to(bib, service, home):
    """The owner's address for mail goes to each of them, in the name that we give."""
    heard = {}
    for path in list(service.answers):
        service.says(
            path, lambda at, said: heard.setdefault(at[:5], said["User-Agent"]) and (404, {}, b"")
        )
    settings = home / "_quarto.yml"
    settings.write_text(settings.read_text() + "  email: ada@byron.example\n")
    main(["sync", "--patience", "60"])
    assert len(heard) == 4
    assert all("mailto:ada@byron.example" in each for each in heard.values())
    assert bib.exists()


@pytest.mark.parametrize("settings", ["owner: [", "owner: {name: Ada}\n"])
def test_where_nobody_can_tell_the_status_says_so(bib, home, settings, capsys):
    """Settings that cannot be read, or name nobody to ask for, are no news: the status is 2."""
    (home / "_quarto.yml").write_text(settings)
    assert main(["sync"]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert bib.exists()


@pytest.mark.parametrize(
    ("option", "said"),
    [
        ("--orcid", "0000-0002-1825-0098"),
        ("--orcid", "../../x"),
        ("--dblp", "x/../y"),
        ("--dblp", "x"),
    ],
)
def test_what_is_no_identifier_is_refused(bib, service, option, said, capsys):
    """Nothing is asked for by a slip, or under another address."""
    assert main(["sync", option, said]) == 2
    err = capsys.readouterr().err
    assert err.startswith(f"{option}: it is no ")
    assert f"({said})" in err
    assert err.count("\n") == 1
    assert service.asked == []
    assert bib.exists()


def test_identifiers_may_be_addresses(bib, capsys):
    """What people copy from a browser names them as well."""
    orcid, dblp = "https://orcid.org/0000-0002-1825-0097", "https://dblp.org/pid/00/1.html"
    assert main(["sync", "--orcid", orcid, "--dblp", dblp]) == 1
    out, err = capsys.readouterr()
    assert "2 works: 1 missing here, 1 published since" in out
    assert "/works:" not in err
    assert bib.exists()


@pytest.mark.parametrize("gap", ["soon", "nan", "-1", "1e99"])
def test_a_gap_that_is_no_time_is_one_line(bib, monkeypatch, capsys, gap):
    """What the environment says is looked at as all else."""
    monkeypatch.setenv("PORTFOLIO_GAP", gap)
    assert main(["sync"]) == 2
    said = f"PORTFOLIO_GAP: it is no time in seconds ({gap}): write 1, or leave it out\n"
    assert capsys.readouterr().err == said
    assert bib.exists()


@pytest.mark.parametrize("patience", ["nan", "inf", "0", "-3", "x"])
@pytest.mark.parametrize("verb", ["sync", "counts", "check"])
def test_a_patience_that_is_no_time_is_refused(verb, patience, capsys):
    """Nobody waits for ever, or not at all, by a slip."""
    with pytest.raises(SystemExit) as status:
        main([verb, f"--patience={patience}"])
    assert status.value.code == 2
    assert "--patience" in capsys.readouterr().err


def test_a_title_with_code_in_it_is_letters_on_pages(tell, home):
    """Whatever a service writes into a title, and however often escaped, runs nowhere."""
    titles = [
        "Salt <script>alert(1)</script> one", "Salt &lt;img src=x onerror=alert(1)&gt; two",
        "Salt &amp;lt;script&amp;gt;alert(1)&amp;lt;/script&amp;gt; three",
        "Salt $\\href{javascript:alert(1)}{x}$ four", "Salt \\input{/etc/passwd} five",
    ]  # fmt: skip
    tell(
        orcid=[
            FOAM | {"title": title, "doi": f"10.1000/f{n}", "code": n}
            for n, title in enumerate(titles)
        ]
    )
    assert main(["sync", "--write", "all"]) == 0
    here = portfolio_at(home)
    assert len(here.papers) == len(titles)
    for paper in here.papers:
        assert "Salt" in paper.title_html
        tags = re.findall(r"<(\w+)[^>]*", paper.title_html)
        assert not {"script", "img", "a", "iframe", "input"} & set(tags), paper.title_html


def trickle():
    """Give a letter at a time, for ever."""
    while True:
        yield b" "
        time.sleep(0.1)


def test_a_service_that_never_ends_is_not_waited_for(bib, service, capsys):
    """A letter at a time outlasts nobody's patience, and the other services are heard."""
    service.says("/dblp/pid/00/1.bib", (200, {}, b""))
    service.answers["/dblp/pid/00/1.bib"] = [lambda *_: (200, {}, trickle())]
    started = time.monotonic()
    assert main(["sync", "--patience", "5"]) == 2
    assert time.monotonic() - started < 60
    out, err = capsys.readouterr()
    assert "no answer in 5 s" in err
    assert "byron2021foam" in out
    assert bib.exists()


@pytest.mark.usefixtures("hasty")
def test_a_service_that_is_killed_is_one_line(bib, monkeypatch, capsys):
    """Nobody listens at a port any more."""
    with socket.create_server(("127.0.0.1", 0)) as closed:
        address = f"http://127.0.0.1:{closed.getsockname()[1]}"
    monkeypatch.setenv("PORTFOLIO_DBLP_SERVICE", address)
    assert main(["sync"]) == 2
    assert capsys.readouterr().err.count("the service cannot be reached") == 1
    assert bib.exists()


def test_openalex_without_a_key_may_refuse(bib, service, capsys):
    """Where it wants a key and nobody has one, that is a remark, and the rest counts."""
    service.says("/openalex/works", (401, {}, b'{"error": "API key required"}'))
    assert main(["sync", "--write", "missing"]) == 0
    assert "--openalex KEY" in capsys.readouterr().err
    assert "byron2021foam" in bib.read_text()


@pytest.mark.skipif(os.name == "nt", reason="a signal is sent as on POSIX")
def test_ctrl_c_ends_it_at_once(bib, service, home):
    """Nobody waits for services that have not answered yet, and nothing is changed."""
    before = bib.read_bytes()
    service.answers["/dblp/pid/00/1.bib"] = [lambda *_: (200, {}, trickle())]
    command = [sys.executable, "-m", "portfolio", "sync", "--patience", "600", "--write", "all"]
    with subprocess.Popen(command, cwd=home, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as ran:
        while not any("dblp" in path for path, _ in service.asked):
            assert ran.poll() is None
            time.sleep(0.02)
        time.sleep(0.3)
        ran.send_signal(signal.SIGINT)
        started = time.monotonic()
        out, err = ran.communicate()
        assert time.monotonic() - started < 60
    assert (ran.returncode, out, err) == (130, b"", b"")
    assert bib.read_bytes() == before


@pytest.mark.skipif(os.name == "nt", reason="processes are copied and killed as on POSIX")
def test_killed_amid_writing_it_is_all_or_nothing(bib, home):
    """Wherever `--write` is killed, the next run finds the bibliography as it was, or as told."""
    site, papers = load_site(home), load_bibliography(home)
    asked = ask_all(identity_of(site), web_of(None), Memory(home))
    _, found = laid_beside(home, site, papers, asked.works)
    wanted, before = chosen(found, ["all"]), bib.read_bytes()

    def states():
        for steps in count():
            bib.write_bytes(before)
            was_killed = forked(lambda: take(home, papers, wanted), steps)
            with changing("sync", home):
                yield bib.read_bytes()
            if not was_killed:
                return

    seen = list(states())
    assert len(seen) > 4
    assert seen[-1].count(b"@article") == 2
    assert set(seen) == {before, seen[-1]}
