"""What tests share: the project and a browser."""

from collections.abc import Generator
from pathlib import Path

import browsers
import pytest
from checkout import PROJECT
from playwright.sync_api import Browser, expect
from turns import Turns, in_turn, unit_of
from xdist.remote import Producer

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
def browser() -> Browser:
    """Return a browser that reaches this machine alone; what runs together shares it."""
    return browsers.opened()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Generator[None]:
    """Close it after the last test of those: while it is open no other loop of events can run."""
    try:
        return (yield)
    finally:
        if nextitem is None or unit_of(nextitem.nodeid) != unit_of(item.nodeid):
            browsers.close()


@pytest.fixture(scope="session")
def project() -> Path:
    """Return the folder of the project under test."""
    return PROJECT
