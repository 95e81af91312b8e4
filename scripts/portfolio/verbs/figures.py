"""The verb that runs notebooks."""

import argparse
import math
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from portfolio.verbs.telling import changing, tell

if TYPE_CHECKING:
    from portfolio.figures.failures import RunError
    from portfolio.figures.staleness import Stale

Named = argparse.Namespace


def figures(named: Named) -> int:
    """Run the notebooks whose figures are stale, and store their outputs."""
    from portfolio.content import lying_in
    from portfolio.figures import running
    from portfolio.figures.notebooks import language_of, see_notebook, unreadable
    from portfolio.figures.staleness import NOTEBOOKS, stale

    with changing("figures") as root:
        known = lying_in(root, NOTEBOOKS, ".ipynb")
        wanted = running.named(named.slugs, known) if named.slugs else known
        if named.verify:
            from portfolio.verbs.verifying import verify

            return verify(root, wanted, named)
        unread = {path: said for path in wanted if (said := unreadable(path, root))}
        for said in unread.values():
            tell(str(said))
        wanted = [path for path in wanted if path not in unread]
        old = {each.path: each for each in stale(root) if each.path in wanted}
        anew = {path for path in wanted if named.all and not language_of(see_notebook(path))}
        due = [path for path in wanted if path in anew or path in old]
        due = [path for path in due if path in anew or _can_be_mended(old[path], root)]
        if not due:
            tell(_nothing_said(wanted, old))
            bad = unread or any(not each.problem(root).hint for each in old.values())
            return 1 if bad else 0
        if not named.all:
            for path in due:
                _say_why(path, old[path])
        failed = _run(due, root, named)
    return _summed_up(len(due), failed) or (1 if unread else 0)


def _nothing_said(wanted: Sequence[Path], old: "Mapping[Path, Stale]") -> str:
    """Return why nothing is run."""
    if not wanted:
        return "there is no notebook to run"
    return "nothing that a run would mend" if old else "every figure is up to date"


def figures_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of `figures`."""
    parser.add_argument(
        "slugs", metavar="SLUG", nargs="*", help="the papers whose notebooks to run (all of them)"
    )
    parser.add_argument("--all", action="store_true", help="run those too whose figures are fresh")
    parser.add_argument(
        "--verify",
        action="store_true",
        help="run them in a fresh environment, from the lock, and say what came out otherwise",
    )
    parser.add_argument(
        "--jobs",
        metavar="N",
        type=_count,
        help="how many run at a time (as many as there are processors), one thread each",
    )
    parser.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        default=os.environ.get("DASK_SCHEDULER_ADDRESS", ""),
        help="run them on the Dask cluster of this scheduler (DASK_SCHEDULER_ADDRESS unless told)",
    )
    parser.add_argument(
        "--timeout",
        metavar="SECONDS",
        type=_seconds,
        help="how long a cell may take (1800 unless told)",
    )


def _run(due: Sequence[Path], root: Path, named: Named) -> "list[RunError]":
    from portfolio.cores import cores
    from portfolio.figures import cluster, running
    from portfolio.figures.runs import TIMEOUT
    from portfolio.verbs.progress import Progress, terminal

    expected = {path.stem: running.last_seconds(path) for path in due}
    with cluster.here_or_at(named.scheduler, root, tell) as there:
        jobs = named.jobs or (len(due) if there else cores())
        elsewhere: dict[str, Any] = {"execute": there.execute, "room": there.room} if there else {}
        pool = running.Pool(jobs, named.timeout or TIMEOUT, **elsewhere)
        at_first = min(pool.room(), jobs) if pool.room else jobs
        with Progress(expected, min(at_first, len(due)), tell, terminal()) as screen:
            return pool.run(due, root, screen)


def _can_be_mended(old: "Stale", root: Path) -> bool:
    if not old.runnable:
        tell(str(old.problem(root)))
    return old.runnable


def _say_why(path: Path, old: "Stale") -> None:
    tell(f"{path.stem}: {', '.join(reason.what for reason in old.reasons)}")


def _summed_up(count: int, failed: "Sequence[RunError]") -> int:
    for error in failed:
        tell(str(error))
        for line in error.trail:
            tell(line)
    good = count - len(failed)
    said = f"{good} run" if good else ""
    tell(", ".join(filter(None, [said, f"{len(failed)} failed" if failed else ""])))
    return 1 if failed else 0


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least one has to run at a time")
    return number


def _seconds(text: str) -> float:
    number = float(text)
    if not 0 < number < math.inf:
        raise argparse.ArgumentTypeError("a cell needs some time, and an end")
    return number
