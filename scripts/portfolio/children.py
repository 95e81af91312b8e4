"""Processes that verbs start, none of which outlives the verb.

Beside the first of them a warden is started (`portfolio.warden`), which does nothing until this
process is gone. If that went without a word, as when somebody kills it, the warden ends whatever
carries this process's mark in its environment: children, their children, and kernels.
"""

import atexit
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from secrets import token_hex
from threading import Lock
from typing import Any

from portfolio.warden import DONE, MARK

_WARDEN = Path(__file__).with_name("warden.py")
_starting = Lock()
_last_word = bytearray(DONE)
_wardens: dict[int, "subprocess.Popen[bytes]"] = {}  # by the process that they watch


def run(
    command: Sequence[str], *, env: Mapping[str, str] | None = None, **options: Any
) -> "subprocess.CompletedProcess[Any]":
    """Run a command as `subprocess.run` does, with an end to it when this process ends."""
    return subprocess.run(command, env=_marked(env), **options)  # noqa: PLW1510  callers say


def start(
    command: Sequence[str], *, env: Mapping[str, str] | None = None, **options: Any
) -> "subprocess.Popen[Any]":
    """Start a command as `subprocess.Popen` does, with an end to it when this process ends."""
    return subprocess.Popen(command, env=_marked(env), **options)


def guard() -> None:
    """See to it that what is started from now on, however it is, ends when this process ends."""
    with _starting:
        if os.getpid() in _wardens:
            return
        mark = token_hex(8)
        command = [sys.executable, "-P", str(_WARDEN), mark]
        apart = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)  # Ctrl-C is not for it
        _wardens[os.getpid()] = subprocess.Popen(
            command,
            cwd=Path(_WARDEN.anchor),  # not to keep a folder or a disk in use
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            creationflags=apart,
        )
        os.environ[MARK] = f"{os.environ.get(MARK, '')} {mark}".strip()


def end() -> None:
    """Have the warden end what is still running, once this process is gone."""
    _last_word[:] = b""


@atexit.register
def _dismiss() -> None:
    """Tell the warden that this process ends of itself, and so have its children, if that is so."""
    warden = _wardens.pop(os.getpid(), None)
    if warden and warden.stdin:
        with suppress(OSError):  # somebody has killed it
            warden.stdin.write(_last_word)
            warden.stdin.close()
        if _last_word:
            warden.wait()
        else:
            warden.returncode = 0  # it has work to do when we are gone


def _marked(env: Mapping[str, str] | None) -> dict[str, str]:
    guard()
    return {**(os.environ if env is None else env), MARK: os.environ[MARK]}
