"""Before rendering: let the engine keep the project for Quarto, in a Python that has the engine."""

import os
import shlex
import sys
from importlib.util import find_spec
from pathlib import Path

ENVIRONMENTS = (Path(".venv", "bin", "python"), Path(".venv", "Scripts", "python.exe"))
LOCAL = Path("_environment.local")


def main() -> None:
    """Have the engine see to it that nothing else renders; say what to type where it is missing."""
    if os.environ.get("PORTFOLIO_LOCK"):
        return  # the engine itself started this render
    if find_spec("portfolio"):
        from portfolio.__main__ import main as engine  # noqa: PLC0415  it may not be there

        sys.exit(engine(["prepare"]))
    named = Path(os.environ.get("QUARTO_PYTHON", "none/named"))
    python = next(filter(Path.exists, ENVIRONMENTS), None)
    if python and not named.exists():
        name(Path.cwd() / python)
        sys.exit(f"portfolio: {LOCAL} names the Python in .venv now: type the same command again")
    if Path("Makefile").exists() and os.name != "nt":
        sys.exit("portfolio: there is no environment yet: type `make site` once, then Quarto works")
    here = "" if named.exists() else f"{Path(sys.executable).name} -m venv .venv && "
    python = named if named.exists() else ENVIRONMENTS[os.name == "nt"]
    said = f'"{python}"' if not set(str(python)) & set('"$`') else shlex.quote(str(python))
    line = f"{here}{said} -m pip install quarto-portfolio"
    sys.exit(f"portfolio: {sys.executable}, which Quarto runs, lacks the engine: type `{line}`")


def name(python: Path) -> None:
    """Have Quarto run ``python``, with the project's scripts on its path, from now on."""
    ours = {"QUARTO_PYTHON": python, "PYTHONPATH": Path.cwd() / "scripts"}
    lines = LOCAL.read_text("utf-8", "replace").splitlines() if LOCAL.is_file() else []
    kept = [line for line in lines if line.partition("=")[0].strip() not in ours]
    said = [f"{variable}={quoted(path.as_posix())}" for variable, path in ours.items()]
    LOCAL.write_bytes("\n".join([*kept, *said, ""]).encode())


def quoted(path: str) -> str:
    """Return a path as Quarto reads it back: within double quotes it expands what looks so."""
    return f"'{path}'" if set(path) & set('"$`\\') and "'" not in path else f'"{path}"'


main()
