"""What tests of several methods share."""

import jax
import pytest


@pytest.fixture(scope="session", autouse=True)
def _older_compiler():
    """Have XLA make machine code in its older way, in a third to two thirds of the time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XLA_FLAGS", "--xla_cpu_use_fusion_emitters=false")
        jax.devices()  # it reads them once, when it is used first


@pytest.fixture(autouse=True)
def compiled_in_haste():
    """Have XLA leave out what makes long runs fast: here nearly all of the time is its own."""
    for haste in (True, False):
        jax.config.update("jax_disable_most_optimizations", haste)
        if haste:
            yield


@pytest.fixture
def compiled_with_care(compiled_in_haste):  # noqa: ARG001  it is what this takes back
    """Have XLA take its time after all, in a test that runs for longer than it compiles."""
    jax.config.update("jax_disable_most_optimizations", False)  # noqa: FBT003  JAX's own signature
