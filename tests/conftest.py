"""What tests share: the project and a browser."""

from collections.abc import Iterator
from pathlib import Path

import browsers
import needs
import pytest
from playwright.sync_api import Browser, sync_playwright


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start a browser that reaches this machine alone."""
    with sync_playwright() as playwright:
        command = browsers.find_browser(playwright.chromium.executable_path)
        if command is None:
            needs.missing(browsers.LACKING)
        chromium = playwright.chromium.launch(executable_path=command, args=browsers.arguments())
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def project() -> Path:
    """Return the folder of the project under test."""
    return Path(__file__).parents[1]
