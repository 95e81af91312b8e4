"""What tests of several methods share."""

import jax
import pytest


@pytest.fixture
def compiled_in_haste():
    """Have XLA leave out what makes long runs fast: here nearly all of the time is its own."""
    for haste in (True, False):
        jax.config.update("jax_disable_most_optimizations", haste)
        if haste:
            yield
