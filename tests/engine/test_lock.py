"""A project is changed by one at a time, and whoever waits is told and can give up."""

import os
import signal
import subprocess
import sys
import time

import pytest

from portfolio import lock
from portfolio.files import UnwritableError
from portfolio.lock import held

HOLDER = """
import sys, time
from pathlib import Path
from portfolio.lock import held

def tell(said):
    print(said, flush=True)

with held(Path.cwd(), "figures", tell) as killed:
    print("killed before" if killed else "has it", flush=True)
    sys.stdin.readline()
print("done", flush=True)
"""
LOGGING = """
import time
from pathlib import Path
from portfolio.lock import held

with held(Path.cwd(), "add", print), open("log", "a") as log:
    print("begins", file=log, flush=True)
    time.sleep(0.1)
    print("ends", file=log, flush=True)
"""
BY_HAND = """
import subprocess, sys
subprocess.run([sys.executable, "-m", "portfolio", "prepare"])
print("rendering", flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def start(tmp_path):
    """Return the function that starts a program in the project; all end with the test."""
    started = []
    (tmp_path / "_quarto.yml").write_text("project: {type: default}\n")

    def start(program=HOLDER, *arguments):
        process = subprocess.Popen(
            [sys.executable, "-c", program, *arguments],
            cwd=tmp_path,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def line(process):
    """Return the next line that a process says."""
    return process.stdout.readline().rstrip("\n")


def finish(process):
    """Let a process go on; return the rest of what it says."""
    return process.communicate("\n")[0].splitlines()


def waits_for(process, who):
    """Hold that a process says for whom it waits."""
    assert line(process) == (
        f"portfolio: waiting for {who}, which is at work here (Ctrl-C gives up)"
    )


def test_a_second_one_waits_and_says_for_whom(start):
    """It names the verb and the process, once, and goes on when that is done."""
    first = start()
    assert line(first) == "has it"
    second = start()
    waits_for(second, f"`portfolio figures` (process {first.pid})")
    time.sleep(0.5)
    assert finish(first) == ["done"]
    assert line(second) == "has it"
    assert finish(second) == ["done"]


def test_many_at_once_go_one_after_the_other(start, tmp_path):
    """However many there are, no two have it at the same time."""
    processes = [start(LOGGING) for _ in range(6)]
    for process in processes:
        assert process.wait(timeout=60) == 0
    log = (tmp_path / "log").read_text().splitlines()
    assert log == ["begins", "ends"] * 6


def test_whoever_waits_can_give_up(start):
    """Ctrl-C ends it; the one at work goes on."""
    first = start()
    line(first)
    second = start()
    line(second)
    second.send_signal(signal.SIGINT)
    assert "KeyboardInterrupt" in second.communicate(timeout=60)[0]
    assert finish(first) == ["done"]


def test_a_killed_one_locks_nothing_and_is_known(start):
    """The next has it at once, and learns that there may be something to clear away."""
    first = start()
    line(first)
    first.kill()
    first.wait()
    second = start()
    assert line(second) == "killed before"
    finish(second)
    assert line(start()) == "has it"


@pytest.mark.parametrize(
    "reading", [["check"], ["export", "--format", "bib"]], ids=["check", "export"]
)
def test_whoever_only_reads_does_not_wait(start, tmp_path, reading):
    """What is wrong can be asked while figures are computed."""
    (tmp_path / "_quarto.yml").write_text("owner: {name: Ada Byron, site: https://ada.example}\n")
    (tmp_path / "publications").mkdir()
    (tmp_path / "publications" / "publications.bib").write_text("@misc{a, title={A}}\n")
    first = start()
    line(first)
    command = [sys.executable, "-m", "portfolio", *reading]
    ran = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False
    )
    assert "a" in ran.stdout
    assert "waiting" not in ran.stderr
    assert first.poll() is None


def test_children_of_the_one_who_has_it_do_not_wait(start, tmp_path):
    """What Quarto calls, and tests of one's own, work on the project while a verb has it."""
    with held(tmp_path, "test", print):
        child = start()
        assert line(child) == "has it"
        finish(child)
        with held(tmp_path, "site", print) as killed:
            assert not killed
        assert (tmp_path / ".portfolio" / "holder.json").exists()
    assert not (tmp_path / ".portfolio" / "holder.json").exists()


def test_a_name_in_the_environment_alone_opens_nothing(start, tmp_path, monkeypatch):
    """A hold that is over, left in somebody's shell, is none."""
    with held(tmp_path, "test", print):
        left = os.environ["PORTFOLIO_LOCK"]
    first = start()
    line(first)
    monkeypatch.setenv("PORTFOLIO_LOCK", left)
    waits_for(start(), f"`portfolio figures` (process {first.pid})")


def test_a_folder_that_goes_away_with_its_lock_is_noticed(start, tmp_path):
    """Whoever waited for a lock that was removed does not take that for having the project."""
    first = start()
    line(first)
    second = start()
    line(second)
    for path in (tmp_path / ".portfolio").iterdir():
        path.unlink()
    (tmp_path / ".portfolio").rmdir()
    finish(first)
    assert line(second) == "has it"
    waits_for(start(), f"`portfolio figures` (process {second.pid})")


def test_quarto_by_hand_has_the_project_until_it_ends(start):
    """Between what it calls before and after a render nobody else renders."""
    quarto = start(BY_HAND)
    assert line(quarto) == "rendering"
    second = start()
    waits_for(second, f"`quarto` (process {quarto.pid})")
    finish(quarto)
    assert line(second) == "has it"


def test_quarto_by_hand_waits_for_a_verb(start):
    """It begins once the verb is done."""
    first = start()
    line(first)
    quarto = start(BY_HAND)
    waits_for(quarto, f"`portfolio figures` (process {first.pid})")
    finish(first)
    assert line(quarto) == "rendering"


def test_a_render_of_a_preview_is_waited_for_a_while_only(start, tmp_path, monkeypatch):
    """One that fails is never said to be done."""
    quarto = start(BY_HAND, "preview")
    line(quarto)
    monkeypatch.setattr(lock, "_RENDER", 0)
    with held(tmp_path, "site", print) as killed:
        assert not killed
    assert line(start()) == "has it"


def test_a_project_that_keeps_no_state_is_told(tmp_path):
    """A file in the place of the folder is named in a line before anything is done."""
    (tmp_path / ".portfolio").write_text("mine")
    said = r"\.portfolio: it cannot be written .*: move away"
    with pytest.raises(UnwritableError, match=said), held(tmp_path, "site", print):
        pass
    assert (tmp_path / ".portfolio").read_text() == "mine"


def test_where_nothing_can_be_locked_one_line_says_so(tmp_path, monkeypatch, capsys):
    """Some network disks have no locks; the verb goes on."""

    def refused(_):
        raise OSError(lock._NO_LOCKS[0], "no locks")  # noqa: SLF001

    monkeypatch.setattr(lock, "_seize", refused)
    with held(tmp_path, "site", print):
        pass
    assert capsys.readouterr().out == (
        "portfolio: .portfolio lies where nothing can be locked: run one verb at a time\n"
    )
