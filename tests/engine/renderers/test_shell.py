"""Cells give the same in a warm process, in a process alone and in a kernel."""

import itertools
import os
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

import portfolio
from portfolio.environment import environment
from portfolio.renderers import kernel, runner, worker
from portfolio.renderers.cells import _joined
from portfolio.renderers.kernel import CellError
from portfolio.renderers.runner import Runner

WAVE = """
class Wave:
    def __repr__(self):
        return "wave"

    def _repr_html_(self):
        return "<i>w</i>"

    def _repr_png_(self):
        return b"\\x89PNG"

    def _repr_mimebundle_(self, **_):
        return {"text/latex": "w"}
"""
SVG = """
import os
os.environ["SOURCE_DATE_EPOCH"] = "0"
%config InlineBackend.figure_formats = ["svg"]
plt.rcParams["svg.hashsalt"] = "a"
plt.plot([2, 1])
print("before")
"""
CELLS = {
    "printing": ["print('a')\nprint('b', end='')", "import sys\nprint('c', file=sys.stderr)"],
    "values": ["x = 2", "x ** 3", "x;", "_, len(Out)", "None"],
    "display": ["display(1, {'a': 2})", "from IPython.display import HTML\nHTML('<b>x</b>')"],
    "markdown": [
        "from IPython.display import Markdown, display\ndisplay(Markdown('*a*')); print(1)"
    ],
    "methods": [WAVE, "Wave()"],
    "updates": [
        "from IPython.display import display, clear_output\nhandle = display('a', display_id='i')",
        "handle.update('b')\nprint('gone')\nclear_output(wait=True)\nprint('kept')",
        "print('gone')\nclear_output()",
        "print('gone too')\nclear_output(wait=True)",
    ],
    "pandas": ["import pandas as pd\npd.DataFrame({'a': [1, 2], 'b': ['x', None]})"],
    "matplotlib": ["import matplotlib.pyplot as plt\nplt.plot([1, 2]);", SVG],
    "figures": ["from matplotlib.figure import Figure\nFigure(figsize=(1, 1))"],
    "magics": ["%precision 3\n3.14159", "%%capture said\nprint('x')", "said.stdout"],
    "commands": ["!echo of a shell", "found = !echo caught\nfound"],
    "modules": [
        "import sys, pickle\nclass A: pass\npickle.loads(pickle.dumps(A())).__class__.__module__",
        "__name__, sys.path",
        "import neighbour\nneighbour.x",
    ],
    "folder": ["from pathlib import Path\nsorted(p.name for p in Path.cwd().glob('*.py'))"],
    "is a notebook": [
        "ip = get_ipython()\ntype(ip).__name__, 'IPKernelApp' in ip.config, ip.execution_count"
    ],
}
PROCESS = "import subprocess\nprint('first')\nsubprocess.run(['echo', 'second'])\nprint('third')"
LISTENING = """
import os, threading
heard, write = threading.Event(), os.write

def hear(file, data):  # kernels show what a process wrote, and write it on
    written = write(file, data)
    b"second" in data and heard.set()
    return written

os.write = hear
"""
OF_A_KERNEL = {
    "its kernel": ["get_ipython().kernel.implementation"],
    "waiting": ["import asyncio\nawait asyncio.sleep(0, 'woken')"],
    "leaving": ["'before'", "exit()"],  # a kernel lives on for a tenth of a second
}
FAULTS = {
    "raised": ["1", "1 / 0"],
    "no Python": ["x = ("],
    "no magic": ["%nomagic"],
    "exit": ["import sys\nsys.exit(3)"],
    "of a display": ["class A:\n    def __repr__(self):\n        raise ValueError('r')", "A()"],
    "crash": ["1", "import os\nos._exit(3)"],
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return the folder of a page, with a module beside it."""
    folder = tmp_path_factory.mktemp("page")
    (folder / "neighbour.py").write_text("x = 'beside the page'\n")
    return folder


def in_kernel(cells, folder):
    """Run cells in a kernel, as Jupyter does."""
    variables = environment(folder)
    variables.pop("PYTEST_CURRENT_TEST", None)  # kernels listen to no other process under pytest
    return kernel.run(cells, folder, variables=variables, seconds=60)


@pytest.fixture(scope="module")
def runners(folder):
    """Return a runner whose warm process has imported what cells import, and one without."""
    with Runner(folder) as warm, Runner(folder) as alone:
        warm.prepare(itertools.chain(*CELLS.values()), [folder])
        yield warm, alone


@pytest.fixture(scope="module")
def outputs(folder, runners):
    """Return what all cells give, run one after the other: in a kernel, and in each runner."""
    cells = [*itertools.chain(*CELLS.values())]
    ways = [in_kernel(cells, folder)]
    ways += [ready.run(cells, folder, seconds=60)[0] for ready in runners]
    return [[list(_joined(given)) for given in way] for way in ways]


@pytest.mark.parametrize("name", CELLS)
def test_outputs_are_those_of_a_kernel(name, outputs):
    """Whichever way the cells run, they give the same outputs in the same order."""
    names = [name for name, cells in CELLS.items() for _ in cells]
    expected, warm, alone = (
        [given for of, given in zip(names, way, strict=True) if of == name] for way in outputs
    )
    assert warm == expected
    assert alone == expected


def test_what_a_process_prints_stands_where_it_was_printed(folder, runners):
    """It comes between what its cell prints; a kernel's thread forwards it at its leisure."""
    outputs = in_kernel([LISTENING, PROCESS, "assert heard.wait(50)"], folder)
    lines = "".join(each["text"] for cell in outputs for each in cell if "text" in each)
    assert sorted(lines.split()) == ["first", "second", "third"]
    for ready in runners:
        (printed,) = _joined(*ready.run([PROCESS], folder, seconds=60)[0])
        assert printed["text"] == "first\nsecond\nthird\n"


@pytest.mark.long
@pytest.mark.parametrize("name", FAULTS)
def test_errors_are_those_of_a_kernel(name, folder, runners):
    """Whichever way the cells run, the same cell is to blame, in the same words."""
    said = []
    for run in (in_kernel, *(partial(ready.run, seconds=60) for ready in runners)):
        with pytest.raises(CellError) as raised:
            run(FAULTS[name], folder)
        said.append((raised.value.number, str(raised.value)))
    assert said[0] == said[1] == said[2]


@pytest.mark.long
@pytest.mark.parametrize("name", OF_A_KERNEL)
def test_what_a_kernel_alone_has_is_had_from_one(name, folder, runners):
    """Cells that need its loop or the kernel itself get one."""
    expected = in_kernel(OF_A_KERNEL[name], folder)
    assert runners[0].run(OF_A_KERNEL[name], folder, seconds=60)[0] == expected


def test_a_user_who_has_set_up_ipython_gets_kernels(folder, tmp_path, monkeypatch):
    """Their start-up files are followed, as in Jupyter."""
    startup = tmp_path / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "own.py").write_text("greeting = 'set up'\n")
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    with Runner(folder) as fresh:
        (said,) = fresh.run(["print(greeting)"], folder, seconds=60)[0]
    assert said[0]["text"] == "set up\n"


