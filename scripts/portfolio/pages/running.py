"""The outputs of a page that run: their data in files beside the page, and their place on it.

Without scripts, and until a library has drawn, a figure's still picture is there, or a note; the
room is kept, so that nothing moves.
"""

import base64
import binascii
import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from portfolio.drawing import DrawingError, still
from portfolio.live import Live, found_in
from portfolio.pages.computed import computed
from portfolio.pages.embedded import embedded
from portfolio.pages.html import tag, void
from portfolio.pages.libraries import brought
from portfolio.pages.portfolio import Portfolio

FOLDER = "live"
SCRIPT = "live.js"
_ENDINGS = {"image/svg+xml": ".svg", "image/png": ".png", "image/jpeg": ".jpg"}
_NAME = 16


@dataclass(frozen=True)
class Running:
    """A page with its running outputs in place, their files by name, and what libraries draw."""

    html: str
    files: tuple[tuple[str, bytes], ...] = ()
    libraries: frozenset[str] = frozenset()


def running(here: Portfolio, html: str, source: str = "") -> Running:
    """Return a page on which what its renderer has handed over has become figures.

    It was made from the text ``source``, or from a notebook.
    """
    html = computed(embedded(here, html), source)
    files: list[tuple[str, bytes]] = []
    libraries: set[str] = set()
    for place, live in list(found_in(html)):
        picture = list(_picture(live))
        files += picture
        asked = here.site.live if live.asked is None else live.asked
        if asked and all(brought(here, one) for one in live.libraries):
            libraries.update(live.libraries)
            data = json.dumps(live.data, separators=(",", ":")).encode()
            name = f"{_digest(data)}.json"
            files.append((name, data))
            html = html.replace(place, _figure(here, live, picture, name), 1)
        else:
            html = html.replace(
                place, _still(live, picture) or _note(here, "runs-with-its-code"), 1
            )
    return Running(html, tuple(files), frozenset(libraries))


def _picture(live: Live) -> Iterator[tuple[str, bytes]]:
    """Yield the file of an output's still picture, if it has one that can be shown."""
    try:
        svg = live.kind == "image/svg+xml"
        data = still(live.still.encode()) if svg else base64.b64decode(live.still, validate=False)
    except (DrawingError, binascii.Error):
        return
    if data and live.kind in _ENDINGS:
        yield f"{_digest(data)}{_ENDINGS[live.kind]}", data


def _figure(here: Portfolio, live: Live, picture: list[tuple[str, bytes]], name: str) -> str:
    room = tag("svg", class_="room", width="100%", height=live.height, aria_hidden="true")
    return tag(
        "div",
        _still(live, picture) or room + _note(here, "needs-scripts"),
        class_="stage",
        data_library=live.library,
        data_needs=" ".join(live.libraries),
        data_spec=name,
        role="group",
        aria_label=live.alt or here.say("interactive-figure"),
    )


def _still(live: Live, picture: list[tuple[str, bytes]]) -> str:
    return "".join(void("img", src=f"/{FOLDER}/{name}", alt=live.alt) for name, _ in picture)


def _note(here: Portfolio, key: str) -> str:
    return tag("p", here.say.html(key), class_="interactive")


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()[:_NAME]
