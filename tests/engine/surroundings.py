"""The environment of the processes that tests start: they find no package that only costs time."""

import os
import sys
from pathlib import Path

from portfolio.environment import SPARED

LEAN = {"JUPYTER_PATH": str(Path(__file__).with_name("jupyter"))}
"""Has Quarto run cells in kernels that find neither Matplotlib nor pandas, nor what debugs.

In each kernel Quarto sets up both before the first cell, which takes half of the kernel's time, and
the pages that are rendered so use neither. A new site from the wheel and the tiny site are rendered
in kernels as they are.
"""

for _stub in SPARED.glob("*.py"):
    sys.modules.setdefault(_stub.stem, None)


def search_path(*folders: Path | str) -> str:
    """Return the PYTHONPATH of a process that is to find the packages in ``folders``."""
    return os.pathsep.join(dict.fromkeys(map(str, (*folders, SPARED))))


os.environ["PYTHONPATH"] = search_path(*filter(None, [os.environ.get("PYTHONPATH")]))
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # or every program that is started compiles all