def test_pages_run_with_chances_of_their_own(folder, runners):
    """Two pages of one warm process do not draw the same numbers."""
    draws = ["import random, numpy\nrandom.random(), numpy.random.random()"]
    first, second = (runners[0].run(draws, folder, seconds=60)[0] for _ in range(2))
    assert first != second


BIB = "@misc{a, title = {The $x^2$ of %s}, author = {Doe, Jane}, year = 2020}"
SETTINGS = "project: {type: portfolio}\nowner: {name: Jane Doe, site: 'https://doe.example'}\n"


def test_what_is_kept_in_memory_is_read_again_when_it_changes(tmp_path):
    """The warm process shows no paper as it was before a save."""
    (tmp_path / "publications").mkdir()
    (tmp_path / "_quarto.yml").write_text(SETTINGS)
    bib = tmp_path / "publications" / "publications.bib"
    memory = "pages.loaded._loaded.cache_info()"
    cell = f"from portfolio import pages\nprint(pages.table().title[0], {memory})"
    with Runner(tmp_path, ready="portfolio.pages.loaded:ready") as warm:
        warm.prepare([cell], [tmp_path])
        for title in ("a wave", "a wind"):
            bib.write_text(BIB % title)
            (said,) = warm.run([cell], tmp_path, seconds=60)[0]
            assert f"of {title}" in said[0]["text"]
            assert "hits=1, misses" in said[0]["text"], "the page's process found it in memory"


LINGERERS = {
    "a thread": "import threading, time\nthreading.Thread(target=time.sleep, args=[600]).start()",
    "a process": "import os\nos.system('sleep 600 &');",
    "a fork": "import os, time\nos.fork() or time.sleep(600)\nNone",
}


@pytest.mark.skipif(not worker.FORKS, reason="starts processes as POSIX does")
@pytest.mark.parametrize("cell", LINGERERS.values(), ids=LINGERERS)
def test_nothing_that_a_cell_leaves_behind_holds_a_build_up(cell, folder, runners, monkeypatch):
    """What is still at work when the cells are done has a moment, and is ended then."""
    monkeypatch.setattr(runner, "_GRACE", 0.5)
    for ready in runners:
        assert ready.run([cell, "print('done')"], folder, seconds=60)[0][1][0]["text"] == "done\n"


def alive(pid):
    """Return whether the process still runs; one that ended and waits for its parent does not."""
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"


SLEEPER = (
    "import os, subprocess, sys, time\n"
    "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
    "open('pids', 'w').write(f'{os.getpid()} {child.pid}')\n"
    "time.sleep(600)"
)
KILLED = """
import sys
from pathlib import Path
from portfolio.renderers.runner import Runner

folder = Path(sys.argv[1])
with Runner(folder) as runner:
    runner.prepare([], [])
    runner.run([(folder / "cell").read_text()], folder, seconds=600)
"""


@pytest.mark.skipif(not worker.FORKS, reason="looks at /proc")
def test_cells_end_with_the_process_that_runs_them(tmp_path):
    """When a build is killed, its cells and what they started end too."""
    (tmp_path / "cell").write_text(SLEEPER)
    variables = os.environ | {"PYTHONPATH": str(Path(portfolio.__file__).parents[1])}
    build = subprocess.Popen([sys.executable, "-c", KILLED, str(tmp_path)], env=variables)
    pids = tmp_path / "pids"
    wait_for(lambda: pids.exists() and len(pids.read_text().split()) == 2)
    build.kill()
    build.wait()
    wait_for(lambda: not any(map(alive, pids.read_text().split())))


def wait_for(happened):
    """Wait until something has happened."""
    deadline = time.monotonic() + 60
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.05)
