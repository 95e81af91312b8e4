"""What is published depends on the source alone: not on the machine, the folder or the clock."""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from checkout import PROJECT, rendered_once
from rendered import Site

TEXT = {".html", ".xml", ".css", ".js", ".bib", ".ris", ".txt", ".svg", ".json", ".ipynb"}
LEFT_BY_QUARTO = ("data-notebook", "data-quarto-private", "site_libs")


def texts(site: Site) -> Iterator[tuple[str, str]]:
    """Yield the published text files: address and content."""
    for path in sorted(site.folder.rglob("*")):
        if path.suffix in TEXT:
            yield path.relative_to(site.folder).as_posix(), path.read_text(encoding="utf-8")


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_no_path_of_the_machine_is_published(site: Site) -> None:
    """No text names the home, the temporary folder, the project's folder or Python's."""
    private = {site.project, PROJECT, Path.home(), Path(tempfile.gettempdir()), Path(sys.prefix)}
    for address, said in texts(site):
        assert not [path for path in private if f"{path}/" in said], address


def test_rendering_leaves_no_trace(site: Site) -> None:
    """Quarto's notes on notebooks, its timestamps and its libraries are not published."""
    for address, said in texts(site):
        assert not [mark for mark in LEFT_BY_QUARTO if mark in said], address
    assert not (site.folder / "site_libs").exists()


def test_nothing_but_the_site_is_published(site: Site) -> None:
    """No source but notebooks, no cache and no older site lies beside the pages."""
    homes = {".ipynb": "notebooks", ".woff2": "theme", ".ico": ".", "": "."}  # "" is _headers
    for path in filter(Path.is_file, site.folder.rglob("*")):
        assert path.suffix in TEXT | {".webp", ".png", ".jpg"} | homes.keys(), path
        home = str(path.parent.relative_to(site.folder))
        assert homes.get(path.suffix, home) == home, path
    folders = {path.name for path in site.folder.iterdir() if path.is_dir()}
    assert folders <= {"news", "notebooks", "publications", "theme"}


def test_the_same_source_gives_the_same_bytes(site: Site, source: Path, workshop: Path) -> None:
    """A second copy, in a folder of another name, on another day: the same files."""
    elsewhere = workshop / "elsewhere" / f"another copy for {site.renderer}"
    rendered_once(source, elsewhere, site.renderer, TZ="Etc/GMT-14")
    first, again = contents(site.folder), contents(elsewhere / "_site")
    assert again.keys() == first.keys()
    assert not [name for name in first if again[name] != first[name]]
