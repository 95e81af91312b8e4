"""A service that knows papers, and what it says of two of them."""

import json

import pytest
from service import FEED, WAVES, service, web

__all__ = ["service", "web"]


@pytest.fixture
def waves():
    """Return what a service says of a journal article, in CSL-JSON."""
    return json.dumps(WAVES)


@pytest.fixture
def feed():
    """Return what arXiv says of a preprint."""
    return FEED
