"""Two runs of a notebook compared: printed numbers, drawings and pictures, within a tolerance.

A cell says how far its numbers may move with an option, ``#| tolerance: 0.02``, as a share of each
number and of a picture's size, or ``{share: 0.02, number: 0.5}`` where numbers near zero may move
by so much in any case; with ``any`` what it shows may be anything, as for times.
"""

import base64
import binascii
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from portfolio.cell import split_options
from portfolio.figures.asked import code_cells, kept_in
from portfolio.mapping import NotYamlError, read_mapping
from portfolio.picture import PictureError, decoded

_NUMBER = re.compile(r"(?<!\w)(?<!\w\.)[-\u2212+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_IN_DRAWING = re.compile(r"-?\d+\.?\d*(?:[eE][-+]?\d+)?")
_PLACES = re.compile(
    r'(?<=\s)((?:d|points|transform|viewBox|width|height|[cr]?[xy][12]?|r|offset)=)"([^"]*)"'
)
"""Where a drawing says where its parts are."""
_NAMES = re.compile(r'(?<=\sid=")[^"]*|(?<=")#[^"]*|(?<=url\(#)[^)]*')
"""Of its parts, which are made from what those are."""
_SAID = re.compile(r"<!--.*?-->", re.DOTALL)
"""The texts that a drawing sets in outlines."""
_PICTURE = re.compile(r'(?<=")data:image/(?:png|jpeg);base64,([^"]*)')
"""A picture that a drawing holds."""
_SIZE = re.compile(r'\sviewBox="([^"]*)"')
_ROUNDED = 0.011
"""Drawings keep two decimals: so much is no difference."""
_WHOLE = (1 << 16, 1 << 16)
_SHADE = 1 / 255
"""In a picture, the mean difference that nobody sees."""


@dataclass(frozen=True)
class Tolerance:
    """How far numbers may move: by a share of the larger one, or by ``number``, if that is more."""

    share: float = 1e-6
    number: float = 0.0

    def allows(self, one: float, two: float) -> bool:
        """Return whether two numbers are close enough."""
        return abs(one - two) <= max(self.number, self.share * max(abs(one), abs(two)))


@dataclass(frozen=True)
class Move:
    """What moved in one cell: which one, and how far."""

    cell: str
    what: str

    def __str__(self) -> str:
        return f"{self.cell}: {self.what}"


def moves(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Move]:
    """Return what a second run of a notebook shows otherwise than the first, beyond tolerance."""
    old, new = _code_cells(before), _code_cells(after)
    if len(old) != len(new):
        return [Move("the notebook", "it has other cells")]
    return [move for one, two in zip(old, new, strict=True) for move in _moved(one, two)]


def tolerance_of(cell: Mapping[str, Any]) -> Tolerance | None:
    """Return how far the numbers of a cell may move, None for anywhere; raise ValueError."""
    said = _options(cell).get("tolerance", Tolerance.share)
    if said == "any":
        return None
    parts = said if isinstance(said, dict) else {"share": said}
    if parts and parts.keys() <= {"share", "number"} and all(map(_is_size, parts.values())):
        return Tolerance(**{name: float(size) for name, size in parts.items()})
    raise ValueError(
        f"the tolerance is no share, such as 0.02, no {{share: 0.02, number: 0.5}}, and not `any`"
        f" ({said})"
    )


def _is_size(said: Any) -> bool:
    return isinstance(said, int | float) and not isinstance(said, bool) and 0 <= said < math.inf


def _moved(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Move]:
    name = str(_options(old).get("label") or f"cell {old['number']}")
    try:
        tolerance = tolerance_of(old)
    except ValueError as error:
        yield Move(name, str(error))
        return
    if tolerance is None:
        return
    if len(old["outputs"]) != len(new["outputs"]):
        yield Move(name, "it shows more or less than before")
        return
    for one, two in zip(old["outputs"], new["outputs"], strict=True):
        for what in _differing(_parts(one), _parts(two), tolerance):
            yield Move(name, what)
    for key, one, two in _kept(old, new):
        for what in _texts(one, two, tolerance):
            yield Move(f"{name}, {key}", what)


def _kept(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield what both runs keep by name, and their tables, each with its name, as texts."""
    before, after = kept_in(old), kept_in(new)
    for name in sorted(before.values.keys() | after.values.keys()):
        yield name, str(before.values.get(name, "")), str(after.values.get(name, ""))
    yield "its table", before.table, after.table


def _differing(old: dict[str, str], new: dict[str, str], tolerance: Tolerance) -> Iterator[str]:
    if old.keys() != new.keys():
        yield "it shows another kind of thing"
    for kind in sorted(old.keys() & new.keys()):
        if kind in {"image/png", "image/jpeg"}:
            yield from _pixels(old[kind], new[kind], tolerance)
        elif kind == "image/svg+xml":
            yield from _drawings(old[kind], new[kind], tolerance)
        elif not kind.endswith("json"):
            yield from _texts(old[kind], new[kind], tolerance)


def _texts(old: str, new: str, tolerance: Tolerance) -> Iterator[str]:
    """Yield how far the numbers of a text moved, or that its words did."""
    if _words(old) != _words(new):
        yield "its words are others"
        return
    pairs = list(zip(_NUMBER.findall(old), _NUMBER.findall(new), strict=True))
    moved = [
        (_apart(_value(a), _value(b)), a, b)
        for a, b in pairs
        if not tolerance.allows(_value(a), _value(b))
    ]
    if moved:
        most, was, now = max(moved)
        count = f"{len(moved)} of {len(pairs)} numbers moved"
        yield f"{count}, by up to {_share(most)} ({was} is now {now})"


def _drawings(old: str, new: str, tolerance: Tolerance) -> Iterator[str]:
    """Yield how far the points of a drawing moved, as a share of its size, or that it is another.

    Its texts are compared as texts, and pictures in it as pictures; colours and all else that is
    no place have to be the same.
    """
    pictures = [_PICTURE.findall(text) for text in (old, new)]
    old, new = (_PICTURE.sub("data:", text) for text in (old, new))
    if _parts_of(old) != _parts_of(new):
        yield "the drawing has other parts"
        return
    yield from _texts(_texts_of(old), _texts_of(new), tolerance)
    for before, after in zip(*pictures, strict=True):
        yield from _pixels(before, after, tolerance)
    one, two = (_places_in(text) for text in (old, new))
    seen = _SIZE.search(old)
    size = max(map(float, _IN_DRAWING.findall(seen[1])), default=0.0) if seen else 0.0
    size = size or max(map(abs, one), default=0.0)
    apart = [abs(a - b) for a, b in zip(one, two, strict=True)]
    moved = [each for each in apart if each > max(_ROUNDED, tolerance.share * size)]
    if moved:
        share = _share(max(moved) / size)
        yield f"{len(moved)} points of the drawing moved, by up to {share} of its size"


def _parts_of(drawing: str) -> str:
    """Return a drawing without its places and texts, and the names of its parts."""
    there = _PLACES.sub(lambda at: at[1] + _IN_DRAWING.sub("0", at[2]), _SAID.sub("", drawing))
    return _NAMES.sub("", there)


def _texts_of(drawing: str) -> str:
    return "\n".join(_SAID.findall(drawing))


def _places_in(drawing: str) -> list[float]:
    return [float(n) for at in _PLACES.finditer(drawing) for n in _IN_DRAWING.findall(at[2])]


def _pixels(old: str, new: str, tolerance: Tolerance) -> Iterator[str]:
    if old == new:
        return
    from PIL import ImageChops, ImageStat  # noqa: PLC0415

    try:
        one, two = (decoded(base64.b64decode(each), at_least=_WHOLE) for each in (old, new))
    except (PictureError, binascii.Error):
        yield "a picture cannot be read"
        return
    if one.size != two.size:
        yield "the picture has another size"
        return
    change = max(ImageStat.Stat(ImageChops.difference(one.convert("RGB"), two.convert("RGB"))).mean)
    if change / 255 > max(_SHADE, tolerance.share):
        yield f"the picture changed, by {_share(change / 255)} on the mean"


def _code_cells(notebook: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [{**cell, "number": n} for n, cell in code_cells(notebook)]


def _options(cell: Mapping[str, Any]) -> Any:
    try:
        return read_mapping(split_options(cell["source"])[0], "", 1).values
    except NotYamlError:  # reading its figure reports it
        return {}


def _parts(output: Mapping[str, Any]) -> dict[str, str]:
    """Return what an output shows, by its kind."""
    if output["output_type"] == "stream":
        return {} if output["name"] == "stderr" else {"text/plain": output["text"]}
    return {k: v for k, v in output.get("data", {}).items() if isinstance(v, str)}


def _words(text: str) -> list[str]:
    """Return a text without its numbers, and without the blanks that make room for them."""
    return _NUMBER.sub("0", text).split()


def _value(number: str) -> float:
    return float(number.replace("\u2212", "-"))


def _apart(one: float, two: float) -> float:
    """Return how far two numbers lie apart, as a share of the larger one."""
    size = max(abs(one), abs(two))
    return abs(one - two) / size if size else 0.0


def _share(value: float) -> str:
    """Return a share in per cent, with two digits that mean something."""
    percent = 100 * value
    return f"{percent:.0f} %" if percent >= 10 else f"{percent:.2g} %"  # noqa: PLR2004
