"""The colours of a brand in light and in dark, and whether they can be read.

A colour given for light alone is kept in the dark where it can be read there, and else brightened
until it can.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from portfolio.colours import READABLE, SEEN, contrast, luminance, mixed, parsed, readable
from portfolio.mapping import Mapping, read_mapping
from portfolio.shipped import EXTENSION

SCHEMES = ("light", "dark")
_ROLES = {
    "page": "background",
    "ink": "foreground",
    "raised": "tertiary",
    "line": "light",
    "quiet": "secondary",
    "accent": "primary",
    "mark": "warning",
}
"""What our style sheet calls a colour, and its name in a brand."""
_SERIES = {
    "blue": ("blue",),
    "vermilion": ("vermilion", "red", "orange"),
    "teal": ("teal", "green", "cyan"),
    "plum": ("plum", "purple", "pink"),
    "olive": ("olive", "yellow"),
    "indigo": ("indigo", "violet"),
}
"""The data of figures, and by which names a brand's palette may have a colour for them."""
_DARK = 0.18
"""A ground of less luminance than this is dark."""
_REMEDY = "write #rrggbb, or a name of color.palette"


@dataclass(frozen=True)
class Fault:
    """What is wrong with a brand, and on which line of its file."""

    line: int
    key: str
    what: str
    remedy: str


@dataclass(frozen=True)
class Colours:
    """The colours of one scheme, each as ``#rrggbb``; ``series`` are those of data."""

    page: str
    ink: str
    raised: str
    line: str
    quiet: str
    accent: str
    mark: str
    series: tuple[str, ...]

    @property
    def drawn(self) -> tuple[str, ...]:
        """What figures are drawn in: ground, text, axes, grid, and data."""
        return (self.page, self.ink, self.quiet, self.line, *self.series)


@dataclass(frozen=True)
class Reader:
    """Reads the colours of a brand, one scheme after the other."""

    own: Mapping
    faults: list[Fault]

    def colours(self, scheme: str) -> Colours:
        """Return the colours of a scheme."""
        base = own_colours()
        page = self._ground("background", scheme) or base[scheme, "page"]
        ours = "dark" if luminance(page) < _DARK else "light"
        given = any(f"color.{name}" in self.own.lines for name in ("background", "foreground"))
        found = {"page": page}
        ink = found["ink"] = self._ink(scheme, page) or base[ours, "ink"]
        found["raised"] = self._ground("tertiary", scheme) or (
            mixed(page, ink, 0.05) if given else base[ours, "raised"]
        )
        found["line"] = self._ground("light", scheme) or (
            mixed(page, ink, 0.16) if given else base[ours, "line"]
        )
        grounds = (page, found["raised"])
        quiet = readable(mixed(ink, page, 0.35), *grounds) if given else base[ours, "quiet"]
        found["quiet"] = self._text("secondary", scheme, *grounds) or quiet
        for role in ("accent", "mark"):
            ours_made = readable(base[ours, role], *grounds)
            found[role] = self._text(_ROLES[role], scheme, *grounds) or ours_made
        if link := self._at("typography.link.color", scheme):
            found["accent"] = link
        series = (self._series(name, scheme, ours, page) for name in _SERIES)
        return Colours(**found, series=tuple(series))

    def _series(self, name: str, scheme: str, ours: str, page: str) -> str:
        for other in _SERIES[name]:
            if said := self._at(f"color.palette.{other}", scheme):
                given = f"color.palette.{other}.{scheme}" in self.own.lines or scheme == "light"
                return said if given else readable(said, page, least=SEEN)
        return readable(own_colours()[ours, name], page, least=SEEN)

    def _ground(self, name: str, scheme: str) -> str | None:
        said = self._at(f"color.{name}", scheme)
        both = isinstance(self.own.get(f"color.{name}"), str)
        is_light = said and luminance(said) >= _DARK
        return None if both and scheme == "dark" and is_light else said

    def _ink(self, scheme: str, page: str) -> str | None:
        """Return the colour of text, but not the one that was meant for another ground."""
        said = self._at("color.foreground", scheme)
        both = isinstance(self.own.get("color.foreground"), str)
        is_lost = said and both and scheme == "dark" and contrast(said, page) < READABLE
        return None if is_lost else said

    def _text(self, name: str, scheme: str, *grounds: str) -> str | None:
        said = self._at(f"color.{name}", scheme)
        both = isinstance(self.own.get(f"color.{name}"), str)
        return readable(said, *grounds) if said and both and scheme == "dark" else said

    def _at(self, key: str, scheme: str, seen: tuple[str, ...] = ()) -> str | None:
        """Return the colour at ``key``, by whatever names it is given there."""
        said = self.own.get(key)
        line = self.own.lines.get(key, 1)
        if isinstance(said, dict):
            line = self.own.lines.get(f"{key}.{scheme}", line)
            said = said.get(scheme)
        if said is None:
            return None
        for place in (f"color.palette.{said}", f"color.{said}"):
            if isinstance(said, str) and place in self.own.lines and place not in (key, *seen):
                return self._at(place, scheme, (*seen, key))
        colour = parsed(str(said))
        if not colour and not any(fault.line == line for fault in self.faults):
            self.faults.append(Fault(line, key, f"it is no colour ({said})", _REMEDY))
        return colour


