"""A project to move into, and a service that knows papers."""

import pytest
from service import service, web

__all__ = ["service", "web"]

SETTINGS = "owner: {name: Jane Doe, site: https://doe.example, repository: https://code.example}\n"


@pytest.fixture
def home(tmp_path):
    """Return the folder of a project that has no papers yet."""
    folder = tmp_path / "home"
    (folder / "publications").mkdir(parents=True)
    (folder / "_quarto.yml").write_text(SETTINGS)
    return folder
