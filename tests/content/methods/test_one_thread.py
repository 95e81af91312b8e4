"""What the run of a notebook gives does not depend on how many cores there are."""

import os

import nbformat
import pytest

from portfolio.figures.runs import executed

SUMS = """import jax
import jax.numpy as jnp
import numpy as np

x = np.random.default_rng(0).standard_normal((3072, 484)).astype(np.float32)
print(float((x @ x.T).sum()).hex())
print(float(jnp.sin(x).sum()).hex())
print(float((jnp.asarray(x).T @ x)[0, 0]).hex())"""

needs_cores = pytest.mark.skipif(
    not hasattr(os, "sched_setaffinity") or len(os.sched_getaffinity(0)) < 2,
    reason="needs two cores, and a system that lets a process keep to one of them",
)


def digits(root):
    """Return what a notebook of sums prints."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(SUMS, id="sums")])
    ran = executed(nbformat.writes(notebook), root / "notebooks" / "sums.ipynb", root)
    return nbformat.reads(ran, as_version=4).cells[0].outputs[0].text.split()


@needs_cores
def test_digits_do_not_depend_on_how_many_cores_there_are(tmp_path):
    """NumPy and JAX sum in one order, on one core as on all."""
    (tmp_path / "notebooks").mkdir()
    on_all = digits(tmp_path)
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(cores)})
    try:
        on_one = digits(tmp_path)
    finally:
        os.sched_setaffinity(0, cores)
    assert on_one == on_all