@cache
def own_brand() -> Mapping:
    """Return what the portfolio's own look is said to be."""
    return read_mapping((EXTENSION / "brand.yml").read_text("utf-8"), "brand.yml", 1)


@cache
def own_colours() -> dict[tuple[str, str], str]:
    """Return the portfolio's own colours, by scheme and name."""
    own = own_brand().get("color")
    names = {ours: own[theirs] for ours, theirs in _ROLES.items()}
    names |= {name: own["palette"][name] for name in _SERIES}
    return {(scheme, name): said[scheme] for name, said in names.items() for scheme in SCHEMES}


def contrasts(own: Mapping, light: Colours, dark: Colours) -> Iterator[Fault]:
    """Yield the colours that the brand gives and that cannot be read, with the nearest that can."""
    for scheme, colours in (("light", light), ("dark", dark)):
        grounds = {"page": colours.page, "raised": colours.raised}
        for role in ("ink", "quiet", "accent", "mark"):
            key = f"color.{_ROLES[role]}"
            if role == "accent" and "typography.link.color" in own.lines:
                key = "typography.link.color"
            given = _Given(own, key, scheme, getattr(colours, role))
            yield from _too_faint(given, grounds, READABLE)
        for name, colour in zip(_SERIES, colours.series, strict=True):
            known = (f"color.palette.{other}" for other in _SERIES[name])
            key = next((other for other in known if other in own.lines), "")
            given = _Given(own, key, scheme, colour)
            yield from _too_faint(given, {"page": colours.page}, SEEN)


@dataclass(frozen=True)
class _Given:
    """A colour of one scheme, and where in the brand it is given, if it is."""

    own: Mapping
    key: str
    scheme: str
    colour: str

    @property
    def line(self) -> int | None:
        said = self.own.get(self.key)
        if said is None or (isinstance(said, dict) and self.scheme not in said):
            return None
        return self.own.lines.get(f"{self.key}.{self.scheme}", self.own.lines.get(self.key, 1))


def _too_faint(given: _Given, grounds: dict[str, str], least: float) -> Iterator[Fault]:
    """Yield what is wrong with a given colour that cannot be read on one of its grounds."""
    colour = given.colour
    name, ground = min(grounds.items(), key=lambda each: contrast(colour, each[1]))
    found = contrast(colour, ground)
    if found >= least or given.line is None:
        return
    by = {"page": "the page", "raised": "the ground of code (color.tertiary)"}[name]
    asked = "of text" if least == READABLE else "of figures"
    what = f"{colour} has a contrast of {found:.1f} to {by} in {given.scheme} ({ground})"
    nearest = readable(colour, *grounds.values(), least=least)
    remedy = f"the nearest that passes is {nearest}"
    yield Fault(given.line, given.key, f"{what}, and WCAG AA asks {least:g} {asked}", remedy)
