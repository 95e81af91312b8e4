"""Outputs that run in the page because their author asks for it, on their way there.

Whoever renders puts into an output's place what `handed_over` gives; the step after rendering
writes from it what the page loads. ``live: true`` of a cell asks, or of ``_quarto.yml`` for all.
"""

import base64
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from portfolio.interactive import PICTURES, shown
from portfolio.specs import UNREADABLE, Spec, fault_of, spec_of

_HANDED = re.compile(r'<div class="stage" data-live="([\w+/=]*)">\s*</div>')
_MARK = "data-live="


@dataclass(frozen=True)
class Live:
    """An output to be run: what is drawn, by what, and what stands there until it is.

    ``still`` is its picture, as the notebook holds it, of the MIME type ``kind``; both may be
    empty. ``alt`` says what it shows. Its cell has ``asked`` for it or for the still picture; where
    it has said nothing, the settings decide.
    """

    libraries: tuple[str, ...]
    library: str
    data: Any
    height: int
    kind: str = ""
    still: str = ""
    alt: str = ""
    asked: bool | None = None


def shown_live(
    data: Mapping[str, Any], *, alt: str = "", asked: bool | None = True
) -> dict[str, Any] | None:
    """Return an output as a page can show it where its author asks for it live.

    What cannot run is still, or a note; None stands for an output that only loads a library.
    """
    spec = spec_of(data)
    if not spec or spec.fault:
        return shown(data)
    return _handed_over(data, spec, alt=alt, asked=asked)


def _handed_over(
    data: Mapping[str, Any], spec: Spec, *, alt: str, asked: bool | None
) -> dict[str, Any]:
    """Return the output that carries what `found_in` finds."""
    kind = next((kind for kind in PICTURES if kind in data), "")
    still = str(data.get(kind, ""))
    live = Live(spec.libraries, spec.library, spec.data, spec.height, kind, still, alt, asked)
    packed = base64.b64encode(json.dumps(vars(live)).encode()).decode()
    return {"text/html": f'<div class="stage" {_MARK}"{packed}"></div>'}


def found_in(html: str) -> Iterator[tuple[str, Live]]:
    """Yield what stands for each live output on a page, and the output.

    Anybody's notebook can hold what looks like one, so it is looked at again what it draws.
    """
    if _MARK not in html:
        return
    for found in _HANDED.finditer(html):
        try:
            said = json.loads(base64.b64decode(found[1]))
            live = Live(**said | {"libraries": tuple(said["libraries"])})
            fault, _ = fault_of(live.library, live.data)
        except UNREADABLE:  # no handing over of ours
            continue
        texts = (*live.libraries, live.library, live.kind, live.still, live.alt)
        if not fault and all(isinstance(text, str) for text in texts):
            yield found[0], live
