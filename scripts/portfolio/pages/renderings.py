"""Figures of several pictures: for light and dark, each shown in its scheme alone, and of states.

Quarto takes the pictures of a numbered figure for parts of it, (a) and (b), and its caption for
that of the first; here they become one figure again. What is not shown is not loaded either.
"""

import re
from collections import Counter
from html import escape, unescape

from portfolio.states import States, read_back, shown

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
_STATES = re.compile(r'\sdata-states="([^"]*)"')
_START = re.compile(r'\s(?:data-)?start="([^"]*)"')
_OF = re.compile(r'\sdata-of="([\w-]*)"')
_GROUP = re.compile(
    r'<div class="cell-states"(?P<said>[^>]*)>(?P<parts>.*?)(?=<figcaption)', re.DOTALL
)
_BUTTONS = re.compile(r'<fieldset class="states">.*?</fieldset>', re.DOTALL)
_BUTTON = re.compile(r'<input type="radio" name="([^"]*)"')
_IMAGE = re.compile(r"<img[^>]*>")
_ALT = re.compile(r'\salt="([^"]*)"')
_EAGER = re.compile(r"<img(?![^>]*\sloading=)")


def in_schemes(html: str) -> str:
    """Return a page on which of two renderings each is shown in its scheme alone.

    Of states that one is shown whose button is pressed.
    """
    if "data-renderings" in html or "data-states" in html:
        html = _GROUP.sub(_one_group, html)
        html = _FIGURE.sub(_one_figure, html)
        html = _ORDER.sub("", _STATES.sub("", html))
        html = _told_apart(html)
    if "-content" not in html:
        return html
    return _IN_SCHEME.sub(_lazy, html)


def _lazy(part: re.Match[str]) -> str:
    """Let a picture wait to be shown; one for the dark is right there as it is."""
    ground = ' data-ground="own"' if part[1] == "dark" else ""
    return _EAGER.sub(f'<img loading="lazy"{ground}', part[0])


def _one_group(group: re.Match[str]) -> str:
    """Return the states of a figure as the embedded renderer leaves them."""
    images = _IMAGE.findall(group["parts"])
    label = _OF.search(group["said"])
    return _in_states(group["said"], label[1] if label else "", images) or group[0]


def _one_figure(figure: re.Match[str]) -> str:
    """Return a figure with its pictures as one, or as it is where it has others."""
    parts = list(_PART.finditer(figure["parts"]))
    images = [_OF_PART.sub("", part["picture"]) for part in parts]
    together = _in_states(figure["said"], figure["label"], images)
    together = together or _of_schemes(_schemes(figure["said"]), images)
    if not together:
        return figure[0]
    said = next(filter(None, (_NUMBERED.sub("", part["caption"]).strip() for part in parts)), "")
    before = figure["parts"][: parts[0].start()]
    after = figure["parts"][parts[-1].end() :]
    caption = f"{figure['name'].strip()}{': ' if said else ''}{said}"
    head = figure[0][: figure.start("parts") - figure.start()]
    return f'{head}{before}{together}{after}{figure["close"]}"{figure["id"]}>{caption}</figcaption>'


def _told_apart(html: str) -> str:
    """Give the buttons of a figure that a page shows once more a group of their own."""
    named = Counter[str]()

    def once(group: re.Match[str]) -> str:
        name = _BUTTON.search(group[0])
        if not name:
            return group[0]
        named[name[1]] += 1
        number = named[name[1]]
        if number == 1:
            return group[0]
        return group[0].replace(name[0], f'{name[0][:-1]}-{number}"')

    return _BUTTONS.sub(once, html)


def _schemes(said: str) -> list[str]:
    order = _ORDER.search(said)
    return re.findall(r"\w+", unescape(order[1])) if order else []


def _of_schemes(schemes: list[str], images: list[str]) -> str:
    """Return a picture for each scheme, or nothing where there are others."""
    if not schemes or len(images) != len(schemes):
        return ""
    return "".join(
        f'<div class="cell-output cell-output-display {scheme}-content">{image}</div>'
        for scheme, image in zip(schemes, images, strict=True)
    )


def _in_states(said: str, label: str, images: list[str]) -> str:
    """Return the pictures of a figure with a button for each of its states, or nothing."""
    told, start = _STATES.search(said), _START.search(said)
    found = read_back(unescape(told[1]), unescape(start[1]) if start else "") if told else None
    schemes = _schemes(said)
    each = len(schemes) or 1
    if not found or len(images) != each * len(found.values):
        return ""
    texts = _alternatives(found, images)
    pictures = []
    for number, text in enumerate(texts):
        own = [_ALT.sub("", image) for image in images[number * each :][:each]]
        own = [image.replace("<img", f'<img alt="{text}"', 1) for image in own]
        if number != found.start:
            own = [_EAGER.sub('<img loading="lazy"', image) for image in own]
        pictures.append(_of_schemes(schemes, own) or own[0])
    return shown(found, label, pictures)


def _alternatives(states: States, images: list[str]) -> list[str]:
    """Return the text of each state, as HTML; one for all is told with the state's value.

    Quarto gives the texts of a list to the first pictures.
    """
    texts = [alt[1] if (alt := _ALT.search(image)) else "" for image in images]
    if len(set(texts)) == 1 and texts[0]:
        name = escape(states.name)
        return [f"{name}: {escape(value)}. {texts[0]}" for value in states.values]
    each = len(images) // len(states.values)
    own = texts[::each]
    return own if all(own) else texts[: len(states.values)]
