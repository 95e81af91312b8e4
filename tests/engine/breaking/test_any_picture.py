"""Whatever happens to the bytes of a picture or to a formula, it is shown or named, in time."""

import io
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from portfolio.drawing import still
from portfolio.picture import PictureError, decoded, fault_of, size_of
from portfolio.records.latex import formulas

SVG = b"""<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="3em" height="1e1"
viewBox="0 0 4 2"><script>a</script><g onload="b"><path d="M0 0"/></g></svg>"""
KINDS = ("PNG", "JPEG", "GIF", "WEBP", "AVIF")
SECONDS = 20
"""What no picture or formula may take of the processor, on the slowest machine."""


def saved(kind):
    """Return a small picture as the bytes of a file."""
    file = io.BytesIO()
    Image.radial_gradient("L").resize((60, 40)).convert("RGB").save(file, kind)
    return file.getvalue()


WHOLE = {kind.lower(): saved(kind) for kind in KINDS} | {"svg": SVG}
WOUNDS = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 9), st.binary(max_size=4)), min_size=1, max_size=4
)


def wounded(data, wounds):
    """Return ``data`` with pieces cut out and others put in."""
    for place, length, scrap in wounds:
        start = int(place * len(data))
        data = data[:start] + scrap + data[start + length :]
    return data


def try_wounded(folder, kind, wounds):
    """Read a picture that somebody has scribbled on in every way that there is."""
    data = wounded(WHOLE[kind], wounds)
    path = folder / f"any.{kind}"
    path.write_bytes(data)
    started = time.process_time()
    size = size_of(path)
    assert size is None or min(size) > 0
    fault = fault_of(path)
    assert fault is None or "\n" not in str(fault)
    if kind == "svg":
        assert b"script" not in still(data)
    elif fault is None:
        assert decoded(data, at_least=(10, 10)).mode == "RGB"
    else:
        with pytest.raises(PictureError):
            decoded(data, at_least=(1, 1))
    assert time.process_time() - started < SECONDS


@settings(deadline=None, max_examples=150)
@given(st.sampled_from(sorted(WHOLE)), WOUNDS)
def test_any_picture_is_shown_or_named(tmp_path_factory, kind, wounds):
    """A picture with bytes lost, changed or added is read, or one line says why not."""
    try_wounded(tmp_path_factory.getbasetemp(), kind, wounds)


@pytest.mark.stress
@settings(deadline=None, max_examples=20_000)
@given(st.sampled_from(sorted(WHOLE)), WOUNDS)
def test_any_picture_at_length(tmp_path_factory, kind, wounds):
    """The same, for an hour."""
    try_wounded(tmp_path_factory.getbasetemp(), kind, wounds)


PIECES = r"""\frac \sqrt \left( \right) \begin{matrix} \end{matrix} ^ _ ^{ _{ { } & \\ x 2 + \text{
\a ' $ %"""
TEX = st.lists(st.sampled_from(PIECES.split()), min_size=1, max_size=40).map(" ".join)


@settings(deadline=None, max_examples=15)
@given(st.lists(TEX, min_size=1, max_size=20), st.integers(1, 30))
def test_any_formula_is_shown(some, deep):
    """Every formula of a list becomes MathML, or is shown as it is written."""
    formulas.expect(some)
    for tex in (*some, "x^{" * deep + "y" + "}" * deep):
        html = formulas.formula_html(tex)
        assert html.startswith(("<math", "<code>", "<sup>", "<sub>"))
