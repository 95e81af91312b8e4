"""What to do when a tool that some tests need is not here."""

import os
from importlib import import_module
from types import ModuleType
from typing import NoReturn

import pytest


def missing(reason: str) -> NoReturn:
    """Skip the test; on a CI machine, where every tool can be had, fail it."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def package(name: str) -> ModuleType:
    """Return somebody else's package, which the extra `test` installs."""
    try:
        return import_module(name)
    except ImportError:
        missing(f"needs {name}: install the extra `test`")
