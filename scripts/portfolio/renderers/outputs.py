"""What of a notebook's outputs Quarto gets to see: a filter that it runs over each notebook.

Quarto prefers an output's HTML to its picture, and pages run no script of anybody's: what would be
blank comes as a picture, as a note, or as what the step after rendering has run.
"""

import json
from collections.abc import Mapping
from typing import Any

from portfolio.cell import split_options
from portfolio.live import shown_live
from portfolio.mapping import NotYamlError, read_yaml
from portfolio.notebook import NoNotebookError, alt_of, parse_notebook


def filtered(text: str) -> str:
    """Return a notebook with outputs that pages can show; what is no notebook as it is."""
    try:
        read = parse_notebook(text)["cells"]
    except NoNotebookError:  # Quarto says so
        return text
    stored = json.loads(text)
    for cell, kept in zip(read, stored["cells"], strict=True):
        if "outputs" in kept:
            kept["outputs"] = _fit(cell)
    return json.dumps(stored, ensure_ascii=False)


def _fit(cell: Mapping[str, Any]) -> list[Any]:
    options = _options(cell["source"])
    outputs = []
    for output in cell["outputs"]:
        if "data" not in output:
            outputs.append(output)
            continue
        alt = " ".join(str(options.get("fig-alt") or alt_of([output])).split())
        data = shown_live(output["data"], alt=alt, asked=options.get("live"))
        if data is not None:
            outputs.append(output | {"data": data})
    return outputs


def _options(source: str) -> Mapping[str, Any]:
    try:
        options = read_yaml(split_options(source)[0])
    except NotYamlError:  # Quarto says so
        return {}
    return options if isinstance(options, dict) else {}
