"""Pictures that a cell renders twice, for light and for dark: each shown in its scheme alone.

Quarto takes the two of a numbered figure for two parts of it, (a) and (b), and its caption for that
of the first; here they become one figure again. What is not shown is not loaded either.
"""

import re
from html import unescape

_FIGURE = re.compile(
    r'<div id="(?P<label>fig-[\w-]+)" class="cell [^"]*"(?P<said>[^>]*)>\s*'
    r'<figure class="quarto-float quarto-float-fig">(?P<parts>.*?)'
    r'(?P<close><figcaption class="[^"]*) quarto-uncaptioned"(?P<id>[^>]*)>'
    r"(?P<name>.*?)</figcaption>",
    re.DOTALL,
)
_ORDER = re.compile(r'\sdata-renderings="\[([^\]]*)\]"')
_PART = re.compile(
    r'<div class="cell-output cell-output-display">\s*<div id="fig-[\w-]+-\d+"[^>]*>\s*'
    r"<figure[^>]*>\s*<div[^>]*>\s*(?P<picture><img[^>]*>)\s*</div>\s*"
    r"<figcaption[^>]*>(?P<caption>.*?)</figcaption>\s*</figure>\s*</div>\s*</div>",
    re.DOTALL,
)
_NUMBERED = re.compile(r"^\s*\([a-z]\)(?:&nbsp;|\s)*")
_OF_PART = re.compile(r'\s(?:id|data-ref-parent)="[^"]*"')
_IN_SCHEME = re.compile(
    r'<div class="[^"]*\b(light|dark)-content\b[^"]*">(?:(?!</div>).)*', re.DOTALL
)
_EAGER = re.compile(r"<img(?![^>]*\sloading=)")


def in_schemes(html: str) -> str:
    """Return a page on which of two renderings each is shown in its scheme alone."""
    if "data-renderings" in html:
        html = _FIGURE.sub(_one_figure, html)
        html = _ORDER.sub("", html)
    if "-content" not in html:
        return html
    return _IN_SCHEME.sub(_lazy, html)


def _lazy(part: re.Match[str]) -> str:
    """Let a picture wait to be shown; one for the dark is right there as it is."""
    ground = ' data-ground="own"' if part[1] == "dark" else ""
    return _EAGER.sub(f'<img loading="lazy"{ground}', part[0])


def _one_figure(figure: re.Match[str]) -> str:
    """Return a figure with its two renderings as one, or as it is where it has others."""
    order = _ORDER.search(figure["said"])
    parts = list(_PART.finditer(figure["parts"]))
    schemes = re.findall(r"\w+", unescape(order[1])) if order else []
    if not schemes or len(parts) != len(schemes):
        return figure[0]
    shown = "".join(
        f'<div class="cell-output cell-output-display {scheme}-content">'
        f"{_OF_PART.sub('', part['picture'])}</div>"
        for scheme, part in zip(schemes, parts, strict=True)
    )
    said = next(filter(None, (_NUMBERED.sub("", part["caption"]).strip() for part in parts)), "")
    before = figure["parts"][: parts[0].start()]
    after = figure["parts"][parts[-1].end() :]
    caption = f"{figure['name'].strip()}{': ' if said else ''}{said}"
    head = figure[0][: figure.start("parts") - figure.start()]
    return f'{head}{before}{shown}{after}{figure["close"]}"{figure["id"]}>{caption}</figcaption>'
