"""Before rendering: make sure that Quarto runs the Python in which the engine is installed."""

import os
import sys
from importlib.util import find_spec
from pathlib import Path

ENVIRONMENTS = (Path(".venv", "bin", "python"), Path(".venv", "Scripts", "python.exe"))
LOCAL = Path("_environment.local")


def main() -> None:
    """Say what to type where the engine is missing from this Python."""
    if find_spec("portfolio"):
        return
    for python in ENVIRONMENTS:
        if python.exists() and not os.environ.get("QUARTO_PYTHON"):
            LOCAL.write_text(f'QUARTO_PYTHON="{Path.cwd() / python}"\n', encoding="utf-8")
            sys.exit(f"portfolio: {LOCAL} names the Python in .venv now: run the command again")
    if Path("Makefile").exists() and os.name != "nt":
        sys.exit("portfolio: there is no environment yet: type `make site` once, then Quarto works")
    sys.exit(
        f"portfolio: the Python that Quarto runs ({sys.executable}) lacks the engine: "
        "type `python -m pip install quarto-portfolio`, or set QUARTO_PYTHON to one that has it"
    )


main()
