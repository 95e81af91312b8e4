"""Notebooks run on a Dask cluster: a real scheduler, and two real workers."""

import json
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from unittest.mock import Mock

import lab
import nbformat
import psutil
import pytest

from portfolio.environment import environment
from portfolio.figures import cluster as ours
from portfolio.figures.running import Pool
from portfolio.figures.runs import executed

pytestmark = [
    pytest.mark.skipif(not find_spec("distributed"), reason="Dask is not installed"),
    pytest.mark.skipif(os.name == "nt", reason="workers are killed as on POSIX"),
]
WAITS = """import os, time
from pathlib import Path
ran = Path({ran!r})
with ran.open("a") as file:
    file.write(f"{{os.getppid()}}\\n")
while len(ran.read_text().split()) < 2:
    time.sleep(.05)
print("waited")"""
SLEEPS = """import os, time
from pathlib import Path
Path({ran!r}).write_text(f"{{os.getpid()}}\\n\\n")
time.sleep(600)"""
INTERRUPTED = 130
IDLE = {
    "DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "False",
    "DASK_DISTRIBUTED__ADMIN__TICK__INTERVAL": "1s",
    "DASK_DISTRIBUTED__WORKER__MEMORY__MONITOR_INTERVAL": "1s",
}
"""Has programs of Dask's look at themselves less often: it takes most of what they do here."""
BREAKS = "x = 0\n1 / x"


