"""SVG drawings as anybody may bring them: how large they are, and what in them would run.

A drawing that is shown in a page runs nothing; opened by itself it is a page of its own, with
scripts. Hosts of static sites send no headers that would forbid these, so they are taken out.
"""

import io
import re
from collections.abc import Iterator
from functools import lru_cache
from math import isfinite
from typing import Any
from xml.etree import ElementTree as ET

_SVG = "http://www.w3.org/2000/svg"
_XHTML = "{http://www.w3.org/1999/xhtml}"
_NAMES = {"": _SVG, "xlink": "http://www.w3.org/1999/xlink"}
_LENGTH = re.compile(
    r"\s*\+?(\d+(?:\.\d*)?|\.\d+)((?:e[+-]?\d{1,3})?)\s*([a-z]*)\s*", re.IGNORECASE
)
_PIXELS = {"": 1, "px": 1, "pt": 96 / 72, "pc": 16, "in": 96, "mm": 96 / 25.4, "cm": 96 / 2.54}
_PIXELS |= {"q": 24 / 25.4, "em": 16, "rem": 16, "ex": 8, "ch": 8}
"""CSS's units, those of type at a browser's own size; others hang on what is around."""
_LARGEST = 100_000
_RUNS = frozenset(
    {"script", "foreignobject", "handler", "listener", "iframe", "embed", "object", "audio"}
    | {"video", "base", "meta", "link", "form", "input", "button", "textarea"}
)
_ANIMATES = frozenset({"set", "animate", "animatemotion", "animatetransform", "discard"})
_HARMLESS = re.compile(
    r"\s*(?:\#|data:image/(?:png|jpe?g|gif|webp|avif);|(?:https?:)?//(?=\S)|[\w./%~-]*(?:[?\#]|$))",
    re.IGNORECASE,
)
_OUT = re.compile(r"\s*(?:https?:)?//", re.IGNORECASE)
_PIECE = 2048
"""So many bytes of a drawing are read at once, until it has said how large it is."""
_EMPTY = f'<svg xmlns="{_SVG}"/>\n'.encode()


class DrawingError(Exception):
    """A drawing cannot be read: says why."""


def read_size(data: bytes, *, whole: bool = False) -> tuple[int, int] | None:
    """Return a drawing's width and height in CSS pixels, if it says; what it leaves out follows.

    Raises DrawingError if it is none; with ``whole``, also if it is damaged farther down.
    """
    root = _root(data, whole=whole)
    if _local(root.tag) != "svg":
        raise DrawingError(f"it is no drawing (its root is {_local(root.tag)[:20]})")
    if whole and root.tag != f"{{{_SVG}}}svg":
        raise DrawingError(f'its root has no xmlns="{_SVG}"')
    across, down = _box(root.get("viewBox", ""))
    width, height = (_pixels(root.get(side, "")) for side in ("width", "height"))
    if across and down:
        if not width and not height:
            width, height = across, down
        width = width or (height or 0) * across / down
        height = height or width * down / across
    if not width or not height or max(width, height) > _LARGEST:
        return None
    return max(1, round(width)), max(1, round(height))


def still(data: bytes) -> bytes:
    """Return a drawing as it is if nothing in it can run, else without that.

    What cannot be read, and so not be told to be harmless, becomes an empty drawing.
    """
    try:
        root = _root(data, whole=True)
        found = [*_instructions(data), *(True for _ in _parts_that_run(root))]
        if not found:
            return data
        _strip(root)
        for prefix, name in _NAMES.items():
            ET.register_namespace(prefix, name)
        return str(ET.tostring(root, encoding="unicode")).encode() + b"\n"
    except (DrawingError, RecursionError):
        return _EMPTY


def _root(data: bytes, *, whole: bool) -> ET.Element:
    try:
        # expat stops entities that grow
        return ET.fromstring(data) if whole else _first_tag(data)  # noqa: S314
    except (ET.ParseError, ValueError, LookupError) as error:
        said = " ".join(str(error).split())[:60] or "it is empty"
        raise DrawingError(f"it is damaged ({said})") from None


def _first_tag(data: bytes) -> ET.Element:
    """Return the root of a drawing as its first tag tells it, and read little more than that."""
    root: list[ET.Element] = []
    parser: ET.XMLPullParser[Any] = ET.XMLPullParser(("start",))
    for start in range(0, len(data), _PIECE):
        parser.feed(data[start : start + _PIECE])
        root += [event[1] for event in parser.read_events()]  # type: ignore[misc]
        if root:
            return root[0]
    parser.close()
    raise ValueError


def _box(said: str) -> tuple[float, float]:
    """Return the two sides of a view box, or zeros."""
    try:
        *_, across, down = (float(number) for number in re.split(r"[\s,]+", said.strip()))
    except ValueError:
        return 0, 0
    sound = isfinite(across) and isfinite(down) and across > 0 and down > 0
    return (across, down) if sound and len(re.split(r"[\s,]+", said.strip())) == 4 else (0, 0)  # noqa: PLR2004  a corner and two sides


def _pixels(length: str) -> float | None:
    found = _LENGTH.fullmatch(length)
    if not found and length[-2:].lower() in {"em", "ex"}:  # `2em` is no number with an exponent
        found = re.fullmatch(r"\s*\+?([\d.]+)()\s*(e[mx])\s*", length, re.IGNORECASE)
    if not found or found[3].lower() not in _PIXELS:
        return None
    try:
        pixels = float(found[1] + found[2]) * _PIXELS[found[3].lower()]
    except ValueError:
        return None
    return pixels if isfinite(pixels) else None


def _instructions(data: bytes) -> Iterator[bool]:
    """Yield for each instruction to load a style sheet, which may be a program."""
    if b"\0" not in data and b"xml-stylesheet" not in data.lower():
        return
    for _, element in ET.iterparse(io.BytesIO(data), events=("pi",)):  # noqa: S314
        if str(element.text).strip().lower().startswith("xml-stylesheet"):
            yield True


def _parts_that_run(root: ET.Element) -> Iterator[tuple[ET.Element, str]]:
    """Yield elements that may run, with nothing, and attributes that may, with their elements."""
    for element in root.iter():
        if _runs(element):
            yield element, ""
        yield from ((element, name) for name in element.attrib if _attribute_runs(element, name))


def _runs(element: ET.Element) -> bool:
    name = _local(element.tag).lower()
    return name in _RUNS or str(element.tag).startswith(_XHTML) or _moves(element, name)


def _moves(element: ET.Element, name: str) -> bool:
    """Whether an element is called by a ``name`` that animates, and animates what may run."""
    if name not in _ANIMATES:
        return False
    target = element.get("attributeName", "").lower().rpartition(":")[2]
    return target.startswith("on") or target in {"href", "src"}


def _attribute_runs(element: ET.Element, name: str) -> bool:
    local = _local(name).lower()
    if local in {"href", "src", "action", "formaction"}:
        leads_out = _OUT.match(element.attrib[name]) and _local(element.tag) != "a"
        return bool(leads_out) or not _HARMLESS.match(element.attrib[name])
    return local.startswith("on") or name == "{http://www.w3.org/XML/1998/namespace}base"


def _strip(root: ET.Element) -> None:
    for element in root.iter():
        for name in [name for name in element.attrib if _attribute_runs(element, name)]:
            del element.attrib[name]
        for child in [child for child in element if _runs(child)]:
            element.remove(child)


@lru_cache(maxsize=1024)
def _local(name: object) -> str:
    return str(name).rpartition("}")[2]
