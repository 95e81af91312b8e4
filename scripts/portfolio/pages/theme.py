"""The theme that a site publishes: the brand's colours and faces as variables, its fonts and logo.

The style sheets know only the variables, so that a colour stands in one place.
"""

from collections.abc import Iterator
from pathlib import Path

from portfolio.brand import Brand, Face
from portfolio.files import write
from portfolio.palette import Colours
from portfolio.picture import size_of
from portfolio.shipped import theme_file

SITE = "site.css"
MATH = "math.woff2"
"""The font of formulas, which the style sheet names."""
_VARIABLES = ("page", "raised", "line", "ink", "quiet", "accent", "mark")
_FLIPPED = "--picture-filter: invert(1) hue-rotate(180deg); --picture-blend: screen; "
_FLIPPED += "--in-light: none; --in-dark: block;"
"""What a chart on light ground becomes in the dark; see ``data-ground`` in the style sheets."""
_PLAIN = "--picture-filter: none; --picture-blend: multiply; --in-light: block; --in-dark: none;"


def write_theme_file(brand: Brand, name: str, folder: Path) -> None:
    """Write a file of the theme into ``folder``, the style sheet with what it names."""
    data = theme_file(name)
    if name == SITE:
        data = variables(brand).encode() + data
        for path in named_files(brand):
            write(folder / "brand" / path.name, path.read_bytes())
        write(folder / MATH, theme_file(MATH))
    write(folder / name, data)


def named_files(brand: Brand) -> list[Path]:
    """Return the files that the style sheet of a brand names."""
    return [*dict.fromkeys((*(font.path for font in brand.fonts), *(brand.logo or ())))]


def variables(brand: Brand) -> str:
    """Return the head of the style sheet: what the brand says, once for each scheme."""
    light, dark = (_colours(colours) for colours in (brand.light, brand.dark))
    # A picture without a ground of its own stands on light paper in the dark too.
    lines = [
        *_fonts(brand),
        f":root {{ color-scheme: light dark; {light} --paper: {brand.light.page}; {_PLAIN} }}",
        f"@media (prefers-color-scheme: dark) {{ :root {{ {dark} {_FLIPPED} }} }}",
        f':root[data-scheme="light"] {{ color-scheme: light; {light} {_PLAIN} }}',
        f':root[data-scheme="dark"] {{ color-scheme: dark; {dark} {_FLIPPED} }}',
        f":root {{ {' '.join(_faces(brand))} }}",
        *_logo(brand),
    ]
    return "\n".join(lines) + "\n\n"


def _colours(colours: Colours) -> str:
    return " ".join(f"--{name}: {getattr(colours, name)};" for name in _VARIABLES)


def _faces(brand: Brand) -> Iterator[str]:
    faces = {"text": brand.base, "title": brand.headings, "code": brand.code}
    for name, face in faces.items():
        yield f"--{name}-face: {face.family};"
        yield from _said(name, face)


def _said(name: str, face: Face) -> Iterator[str]:
    for what in ("size", "weight", "leading"):
        if value := getattr(face, what):
            yield f"--{name}-{what}: {value};"


def _fonts(brand: Brand) -> Iterator[str]:
    for font in brand.fonts:
        source = f'src: url("brand/{font.path.name}") format("{font.form}")'
        about = f"font-weight: {font.weight}; font-style: {font.style}; font-display: swap"
        yield f'@font-face {{ font-family: "{font.family}"; {source}; {about}; }}'


def _logo(brand: Brand) -> Iterator[str]:
    """Yield the rules that put the logo before the name in the head of each page."""
    if not brand.logo:
        return
    light, dark = (f'url("brand/{path.name}")' for path in brand.logo)
    width, height = size_of(brand.logo[0]) or (1, 1)
    shape = f"width: {min(8, 1.6 * width / height):.2f}em; height: 1.6em"
    yield (
        f'.brand::before {{ content: ""; display: inline-block; {shape}; vertical-align: middle; '
        f"margin-inline-end: 0.5em; background: var(--logo) center / contain no-repeat; }}"
    )
    yield f":root {{ --logo: {light}; }}"
    yield f"@media (prefers-color-scheme: dark) {{ :root {{ --logo: {dark}; }} }}"
    yield f':root[data-scheme="light"] {{ --logo: {light}; }}'
    yield f':root[data-scheme="dark"] {{ --logo: {dark}; }}'