@contextmanager
def started(*arguments):
    """Have a program of Dask's run meanwhile, and give its process."""
    command = [sys.executable, "-W", "ignore", "-m", *arguments]
    process = subprocess.Popen(
        command,
        env=os.environ | IDLE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def appears(path, lines=1, seconds=120):
    """Wait until there are so many whole lines in a file; return them."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if path.is_file() and (found := path.read_text()).count("\n") >= lines:
            return found.split("\n")
        time.sleep(0.05)
    raise TimeoutError(path)


def written(file, seconds=60):
    """Wait until a scheduler has written itself down, to the end."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with suppress(OSError, ValueError):
            return json.loads(file.read_text())
        time.sleep(0.05)
    raise TimeoutError(file)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """Return the address of a scheduler with two workers of a thread each, and how to end one."""
    folder = tmp_path_factory.mktemp("dask")
    file, scratch = folder / "scheduler.json", folder / "scratch"
    with scheduler(file), worker(file, scratch) as one, worker(file, scratch) as other:
        yield file, {one.pid: one, other.pid: other}


@contextmanager
def scheduler(file):
    """Have a scheduler run that writes itself into a file."""
    here = ("--port", "0", "--host", "127.0.0.1", "--scheduler-file", str(file), "--no-dashboard")
    with started("distributed.cli.dask_scheduler", *here) as process:
        written(file)
        yield process


def worker(file, scratch):
    """Have a worker of a thread run for the scheduler of a file."""
    its = ("--scheduler-file", str(file), "--nthreads", "1", "--local-directory", str(scratch))
    return started("distributed.cli.dask_worker", *its, "--no-nanny", "--no-dashboard")


def ends(pid, seconds=60):
    """Wait until a process is over; return whether it is."""
    end = time.monotonic() + seconds
    with suppress(psutil.NoSuchProcess):
        while psutil.Process(pid).status() != psutil.STATUS_ZOMBIE:
            if time.monotonic() > end:
                return False
            time.sleep(0.05)
    return True


def address(file):
    """Return the address that a scheduler wrote down."""
    return json.loads(file.read_text())["address"]


def figures(root, *arguments, scheduler=""):
    """Run the verb; return how it ended, and what it said."""
    env = environment(root) | {"DASK_SCHEDULER_ADDRESS": scheduler}
    command = [sys.executable, "-W", "ignore", "-m", "portfolio", "figures", *arguments]
    return subprocess.Popen(command, cwd=root, env=env, stderr=subprocess.PIPE, encoding="utf-8")


@pytest.fixture
def project(tmp_path):
    """Return a small project to run."""
    root = lab.make(tmp_path / "lab")
    (root / "_quarto.yml").write_text("project: {type: portfolio}\n")
    return root


@pytest.mark.long
def test_a_cluster_gives_what_this_machine_gives(cluster, project):
    """Notebooks run by workers come out to the byte as they do here, and failures are shown."""
    lab.put(project, "broken", BREAKS)
    path = project / "notebooks" / "a.ipynb"
    before = path.read_text()
    ran = figures(project, "a", "broken", "--scheduler", address(cluster[0]))
    said = ran.communicate(timeout=120)[1]
    assert ran.returncode == 1
    assert "broken: cell 2, line 2: ZeroDivisionError: division by zero: mend the cell" in said
    assert "    cell 2, line 2: 1 / x" in said
    assert "1 run, 1 failed" in said
    there = nbformat.reads(path.read_text(), 4)
    here = nbformat.reads(executed(before, path, project), 4)
    for each in (here, there):
        each.metadata.portfolio.pop("seconds")
        assert each.metadata.portfolio.pop("processor") > 0
    assert there == here
    assert there.cells[1].outputs[0].text == "2.0\n"


def test_a_worker_that_sees_other_files_runs_nothing(project, monkeypatch):
    """A project that a worker finds otherwise is named with the file, and nothing is stored."""
    state = ours.State.of(project)
    (project / "scripts" / "helpers" / "waves.py").write_text("SCALE = 3\n")
    assert state.unlike(ours.State.of(project)) == "scripts/helpers/waves.py is another file"
    (project / "scripts" / "helpers" / "waves.py").unlink()
    assert state.unlike(ours.State.of(project)) == "scripts/helpers/waves.py is not there"
    answer = ours.Answer(unlike="x.py is another file, at tcp://there")
    monkeypatch.setattr(ours.Cluster, "_client", _Client(answer))
    path = project / "notebooks" / "a.ipynb"
    with pytest.raises(ours.RunError) as refused:
        ours.Cluster("there", project).execute("", path, project, step=print, timeout=1)
    assert str(refused.value) == (
        "notebooks/a.ipynb:1: a: a worker finds another project than this one (x.py is another "
        "file, at tcp://there): start workers where they see the same files"
    )


def test_workers_that_come_later_are_waited_for(project, monkeypatch):
    """Jobs in a queue come minutes after their scheduler: one line says what is waited for."""
    said = []
    monkeypatch.setattr(ours, "_PAUSE", 0)
    monkeypatch.setattr(ours.Cluster, "_client", _Client(counts=[0, 0, 0, 3]))
    with ours.Cluster("tcp://there:1", project, said.append) as cluster:
        assert cluster.room() == 3
    assert said == ["waiting for workers at tcp://there:1, 10 minutes at most; Ctrl-C ends it"]


def test_workers_that_never_come_are_named(project, monkeypatch):
    """After the wait one line says so, and the connection is closed."""
    client = _Client(counts=[0])
    monkeypatch.setattr(ours, "_PAUSE", 0)
    monkeypatch.setattr(ours, "_QUEUE", 0.01)
    monkeypatch.setattr(ours.Cluster, "_client", client)
    with pytest.raises(ours.ContentError) as refused, ours.Cluster("tcp://there:1", project):
        pass
    assert str(refused.value) == (
        "notebooks:1: --scheduler tcp://there:1: no worker came: start some, and run it again"
    )
    assert client.closed


def test_a_scheduler_that_goes_away_is_named_with_each_notebook(project, monkeypatch):
    """What ran and what was still to run fail with a line each, and Dask's errors stay inside."""
    client = _Client(fault=CancelledError())
    monkeypatch.setattr(ours.Cluster, "_client", client)
    paths = sorted((project / "notebooks").glob("*.ipynb"))
    with ours.Cluster("tcp://there:1", project) as cluster:
        pool = Pool(2, 1, cluster.execute, room=cluster.room)
        failed = pool.run(paths, project, screen=Mock())
        client.fault = OSError("Timed out")
        assert cluster.room() == 0
    gone = "the scheduler answers no more: see that it runs, and run this again"
    assert [str(each) for each in failed] == [
        f"notebooks/{name}.ipynb:1: {name}: {gone}" for name in "ab"
    ]


class _Client:
    """A connection that answers at once; workers are so many each time that they are counted."""

    def __init__(self, answer=None, counts=(1,), fault=None):
        self.answer, self.counts, self.fault, self.closed = answer, list(counts), fault, False

    def nthreads(self):
        """Return the workers that there are by now, with a thread each."""
        if isinstance(self.fault, OSError):
            raise self.fault
        count = self.counts.pop(0) if len(self.counts) > 1 else self.counts[0]
        return dict.fromkeys(range(count), 1)

    def subscribe_topic(self, *_):
        """Take the one who listens."""

    def close(self):
        """Take the end."""
        self.closed = True

    def submit(self, *_, **__):
        """Return what will be the answer."""
        return self

    def result(self):
        """Return the answer, or fail."""
        if self.fault:
            raise self.fault
        return self.answer


@pytest.mark.long
def test_an_interrupt_ends_the_runs_on_the_workers(cluster, project, tmp_path):
    """Ctrl-C stops the kernels there, stores nothing, and leaves workers that run the next one."""
    ran, path = tmp_path / "ran", project / "notebooks" / "a.ipynb"
    lab.put(project, "a", SLEEPS.format(ran=str(ran)))
    before = path.read_bytes()
    verb = figures(project, "a", "--scheduler", address(cluster[0]))
    kernel = int(appears(ran, 2)[0])
    verb.send_signal(signal.SIGINT)
    verb.communicate(timeout=120)
    assert verb.returncode == INTERRUPTED
    assert path.read_bytes() == before
    assert ends(kernel)
    again = figures(project, "b", "--scheduler", address(cluster[0]))
    assert "1 run" in again.communicate(timeout=120)[1]


@pytest.mark.long
def test_a_worker_killed_in_the_middle_loses_nothing(cluster, project, tmp_path):
    """Its notebook runs again on the other worker, and is stored as if nothing had been."""
    file, workers = cluster
    ran = tmp_path / "ran"
    lab.put(project, "a", WAITS.format(ran=str(ran)))
    verb = figures(project, "a", scheduler=address(file))
    first = int(appears(ran)[0])
    assert first in workers
    before = (project / "notebooks" / "a.ipynb").read_bytes()
    os.kill(first, signal.SIGKILL)
    second = int(appears(ran, 2)[1])
    said = verb.communicate(timeout=120)[1]
    assert verb.returncode == 0, said
    assert second in workers.keys() - {first}
    after = (project / "notebooks" / "a.ipynb").read_bytes()
    assert before != after
    assert nbformat.reads(after.decode(), 4).cells[1].outputs[0].text == "waited\n"
    assert sorted(p.name for p in Path(project / "notebooks").iterdir()) == [
        "a.csv", "a.ipynb", "b.csv", "b.ipynb",
    ]  # fmt: skip


def test_a_scheduler_that_does_not_answer_is_named(project, monkeypatch):
    """The address and what to do are said in one line."""
    monkeypatch.setattr(ours, "_PATIENCE", 0.3)
    with pytest.raises(ours.ContentError) as refused, ours.Cluster("tcp://127.0.0.1:9", project):
        pass
    assert str(refused.value).startswith(
        "notebooks:1: --scheduler tcp://127.0.0.1:9: no scheduler answers there"
    )
