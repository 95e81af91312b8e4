"""Work is shared among the cores, and comes back whole, in order, whatever happens to a share."""

import os
import subprocess
import sys
import textwrap
import time

import pytest

FORKS = pytest.mark.skipif(sys.platform != "linux", reason="needs Linux, where processes fork")
START = """
import os, signal, sys, threading, time
from portfolio.cores import shared
here = os.getpid()
things = list(range(10))
os.sched_getaffinity = lambda _: {0, 1, 2}
"""


def told(program):
    """Return what a program prints, which has no other threads."""
    command = [sys.executable, "-c", START + textwrap.dedent(program)]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    return ran.stdout.strip() + ran.stderr.strip()


@FORKS
def test_the_shares_are_done_side_by_side_and_come_back_in_order():
    """Three processes have a share each, of which one is this."""
    program = """
    done = shared(lambda some: (os.getpid(), some), things, few=3)
    print(sum((share for _, share in done), []) == things)
    print(len({process for process, _ in done}), done[0][0] == here)
    """
    assert told(program).split() == ["True", "3", "True"]


@FORKS
@pytest.mark.parametrize("end", ["1 / 0", "os.kill(os.getpid(), signal.SIGKILL)", "os._exit(0)"])
def test_a_share_whose_process_fails_is_done_here(end):
    """Nothing is lost with it."""
    program = f"""
    def work(some):
        if os.getpid() != here:
            {end}
        return some
    print(sum(shared(work, things, few=3), []) == things)
    """
    assert told(program).splitlines()[0] == "True"


@FORKS
def test_where_no_process_is_to_be_had_all_is_done_here():
    """A machine that lets no more processes start loses nothing either."""
    program = """
    def fork():
        raise BlockingIOError("no more")
    os.fork = fork
    for _ in range(2):
        done = shared(lambda some: some, things, few=3)
        print(sum(done, []) == things, len(os.listdir("/proc/self/fd")))
    """
    first, second = told(program).splitlines()
    assert first == second
    assert first.startswith("True")


@FORKS
def test_an_error_is_raised_as_if_all_were_done_here():
    """It comes from this process, with whatever it carries, and no process stays behind."""
    program = """
    def work(some):
        if 9 in some:
            raise OSError(28, "full")
    try:
        shared(work, things, few=3)
    except OSError as error:
        print(error.errno, error.strerror)
    try:
        os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        print("none")
    """
    assert told(program).split() == ["28", "full", "none"]


@FORKS
def test_no_share_outlives_this_process():
    """Whoever kills it has killed them."""
    program = """
    def work(some):
        if os.getpid() != here:
            print(os.getpid(), flush=True)
            time.sleep(600)
        time.sleep(0.5)
        os.kill(here, signal.SIGKILL)
    shared(work, things, few=5)
    """
    started = time.monotonic()
    assert told(program).isdigit()
    assert time.monotonic() - started < 60, "its output ends when the last of them has"


def test_beside_other_threads_nothing_is_forked():
    """A fork would have their locks, and nobody to open them."""
    program = """
    threading.Thread(target=time.sleep, args=(1,)).start()
    print({os.getpid() for _ in shared(lambda some: some, things, few=1)} == {here})
    print(shared(lambda some: os.getpid() == here, things, few=1))
    """
    assert told(program).split() == ["True", "[True]"]
