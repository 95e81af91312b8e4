"""The example keeps every promise that a site makes."""

from playwright.sync_api import Browser
from rendered import Site

from portfolio.audit import browser_problems, static_problems


def test_the_files_of_the_example_are_sound(site: Site) -> None:
    """The audit of the files finds nothing, whichever renderer made them."""
    assert static_problems(site) == []


def test_the_example_is_sound_in_a_browser(site: Site, browser: Browser) -> None:
    """Everyone can read and use every page, and none says anything on the console."""
    assert browser_problems(site, browser=browser) == []
