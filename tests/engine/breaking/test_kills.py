"""Killed at any moment, no verb leaves anything half done, lost, locked or running."""

import os
import random
import re
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
import victim
from checkout import NEEDS_QUARTO, copy_example

from portfolio.__main__ import main
from portfolio.starting import new, owned, pin, starter, upgrade
from portfolio.verbs.telling import changing

pytestmark = pytest.mark.skipif(
    os.name == "nt", reason="processes are copied and killed as on POSIX"
)
SOURCE = "".join(
    f"@article{{k{n}, title={{Moved {n}}}, author={{Doe, Jane}}, journal={{Sea}}, year=2001,\n"
    f"  pdf={{paper{n}.pdf}}}}\n"
    for n in range(3)
)


@dataclass(frozen=True)
class Case:
    """A verb that writes: what is there before it, and the work that it does."""

    prepare: Callable[[Path], None]
    work: Callable[[], object]
    arguments: tuple[str, ...] = ()


def verb(*arguments, prepare=victim.make):
    """Return the case of a verb on the small site."""
    return Case(prepare, lambda: main(list(arguments)), arguments)


def with_a_source(root):
    """Have papers to move in, beside the project."""
    victim.make(root)
    source = root.parent / "source"
    source.mkdir(exist_ok=True)
    (source / "papers.bib").write_text(SOURCE)
    for number in range(3):
        (source / f"paper{number}.pdf").write_bytes(b"%PDF-" + bytes([65 + number]) * 5000)
    (root / "publications" / "files").mkdir()
    (root / "publications" / "files" / "paper1.pdf").write_bytes(b"%PDF-mine")
    (root / "publications" / "papers.csv").write_text("key,selected\nwaves,yes\n")


def to_upgrade(root):
    """Have a site that an older engine made."""
    blanks = starter.Blanks("Ada Byron", "https://ada.example", "quarto-portfolio[audit]==0.0.1")
    new.new(root, blanks)
    record = owned.load(root)
    old = dict(record.digests)
    for path in ("Makefile", "netlify.toml", "_extensions/portfolio/site.css"):
        (root / path).write_text("of an older engine\n")
        old[path] = frozenset([owned.digest(b"of an older engine\n")])
    owned.Written("0.0.1", old).save(root)


def upgraded():
    """Carry out an upgrade, without asking anybody for newer engines."""
    with changing("upgrade") as root:
        upgrade.plan(root, pin.Pin("quarto-portfolio[audit]==0.0.2")).carry_out()


def a_repository(root):
    """Have a folder as a host makes one first."""
    root.mkdir(parents=True)
    (root / "README.md").write_text("mine\n")


GIVEN = ("--owner", "Ada Byron", "--site", "https://ada.example", "--engine", "9.9.9")


def made_new(*more):
    """Return the work of making a site in the folder."""
    where = pin.Pin("quarto-portfolio[audit]==9.9.9").requirement
    blanks = starter.Blanks("Ada Byron", "https://ada.example", where)
    return lambda: new.new(Path.cwd(), blanks, *more)


def with_a_figure(root):
    """Have a notebook that was never run."""
    victim.make(root)
    (root / "notebooks").mkdir()
    cell = nbformat.v4.new_code_cell("print(1)", id="a")
    notebook = nbformat.v4.new_notebook(cells=[cell])
    nbformat.write(notebook, root / "notebooks" / "waves.ipynb")


def with_an_entry(root):
    """Have a paper to add, in a file of its own."""
    victim.make(root)
    (root.parent / "one.bib").write_text("@misc{one, title={One}, author={Doe, Jane}, year=2000}\n")


CASES = {
    "site": verb("site"),
    "add": verb("add", "../one.bib", prepare=with_an_entry),
    "page": verb("page", "waves"),
    "import": verb("import", "../source/papers.bib", "--force", prepare=with_a_source),
    "upgrade": Case(to_upgrade, upgraded),
    "new": Case(a_repository, made_new()),
}
RUN_CELLS = {
    "figures": verb("figures", prepare=with_a_figure),
    "figure": verb("figure", "waves"),
}


_TIME = re.compile(rb'"(?:seconds|processor)": \d+')  # of a notebook's run
TYPED = [name for name, case in (CASES | RUN_CELLS).items() if case.arguments]


def state(root):
    """Return what matters of a project after a run: its files, and what its site shows."""
    files = {path: _TIME.sub(b"", data) for path, data in victim.tree(root).items()}
    return files, tuple(sorted(victim.shows(root)))


def next_run(root):
    """Run the next verb, which takes the lock and changes nothing of its own accord."""
    if (root / "_quarto.yml").exists():
        victim.inside(root, "page", "no-such-paper")
    else:
        victim.forked(root, made_new(), None)


