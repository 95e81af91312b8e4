"""The colours of our figures in a site's own look, in light and in dark.

Figures are drawn in the portfolio's own light colours. A style sheet within each maps every one of
them to what the site's brand has for it, so a figure need not be drawn anew for another look.
"""

import re

from portfolio.brand import DEFAULT, Brand

_SHEET = re.compile(
    rb"<style>(?:\[style\*=[^<]*)?@media \(prefers-color-scheme: dark\)\{[^<]*</style>"
)
"""What `rules` makes; other figures have other style sheets."""


def rules(brand: Brand) -> str:
    """Return the style sheet that maps each colour, wherever it fills or strokes."""
    drawn = DEFAULT.light.drawn
    light = [pair for pair in zip(drawn, brand.light.drawn, strict=True) if pair[0] != pair[1]]
    dark = "".join(_rule(*pair) for pair in zip(drawn, brand.dark.drawn, strict=True))
    own = "".join(_rule(*pair) for pair in light)
    return f"{own}@media (prefers-color-scheme: dark){{{dark}}}"


def is_own(svg: bytes) -> bool:
    """Whether a drawing is one of our figures."""
    return bool(_SHEET.search(svg))


def in_look_of(brand: Brand, svg: bytes) -> bytes:
    """Return one of our figures in the colours of ``brand``, any other drawing as it is."""
    return _SHEET.sub(f"<style>{rules(brand)}</style>".encode(), svg, count=1)


def _rule(drawn: str, shown: str) -> str:
    return "".join(
        f'[style*="{part}: {drawn}"],[{part}="{drawn}"]{{{part}:{shown}!important}}'
        for part in ("fill", "stroke")
    )
