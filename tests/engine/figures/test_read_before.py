"""Code that was read before is taken from what the project remembers."""

import pytest

from portfolio.figures import reading
from portfolio.figures.meaning import joined, read_cell, read_code
from portfolio.figures.reading import cells_of, module_of

TEXTS = {
    "definitions": 'import numpy\nfrom . import a\n\n\ndef f(x):\n    """Say."""\n    return g\n',
    "no Python": "%matplotlib inline\n!ls",
    "nothing": "",
    "half a sign": "x = '\ud800'",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_what_is_remembered_is_what_was_read(text, tmp_path):
    """The first reading and the second give the same as reading without a memory."""
    for _ in range(2):
        assert module_of(text, "methods", tmp_path) == read_code(text, "methods")
        cells = [text, f"{text}\nlast"]
        assert cells_of(cells, tmp_path) == joined(map(read_cell, cells))


def test_the_same_text_is_read_once(tmp_path, monkeypatch):
    """A module that did not change is not parsed again."""
    first = module_of("x = 1", "", tmp_path)
    monkeypatch.setattr(reading, "_in_bytes", lambda _: pytest.fail("read again"))
    assert module_of("x = 1", "", tmp_path) == first


def test_another_text_is_another_code(tmp_path):
    """A change of the text, or of the package that it lies in, is seen."""
    codes = [module_of(*args, tmp_path) for args in (("from . import a", "p"), ("x = 2", "p"))]
    codes.append(module_of("from . import a", "q", tmp_path))
    assert len({code.imports for code in codes}) == 3
