"""What of a notebook's outputs Quarto gets to see: a filter that it runs over each notebook.

Quarto prefers an output's HTML to its picture, and pages run no script of anybody's: what would be
blank comes as a picture, as a note, or as what the step after rendering has run.
"""

import json
from collections.abc import Mapping
from typing import Any

from portfolio.cell import options_of
from portfolio.live import shown_live
from portfolio.notebook import NoNotebookError, alt_of, parse_notebook, read_outputs


def filtered(text: str) -> str:
    """Return a notebook with outputs that pages can show; what is no notebook as it is."""
    try:
        read = parse_notebook(text)["cells"]
    except NoNotebookError:  # Quarto says so
        return text
    stored = json.loads(text)
    for cell, kept in zip(read, stored["cells"], strict=True):
        if isinstance(kept.get("outputs"), list):
            options = options_of(cell["source"])
            fit = (_fit(output, options) for output in kept["outputs"])
            kept["outputs"] = [output for output in fit if output is not None]
    return json.dumps(stored, ensure_ascii=False)


def _fit(stored: Any, options: Mapping[str, Any]) -> Any:
    """Return an output as it is stored, or what is shown in its place; None for nothing."""
    [output] = read_outputs([stored]) or [{}]
    if "data" not in output:
        return stored
    alt = " ".join(str(options.get("fig-alt") or alt_of([output])).split())
    data = shown_live(output["data"], alt=alt, asked=options.get("live"))
    if data is None or data == output["data"]:
        return None if data is None else stored
    return output | {"data": data}
