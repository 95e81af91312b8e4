"""Two runs of a notebook are the same where nothing moved beyond what its cells allow."""

import base64
import io

import lab
import pytest
from nbformat import v4
from PIL import Image

from portfolio.figures.comparing import moves

LOOSE = {"source": "#| label: fig-a\n#| tolerance: 0.1\n1"}
NEAR_ZERO = {"source": "#| label: fig-a\n#| tolerance: {number: 0.01}\n1"}
ANY = {"source": "#| tolerance: any\n1"}


def shown(*outputs, source="1"):
    """Return a notebook whose one code cell showed these outputs."""
    notebook = lab.notebook(source)
    notebook.cells[1].outputs = list(outputs)
    return notebook


def printed(text, **options):
    """Return a notebook that printed a text."""
    return shown(v4.new_output("stream", text=text), **options)


def drawn(points, **options):
    """Return a notebook that drew a path."""
    svg = f'<svg viewBox="0 0 400 200"><path d="{points}"/></svg>'
    return shown(v4.new_output("display_data", {"image/svg+xml": svg}), **options)


def charted(*, at=10, colour="#596069", name="m8705e9354f", said="0.5"):
    """Return a notebook that drew a marker in a colour, with its name and a text as those have."""
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 200"><defs>'
        f'<path id="{name}" d="M 0 3"/></defs><!-- {said} --><g style="fill: {colour}">'
        f'<use xlink:href="#{name}" x="{at}" y="20" clip-path="url(#{name})"/></g></svg>'
    )
    return shown(v4.new_output("display_data", {"image/svg+xml": svg}), **LOOSE)


def painted(shade, size=(20, 20)):
    """Return a picture of one grey, as PNG in letters."""
    file = io.BytesIO()
    Image.new("RGB", size, (shade,) * 3).save(file, "PNG")
    return base64.b64encode(file.getvalue()).decode()


def pictured(*painting):
    """Return a notebook that showed such a picture."""
    png = painted(*painting)
    return shown(v4.new_output("display_data", {"image/png": png}))


def inlaid(*pictures):
    """Return a notebook that drew pictures into a drawing."""
    named = (f"data:image/png;base64,\n{each}" if each else "" for each in pictures)
    parts = "".join(f'<image xlink:href="{name}"/>' for name in named)
    svg = f'<svg viewBox="0 0 400 200">{parts}</svg>'
    return shown(v4.new_output("display_data", {"image/svg+xml": svg}), **LOOSE)


def said(before, after):
    """Return what moved, as lines."""
    return list(map(str, moves(before, after)))


SAME = {
    "the same": (printed("a 1.5"), printed("a 1.5")),
    "other blanks": (printed("a  1.5"), printed("a 1.5")),
    "the last bits": (printed("1.23456789"), printed("1.23456788")),
    "within the tolerance of the cell": (printed("1.0", **LOOSE), printed("1.09", **LOOSE)),
    "the ends of a range": (printed("0.45..0.47", **LOOSE), printed("0.46..0.48", **LOOSE)),
    "a sign of zero": (printed("-0.00..0.01"), printed("0.00..0.01")),
    "near zero, within the number that the cell lets pass": (
        printed("0.0004 2", **NEAR_ZERO),
        printed("0.0095 2", **NEAR_ZERO),
    ),
    "anything": (printed("12 s", **ANY), printed("x", **ANY)),
    "a hundredth of a point": (drawn("M 1.00 2"), drawn("M 1.01 2")),
    "a shade": (pictured(100), pictured(101)),
    "a picture in a drawing, within the tolerance": (inlaid(painted(100)), inlaid(painted(120))),
    "the name of a part": (charted(), charted(name="m0000e0")),
    "a text within the tolerance": (charted(), charted(said="0.52")),
}
NO_TOLERANCE = "the tolerance is no share, such as 0.02, no {share: 0.02, number: 0.5}"
NUMBERS = "cell 2: 1 of 1 numbers moved, by up to"
OTHER = {
    "a number": (
        printed("a 0.712 b 3"),
        printed("a 0.697 b 3"),
        "cell 2: 1 of 2 numbers moved, by up to 2.1 % (0.712 is now 0.697)",
    ),
    "a sign": (printed("-1"), printed("1"), f"{NUMBERS} 200 % (-1 is now 1)"),
    "a sign of typographers": (printed("−1"), printed("1"), f"{NUMBERS} 200 % (−1 is now 1)"),
    "beyond the tolerance of the cell": (
        printed("1.0", **LOOSE),
        printed("1.5", **LOOSE),
        "fig-a: 1 of 1 numbers moved, by up to 33 % (1.0 is now 1.5)",
    ),
    "beyond the number that the cell lets pass": (
        printed("0.0004 2", **NEAR_ZERO),
        printed("0.0205 2", **NEAR_ZERO),
        "fig-a: 1 of 2 numbers moved, by up to 98 % (0.0004 is now 0.0205)",
    ),
    "a word": (printed("a 1"), printed("b 1"), "cell 2: its words are others"),
    "a point": (
        drawn("M 10 20"),
        drawn("M 14 20"),
        "cell 2: 1 points of the drawing moved, by up to 1 % of its size",
    ),
    "a marker, whatever numbers colours and names hold": (
        charted(),
        charted(at=90),
        "fig-a: 1 points of the drawing moved, by up to 20 % of its size",
    ),
    "a colour": (charted(), charted(colour="#596070"), "fig-a: the drawing has other parts"),
    "a text in a drawing": (
        charted(),
        charted(said="0.9"),
        "fig-a: 1 of 1 numbers moved, by up to 44 % (0.5 is now 0.9)",
    ),
    "a part": (
        drawn("M 10 20"),
        drawn("M 10 20 L 1 1"),
        "cell 2: the drawing has other parts",
    ),
    "a picture": (
        pictured(0),
        pictured(51),
        "cell 2: the picture changed, by 20 % on the mean",
    ),
    "a picture in a drawing": (
        inlaid(painted(9), painted(0)),
        inlaid(painted(9), painted(51)),
        "fig-a: the picture changed, by 20 % on the mean",
    ),
    "a picture lost from a drawing": (
        inlaid(painted(9)),
        inlaid(""),
        "fig-a: the drawing has other parts",
    ),
    "a picture more in a drawing": (
        inlaid(painted(9)),
        inlaid(painted(9), painted(9)),
        "fig-a: the drawing has other parts",
    ),
    "the size of a picture": (
        pictured(0),
        pictured(0, (9, 9)),
        "cell 2: the picture has another size",
    ),
    "an output": (printed("1"), shown(), "cell 2: it shows more or less than before"),
    "no tolerance": (
        printed("1", source="#| tolerance: x\n1"),
        printed("1"),
        f"cell 2: {NO_TOLERANCE}, and not `any` (x)",
    ),
}


@pytest.mark.parametrize(("before", "after"), SAME.values(), ids=SAME)
def test_what_counts_as_the_same(before, after):
    """Blanks, last bits, hundredths of a point, a shade, and what the cell lets pass."""
    assert said(before, after) == []


@pytest.mark.parametrize(("before", "after", "line"), OTHER.values(), ids=OTHER)
def test_what_moved_is_named_with_how_far(before, after, line):
    """Cell or figure, how many numbers, by how much at most, and which."""
    assert said(before, after) == [line]
