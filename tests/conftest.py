"""What tests share: the project and a browser."""

from collections.abc import Iterator
from pathlib import Path

import browsers
import needs
import pytest
from checkout import PROJECT
from playwright.sync_api import Browser, expect, sync_playwright
from turns import Turns, in_turn
from xdist.remote import Producer

from portfolio.audit.browsers import LACKING, arguments
from portfolio.cores import cores

expect.set_options(timeout=60_000)  # of a busy machine; it guards against a hang alone


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what breaks things many times over, unless `make stress` asks for it."""
    if "stress" not in (config.option.markexpr or ""):
        stress = [item for item in items if item.get_closest_marker("stress")]
        config.hook.pytest_deselected(items=stress)
        items[:] = [item for item in items if item not in stress]
    items[:] = in_turn(items)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Turns | None:
    """Have tests that look at the same rendered site run in one process."""
    return Turns(config, log) if config.getoption("dist") == "loadfile" else None


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Have three processes for two processors: a third of their time they wait for others."""
    return cores() * 3 // 2


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start a browser that reaches this machine alone."""
    with sync_playwright() as playwright:
        command = browsers.found_or_installed(playwright.chromium.executable_path)
        if command is None:
            needs.missing(LACKING)
        chromium = playwright.chromium.launch(executable_path=command, args=arguments())
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def project() -> Path:
    """Return the folder of the project under test."""
    return PROJECT
