"""The libraries of outputs that run, as the packages of the project's Python bring them.

A page that needs one loads it from the site; nothing is asked of another host. Where the Python
that renders has no such package, ``libraries: {plotly: js/plotly.min.js}`` in the settings names a
file of the project.
"""

from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from portfolio.content import is_content
from portfolio.pages.portfolio import Portfolio
from portfolio.remembered import remembered

_FILES = {
    "plotly": ("plotly", "package_data/plotly.min.js"),
    "bokeh": ("bokeh", "server/static/js/bokeh.min.js"),
    "bokeh-widgets": ("bokeh", "server/static/js/bokeh-widgets.min.js"),
    "bokeh-tables": ("bokeh", "server/static/js/bokeh-tables.min.js"),
}
"""The package that a library is in, and its file there."""
_BUNDLED = {"altair": "vl-convert-python"}
"""The package that makes a library's file."""
LIBRARIES = (*_FILES, *_BUNDLED)


def package_of(library: str) -> str:
    """Return the package that brings a library."""
    return _BUNDLED.get(library) or _FILES[library][0]


def brought(here: Portfolio, library: str) -> bool:
    """Return whether the site can serve a library."""
    return bool(_named(here, library) or _installed(library))


def script_of(here: Portfolio, library: str) -> bytes:
    """Return the script of a library that can be served."""
    if path := _named(here, library) or _file(library):
        return path.read_bytes()
    return remembered(here.root, bundle_of_vega, version(_BUNDLED[library]).encode())


def bundle_of_vega(_version: bytes) -> bytes:
    """Return Vega, Vega-Lite and Vega-Embed with its interpreter, as vl-convert bundles them."""
    import vl_convert  # noqa: PLC0415  it takes long, and is there only where it is used

    bundle = vl_convert.javascript_bundle(snippet="window.vegaEmbed = vegaEmbed;")
    return f'(() => {{ "use strict";\n{bundle}\n}})();\n'.encode()


def _named(here: Portfolio, library: str) -> Path | None:
    """Return the file of the project that the settings name for a library."""
    said: Mapping[str, object] = here.site.libraries
    path = here.root / str(said.get(library) or "")
    return path if said.get(library) and is_content(path, here.root) else None


def _installed(library: str) -> bool:
    if library not in _BUNDLED:
        return _file(library) is not None
    try:
        return bool(version(_BUNDLED[library]))
    except PackageNotFoundError:
        return False


def _file(library: str) -> Path | None:
    """Return the file of an installed package, which need not be imported for it."""
    package, name = _FILES.get(library, ("", ""))
    found = find_spec(package) if package else None
    places = found.submodule_search_locations if found else None
    files = (Path(place) / name for place in places or ())
    return next(filter(Path.is_file, files), None)
