"""What tests share: the project and a browser."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import browsers
import needs
import pytest
from checkout import PROJECT
from playwright.sync_api import Browser, sync_playwright

from portfolio.audit.browsers import LACKING, arguments


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what breaks things many times over, unless `make stress` asks for it.

    Files with long tests come first, so that at the end no process waits for another's.
    """
    if "stress" not in (config.option.markexpr or ""):
        stress = [item for item in items if item.get_closest_marker("stress")]
        config.hook.pytest_deselected(items=stress)
        items[:] = [item for item in items if item not in stress]
    long = Counter(item.path for item in items if item.get_closest_marker("long"))
    items.sort(key=lambda item: -long[item.path])


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
