"""A site of 207 varied records, rendered once for all tests of the list."""

from pathlib import Path

import pytest
from checkout import copied_once, copy_example, make_anothers
from records import HOME, OWNER, bibliography
from rendered import Site, open_page, served, site_by, workshop

__all__ = ["open_page", "served", "site_by", "workshop"]


def copy_records(target: Path) -> None:
    """Make the example the project of somebody with 207 papers."""
    copy_example(target)
    make_anothers(target, OWNER, bibliography(), HOME)


@pytest.fixture(scope="session")
def source(workshop: Path) -> Path:
    """Return the project."""
    return copied_once(copy_records, workshop / "many")


@pytest.fixture(scope="session")
def site(site_by) -> Site:
    """Return the site as the embedded renderer makes it; one test holds Quarto's to it."""
    return site_by("embedded")
