"""The example, rendered."""

from pathlib import Path

import pytest
from checkout import copied_once, copy_example
from rendered import npm_packages, open_page, served, site, site_by, workshop

__all__ = ["npm_packages", "open_page", "served", "site", "site_by", "workshop"]


@pytest.fixture(scope="session")
def source(workshop: Path) -> Path:
    """Return a copy of the example as it was when the session started."""
    return copied_once(copy_example, workshop / "example")