def whole(root, before, after, case):
    """Hold that the next run finds all as it was or all done, and nothing lying about."""
    next_run(root)
    found = state(root)
    assert found[0] in (before[0], after[0]), differences(found[0], before[0], after[0])
    assert found[1] in (before[1], after[1])
    assert victim.scratch(root) == []
    if case == "new":  # the folder is as free as it was, or the site is there
        victim.forked(root, made_new(), None)
        assert state(root) == after


def differences(found, before, after):
    """Return the files that are neither as before nor as after, or of the other one."""
    paths = before.keys() | after.keys() | found.keys()
    changed = [path for path in sorted(paths) if before.get(path) != after.get(path)]
    return {
        path: "old"
        if found.get(path) == before.get(path)
        else "new"
        if found.get(path) == after.get(path)
        else "neither"
        for path in changed
    }


def outcomes(tmp_path, case):
    """Return a folder with the case prepared, and its states before and after a run."""
    prepared, done = tmp_path / "before" / "site", tmp_path / "after" / "site"
    case.prepare(prepared)
    shutil.copytree(tmp_path / "before", tmp_path / "after", symlinks=True)
    before = state(prepared)
    assert not victim.forked(done, case.work, None)
    assert state(done) != before
    return prepared, before, state(done)


def again(prepared, name):
    """Return a fresh copy of what was prepared."""
    folder = prepared.parents[1] / name
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(prepared.parent, folder, symlinks=True)
    return folder / prepared.name


def killed_at_chosen_moments(tmp_path, name, case, *, every):
    """Kill the verb before a call to the system, every so many of them; return how often."""
    prepared, before, after = outcomes(tmp_path, case)
    kills = 0
    while True:
        root = again(prepared, "again")
        if not victim.forked(root, case.work, kills * every):
            return kills
        whole(root, before, after, name)
        kills += 1


@pytest.mark.parametrize("name", CASES)
def test_killed_at_chosen_moments(tmp_path, name):
    """Between any two changes that it makes on disk (a few of them here, each under `stress`)."""
    every = {"site": 16, "add": 5, "page": 5, "import": 9, "upgrade": 9, "new": 200}[name]
    assert killed_at_chosen_moments(tmp_path, name, CASES[name], every=every) > 1


@pytest.mark.stress
@pytest.mark.parametrize("name", CASES)
def test_killed_at_every_moment(tmp_path, name):
    """Between any two changes that it makes on disk."""
    every = 3 if name == "new" else 1
    kills = killed_at_chosen_moments(tmp_path, name, CASES[name], every=every)
    print(f"{name}: killed at {kills} moments")  # noqa: T201  the number is a result


@pytest.mark.stress
@pytest.mark.parametrize("name", TYPED)
def test_killed_sixty_times_at_random(tmp_path, name):
    """Whenever it happens, as by a user who loses patience or a machine that has no memory left."""
    case = (CASES | RUN_CELLS)[name]
    prepared, before, after = outcomes(tmp_path, case)
    chance, killed, moved = random.Random(1), 0, 0
    began = time.monotonic()
    assert not victim.killed_after(600, again(prepared, "whole"), *case.arguments)
    longest = 1.1 * (time.monotonic() - began)  # on this machine, busy as it is
    for number in range(60):
        root = again(prepared, f"again{number % 2}")
        killed += victim.killed_after(chance.uniform(0.2, longest), root, *case.arguments)
        assert victim.running_in(root.parent) == []
        next_run(root)
        files, _ = state(root)
        assert files in (before[0], after[0]), differences(files, before[0], after[0])
        moved += files == after[0]
        assert victim.scratch(root) == []
    print(f"{name}: killed {killed} of 60 times, done {moved} times")  # noqa: T201  likewise


@pytest.mark.parametrize(
    "name", [pytest.param("site"), pytest.param("figures", marks=pytest.mark.stress)]
)
def test_nothing_goes_on_running(tmp_path, name):
    """Pandoc, kernels and scripts end with the verb that started them."""
    case = (CASES | RUN_CELLS)[name]
    root = tmp_path / "site"
    case.prepare(root)
    for seconds in (0.5, 0.8):
        victim.killed_after(seconds, root, *case.arguments)
        assert victim.running_in(tmp_path) == []


@pytest.mark.stress
@NEEDS_QUARTO
def test_a_killed_quarto_leaves_nothing(tmp_path):
    """Neither a process nor a file of its own beside the sources, once the next verb has run."""
    root = tmp_path / "site"
    copy_example(root)
    before = victim.tree(root).keys()
    for seconds in (4, 8, 12, 16, 20):
        victim.killed_after(seconds, root, "site", renderer="quarto")
        assert victim.running_in(tmp_path) == []
        next_run(root)
        found = {path for path in victim.tree(root) if not path.startswith(".quarto/")}
        assert found - {".gitignore"} == before
