"""Cells run in a Jupyter kernel of their own, through nbclient."""

import atexit
import re
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from portfolio.notebook import load_nbformat
from portfolio.renderers import RenderError

_STARTS = 3
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_PLACE = re.compile(r" \(\S+, line (\d+)\)$")


class CellError(RenderError):
    """A cell failed, the one with this ``number`` (from 0); says how, and what to do."""

    def __init__(self, number: int, what: str, remedy: str = "mend the cell") -> None:
        super().__init__(f"{what}: {remedy}")
        self.number = number


def late(seconds: float) -> str:
    """Say that a cell had its time."""
    return f"it took more than {seconds} s"


def first_line(name: str, said: str) -> str:
    """Return the error ``name`` and the first line of what it says, without colours.

    The file that a cell's code is for Python, which nobody knows, is left out.
    """
    line = _COLOUR.sub("", f"{name}: {said}").split("\n")[0]
    return _PLACE.sub(r" (line \1 of its code)", line)


DIED = "its kernel died"


def run(
    sources: Sequence[str], folder: Path, *, variables: Mapping[str, str], seconds: float
) -> list[Any]:
    """Return the outputs of each cell, run one after the other in ``folder``.

    Of kernels that start at once, two may choose the same port; the one that dies is started again.
    Raises `CellError` for the cell that failed, or that took more than ``seconds``.
    """
    for _ in range(_STARTS):
        outputs = _run_once(sources, folder, variables, seconds)
        if outputs is not None:
            return outputs
    raise CellError(0, "no kernel starts for it", "try again, or reinstall ipykernel")


def _run_once(
    sources: Sequence[str], folder: Path, variables: Mapping[str, str], seconds: float
) -> list[Any] | None:
    """Return the outputs of each cell; None where no kernel starts."""
    import asyncio  # noqa: PLC0415  slow, and seldom needed, as are the others

    v4 = load_nbformat().v4
    from nbclient import NotebookClient, exceptions  # noqa: PLC0415

    notebook = v4.new_notebook(cells=[v4.new_code_cell(source) for source in sources])
    started: list[int] = []
    client = NotebookClient(
        notebook,
        kernel_name="python3",
        timeout=seconds,
        resources={"metadata": {"path": str(folder)}},
        on_cell_start=lambda cell_index, **_: started.append(cell_index),
    )
    try:
        # ZeroMQ cannot use the loop that Windows has by default.
        with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
            run = client.async_execute(stderr=subprocess.DEVNULL, env=dict(variables))
            runner.run(run)
    except exceptions.CellExecutionError as error:
        last = notebook.cells[started[-1]].outputs[-1:]
        shown = last[0] if last and last[0].output_type == "error" else error
        said = first_line(shown.ename, shown.evalue)
    except exceptions.CellTimeoutError:
        said = late(seconds)
    except exceptions.DeadKernelError:
        said = DIED
    except RuntimeError:
        if started:
            raise
        atexit.unregister(client._cleanup_kernel)  # noqa: SLF001  there is none to clean up
        return None
    else:
        return [cell.outputs for cell in notebook.cells]
    raise CellError(started[-1], said)
