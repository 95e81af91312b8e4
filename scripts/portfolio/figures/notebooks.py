"""The figures that notebooks hold, as their last run left them."""

import base64
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from PIL import Image

from portfolio import states, texts
from portfolio.cell import split_options
from portfolio.content import lying_in
from portfolio.figures.asked import kept_in
from portfolio.mapping import Mapping as Options
from portfolio.mapping import NotYamlError, read_mapping
from portfolio.notebook import NoNotebookError, alt_of, known_notebook, parse_notebook
from portfolio.recent import recent
from portfolio.records.problems import Problem

_SVG = "image/svg+xml"
_INFO = ("language_info", "name")


@dataclass(frozen=True)
class Figure:
    """A labelled figure of a notebook, in pixels (``png``), drawn (``svg``), or both.

    ``dark`` is its counterpart for the dark, in pixels or drawn, where its cell gives one,
    ``table`` what it shows in numbers, as CSV, where its cell keeps that, and
    ``thumb`` what a cell of its own, labelled ``thumb-...``, gives to be shown small.
    """

    label: str
    caption: str
    alt: str
    png: bytes
    svg: str
    dark: bytes = b""
    thumb: "Figure | None" = None
    table: str = ""


def read_notebook(path: Path) -> dict[str, Any]:
    """Return the notebook at ``path``; raise NoNotebookError if it is none."""
    return parse_notebook(_read(path))


def see_notebook(path: Path) -> Mapping[str, Any]:
    """Return the same for those who change nothing in it, once for as long as it stays the same."""
    return known_notebook(_read(path))


def unreadable(path: Path, root: Path) -> Problem | None:
    """Return what keeps a notebook of the project from being read, if anything does."""
    try:
        see_notebook(path)
    except NoNotebookError as error:
        shown = path.relative_to(root).as_posix()
        return Problem(shown, error.line, path.stem, error.what, error.remedy)
    return None


def language_of(notebook: Mapping[str, Any]) -> str:
    """Return the name of another language than Python that a notebook says it is written in."""
    metadata = notebook["metadata"]
    told = [(metadata.get(key), at) for key, at in (("kernelspec", "language"), _INFO)]
    names = [str(said[at]) for said, at in told if isinstance(said, dict) and said.get(at)]
    return "" if not names or "python" in names[0].lower() else names[0]


def _read(path: Path) -> str:
    try:
        return texts.read(path).text
    except OSError as error:
        raise NoNotebookError(str(error.strerror), "mend it, or remove it") from None


def read_figures(folder: Path) -> tuple[dict[str, Figure], list[Problem]]:
    """Return the last labelled figure of each notebook in ``folder``, by the notebook's name."""
    figures: dict[str, Figure] = {}
    problems: list[Problem] = []
    for path in lying_in(folder.parent, folder.name, ".ipynb"):
        shown_as = f"{folder.name}/{path.name}"
        try:
            shown = [figure for figure in _figures(_read(path)) if figure.png or figure.svg]
        except NoNotebookError as error:
            what = f"the notebook cannot be read ({error.what})"
            problems.append(Problem(shown_as, error.line, path.stem, what, error.remedy))
            continue
        found = [figure for figure in shown if figure.label.startswith("fig-")]
        thumbs = [figure for figure in shown if figure.label.startswith("thumb-")]
        if not found:
            what = "no labelled cell holds a picture"
            remedy = "give the figure's cell a line `#| label: fig-...` and run it"
            problems.append(Problem(shown_as, 1, path.stem, what, remedy, hint=True))
            continue
        figures[path.stem] = replace(found[-1], thumb=thumbs[-1] if thumbs else None)
        if not found[-1].alt:
            remedy = "add a line `#| fig-alt: ...` that tells what it shows"
            what = f"the figure {found[-1].label} has no alternative text"
            problems.append(Problem(shown_as, 1, path.stem, what, remedy))
    return figures, problems


def labels_of(notebook: Mapping[str, Any]) -> Iterator[str]:
    """Yield the labels of a notebook's figures, in order, as far as they can be read."""
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            try:
                label = str(read_mapping(split_options(cell["source"])[0], "", 1).get("label", ""))
            except NotYamlError:  # reading its figure reports it
                continue
            if label.startswith("fig-"):
                yield label


@recent(64_000_000)
def _figures(text: str) -> list[Figure]:
    """Return the labelled figures of a notebook, found once for as long as it stays the same."""
    return list(_found(text))


def _found(text: str) -> Iterator[Figure]:
    for number, cell in enumerate(known_notebook(text)["cells"], 1):
        if cell["cell_type"] != "code":
            continue
        try:
            options = read_mapping(split_options(cell["source"])[0], "", 1)
            outputs = _at_start(cell["outputs"], options)
            light = _rendering(outputs, options, "light")
            dark = _rendering(outputs, options, "dark")
            png = _pixels(light)
            night = _picture(dark, _SVG).encode() or _pixels(dark)
        except NotYamlError as error:
            what = f"the options of its cell {number} are no YAML: {error.what}"
            raise NoNotebookError(what, "mend the lines that begin with #|") from None
        except ValueError:
            what = f"the picture that its cell {number} shows is cut off"
            raise NoNotebookError(what, "run it again") from None
        label = str(options.get("label", ""))
        if label.startswith(("fig-", "thumb-")):
            caption = str(options.get("fig-cap") or "")
            alt = _alt(options) or alt_of(outputs)
            svg, table = _picture(light, _SVG), kept_in(cell).table
            yield Figure(label, caption, alt, png, svg, dark=night, table=table)


def _at_start(outputs: list[Any], options: Options) -> list[Any]:
    """Return what a cell shows of the state that its figure starts in; all where it has none."""
    found = states.states_of(options)
    shown = [output for output in outputs if "data" in output]
    each, over = divmod(len(shown), len(found.values)) if found else (0, 0)
    return shown[found.start * each :][:each] if found and each and not over else outputs


def _alt(options: Options) -> str:
    found = states.states_of(options)
    count, start = (len(found.values), found.start) if found else (1, 0)
    return states.alternatives(options, count)[start]


def _rendering(outputs: list[Any], options: Options, scheme: str) -> list[Any]:
    """Return what a cell shows in a scheme, of which Quarto's ``renderings`` name the order.

    Without them all is for the light.
    """
    order = options.get("renderings")
    shown = [output for output in outputs if "data" in output]
    if not isinstance(order, list) or len(shown) != len(order):
        return outputs if scheme == "light" else []
    return [output for name, output in zip(order, shown, strict=True) if name == scheme]


def _pixels(outputs: list[Any]) -> bytes:
    """Return the picture in pixels as PNG; raise ValueError where it is cut off."""
    png = base64.b64decode(_picture(outputs, "image/png"))
    jpeg = b"" if png else base64.b64decode(_picture(outputs, "image/jpeg"))
    if not jpeg:
        return png
    written = io.BytesIO()
    try:
        Image.open(io.BytesIO(jpeg)).save(written, "PNG")
    except OSError as error:
        raise ValueError(str(error)) from None
    return written.getvalue()


def _picture(outputs: list[Any], kind: str) -> str:
    found = (output["data"].get(kind) for output in outputs if "data" in output)
    return next(filter(None, found), "")
