"""The look of a site: what its ``_brand.yml`` says, over what the portfolio's own says.

The format is that of https://posit-dev.github.io/brand-yml, which Quarto reads too.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from portfolio import texts
from portfolio.content import is_content, why_not
from portfolio.mapping import Mapping, NotYamlError, read_mapping, read_yaml
from portfolio.palette import SCHEMES, Colours, Fault, Reader, contrasts, own_brand
from portfolio.picture import size_of

PLACES = ("_brand.yml", "_brand/_brand.yml", "_brand.yaml", "_brand/_brand.yaml")
_SIZE = re.compile(r"\d*\.?\d+(?:px|rem|em|pt|%)")
_FONTS = {".woff2": "woff2", ".woff": "woff", ".ttf": "truetype", ".otf": "opentype"}


@dataclass(frozen=True)
class Face:
    """How text is set; what is empty is left to the style sheet."""

    family: str
    size: str = ""
    weight: str = ""
    leading: str = ""


@dataclass(frozen=True)
class Font:
    """A font in a file of the project."""

    family: str
    path: Path
    weight: str
    style: str

    @property
    def form(self) -> str:
        """What CSS calls the file's format."""
        return _FONTS[self.path.suffix.lower()]


@dataclass(frozen=True)
class Brand:
    """The look of a site. ``logo`` has a picture for each scheme, or none."""

    light: Colours
    dark: Colours
    base: Face
    headings: Face
    code: Face
    fonts: tuple[Font, ...] = ()
    logo: tuple[Path, Path] | None = None
    path: str = ""
    faults: tuple[Fault, ...] = field(default=(), compare=False)

    @property
    def is_own(self) -> bool:
        """Whether the project says anything of its look."""
        return bool(self.path)


def load_brand(root: Path) -> Brand:
    """Read the brand of the project at ``root``; without one it is the portfolio's own."""
    places = (named_in_settings(root), *PLACES)
    path = next((name for name in places if name and is_content(root / name, root)), "")
    if not path:
        return DEFAULT
    text = texts.read(root / path).text
    try:
        own = read_mapping(text, path, 1)
    except NotYamlError as error:
        fault = Fault(error.line, "yaml", error.what, "mend the YAML")
        return _brand(Mapping(path, {}, {}), root, [fault])
    return _brand(own, (root / path).parent, [])


def named_in_settings(root: Path) -> str:
    """Return the file that ``brand: look/brand.yml`` in the settings names, if they name one."""
    settings = root / "_quarto.yml"
    text = texts.read(settings).text if is_content(settings, root) else ""
    try:
        named = (read_yaml(text) or {}).get("brand") if "brand:" in text else ""
    except (NotYamlError, AttributeError):  # loading the site says so
        return ""
    return named.lstrip("/") if isinstance(named, str) else ""


def _brand(own: Mapping, folder: Path, faults: list[Fault]) -> Brand:
    reader = Reader(own, faults)
    light = reader.colours("light")
    dark = reader.colours("dark")
    faults += contrasts(own, light, dark)
    return Brand(
        light,
        dark,
        base=_face(own, faults, "base"),
        headings=_face(own, faults, "headings"),
        code=_face(own, faults, "monospace"),
        fonts=tuple(_fonts(own, folder, faults)),
        logo=_logo(own, folder, faults),
        path=own.path,
        faults=tuple(sorted(dict.fromkeys(faults), key=lambda fault: fault.line)),
    )


def _face(own: Mapping, faults: list[Fault], name: str) -> Face:
    ours = str(own_brand().get(f"typography.{name}.family"))
    said = own.get(f"typography.{name}")
    said = {"family": said} if isinstance(said, str) else said
    if not isinstance(said, dict):
        return Face(ours)
    family = re.sub(r'["\\<>{};\n]', "", str(said.get("family") or ""))
    size = str(said.get("size") or "")
    if size and not _SIZE.fullmatch(size):
        key = f"typography.{name}.size"
        what = f"it is no size ({size})"
        faults.append(Fault(own.lines.get(key, 1), key, what, "write 1.1rem or 18px"))
        size = ""
    plain = partial(re.sub, r"[^\w.-]", "")
    weight = {"thin": "100", "light": "300", "normal": "400", "medium": "500", "bold": "700"}
    heavy = str(said.get("weight") or "")
    return Face(
        family=f'"{family}", {ours}' if family else ours,
        size=size,
        weight=plain(weight.get(heavy, heavy)),
        leading=plain(str(said.get("line-height") or "")),
    )


def _fonts(own: Mapping, folder: Path, faults: list[Fault]) -> Iterator[Font]:
    """Yield the fonts that lie in files; those of other hosts are refused."""
    key, listed = "typography.fonts", own.get("typography.fonts")
    line = own.lines.get(key, 1)
    for said in listed if isinstance(listed, list) else []:
        family = str(said.get("family") or "") if isinstance(said, dict) else ""
        source = str(said.get("source") or "") if isinstance(said, dict) else ""
        if source in {"google", "bunny"}:
            what = f"{family} would be asked of another host ({source})"
            remedy = "keep its files in the project: `source: file` and `files: [font.woff2]`"
            faults.append(Fault(line, key, what, remedy))
        files = said.get("files") if isinstance(said, dict) and source == "file" else None
        for file in files if isinstance(files, list) else []:
            about = file if isinstance(file, dict) else {"path": file}
            path = folder / str(about.get("path") or "").lstrip("/")
            why = _why_no_file(path, folder, set(_FONTS))
            if why:
                faults.append(Fault(line, key, f"{about.get('path')}: {why}", "name a font's file"))
                continue
            weight = re.sub(r"[^\d ]", "", str(about.get("weight") or "400").replace("..", " "))
            style = "italic" if about.get("style") == "italic" else "normal"
            yield Font(re.sub(r'["\\<>\n]', "", family), path, weight or "400", style)


def _logo(own: Mapping, folder: Path, faults: list[Fault]) -> tuple[Path, Path] | None:
    """Return the logo of a brand in light and in dark, the smallest that it has."""
    sizes = ("logo.small", "logo.medium", "logo.large", "logo")
    key = next((key for key in sizes if key in own.lines and own.get(key)), "")
    said = own.get(key) if key else None
    if isinstance(said, dict) and key == "logo":
        return None  # which has images alone, and none of a size
    given = (
        said if isinstance(said, dict) and not said.get("path") else dict.fromkeys(SCHEMES, said)
    )
    found = []
    for scheme in SCHEMES:
        named = given.get(scheme) or given.get("light") or given.get("dark")
        named = own.get(f"logo.images.{named}") or named if isinstance(named, str) else named
        named = named.get("path") if isinstance(named, dict) else named
        path = folder / str(named or "").lstrip("/")
        why = _why_no_file(path, folder, {".svg", ".png", ".jpg", ".jpeg", ".webp", ".avif"})
        if named and (why or not size_of(path)):
            why = why or "it is no picture of a known size"
            faults.append(Fault(own.lines.get(key, 1), key, f"{named}: {why}", "name a picture"))
        elif named:
            found.append(path)
    return (found[0], found[1]) if len(found) == len(SCHEMES) else None


def _why_no_file(path: Path, folder: Path, suffixes: set[str]) -> str:
    root = folder.parent if folder.name == "_brand" else folder
    why: Callable[[], str] = partial(why_not, path, root)
    return why() or ("" if path.suffix.lower() in suffixes else "it is of no format that we know")


DEFAULT = _brand(Mapping("", {}, {}), Path(), [])
"""The portfolio's own look."""
