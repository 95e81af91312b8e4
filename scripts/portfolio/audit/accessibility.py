"""Everyone can read and use the pages, whatever their eyes, hands or screen."""

from collections import defaultdict
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from portfolio.audit.rendered import Page
from portfolio.audit.visit import SETTLED, Visit
from portfolio.records.problems import Problem

if TYPE_CHECKING:
    from playwright.sync_api import Page as Tab
    from playwright.sync_api import ViewportSize

WIDE, NARROW = 1280, 320
LOOKS = {"light": (WIDE, NARROW), "dark": (WIDE,)}
"""Of each scheme the widths in pixels: narrow pages are arranged in the dark as in the light."""
_HEIGHT = 720
_STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_AXE = """async ([runOnly, enabled]) => (await axe.run({
    runOnly, rules: {'color-contrast': {enabled}}, resultTypes: ['violations'], selectors: false,
})).violations
    .map(found => [found.id, found.help, found.nodes[0].html])"""
_NUMBER_STOPS = """[...document.querySelectorAll('a[href], button, summary, [tabindex="0"]')]
    .filter(each => each.checkVisibility() && each.tabIndex >= 0).slice(0, 200)
    .map((each, number) => { each.dataset.stop = number; return each.outerHTML.slice(0, 80); })"""
_WATCH = """() => {
    const before = [];
    const look = () => {
        const each = document.activeElement;
        if (each?.dataset.stop === undefined) return [];
        const box = each.getBoundingClientRect(), style = getComputedStyle(each);
        return [{
            stop: Number(each.dataset.stop),
            outlined: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
            inside: box.right > 0 && box.bottom > 0
                && box.left < innerWidth && box.top < innerHeight,
        }];
    };
    addEventListener('keydown', () => before.push(...look()), true);
    window.walkedByAudit = () => [...before, ...look()];
}"""
"""At each key the page itself notes where the last one led, so nobody has to ask in between."""
_WIDTH = "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
_STYLE = "look at your own style sheet and raw HTML, which move or hide it"
_WIDE = "shorten or break the widest word, table or picture of the page"


def axe_and_keyboard(visit: Visit) -> Iterator[Problem]:
    """WCAG 2.2 AA and best practice hold in light and dark, wide and narrow, and for the keyboard.

    It stops at links and controls, the first 200, in the page's order, and the eye can follow. Each
    page is opened once for both.
    """
    script, seen = _axe_script(), defaultdict[tuple[str, str, str, str], list[str]](list)
    for scheme, widths in LOOKS.items():
        with visit.tab(color_scheme=scheme, viewport={"width": WIDE, "height": _HEIGHT}) as tab:
            for page in visit.pages(tab, unfolded=True):
                tab.evaluate(script)
                for width in widths:
                    _resize(tab, width)
                    with_contrast = width > NARROW  # the slowest rule, and one of colours alone
                    for rule in tab.evaluate(_AXE, [_STANDARDS, with_contrast]):
                        seen[page.address, *rule].append(f"{scheme} {width}")
                _resize(tab, WIDE)  # where the next page loads
                if scheme == "light":
                    yield from _tabbed(page, tab)
    for (address, rule, help_, html), where in seen.items():
        what = f"{rule} in {', '.join(where)} ({html[:120]})"
        yield visit.site.pages[address].problem("accessibility", what, help_, near=html)


def _resize(tab: "Tab", width: int) -> None:
    size: ViewportSize = {"width": width, "height": _HEIGHT}
    if tab.viewport_size != size:
        tab.set_viewport_size(size)
        tab.evaluate(SETTLED)


def _tabbed(page: Page, tab: "Tab") -> Iterator[Problem]:
    stops = tab.evaluate(_NUMBER_STOPS)
    walked = _walked(tab, len(stops))
    for focused in walked:
        for lack in ("outlined", "inside"):
            if not focused[lack]:
                yield _unseen(page, stops[focused["stop"]], lack)
    yield from _missed(page, stops, [focused["stop"] for focused in walked])


def _walked(tab: "Tab", stops: int) -> list[dict[str, Any]]:
    """Return where the keyboard led, and how it looked there, until it has led to so many."""
    tab.evaluate(_WATCH)
    walked: list[dict[str, Any]] = []
    left = 2 * stops  # frames and the browser's own parts take keys too
    while left and len(walked) < stops:
        keys = min(left, stops - len(walked))
        for _ in range(keys):
            tab.keyboard.press("Tab")
        left -= keys
        walked = tab.evaluate("walkedByAudit()")
    return walked


def _unseen(page: Page, stop: str, lack: str) -> Problem:
    how = {"outlined": "is not outlined", "inside": "is not in sight"}[lack]
    return page.problem("keyboard", f"what the keyboard reaches {how} ({stop})", _STYLE)


def _missed(page: Page, stops: list[str], walked: list[int]) -> Iterator[Problem]:
    wanted = list(range(len(stops)))
    if walked != wanted:
        pairs = zip(wanted, [*walked, *([-1] * len(stops))], strict=False)
        missed = next(stops[number] for number, found in pairs if number != found)
        what = f"the keyboard does not reach this in its turn ({missed})"
        yield page.problem("keyboard", what, _STYLE)


def narrow(visit: Visit) -> Iterator[Problem]:
    """WCAG 1.4.10: at 320 pixels the text reflows, and nobody scrolls sideways."""
    with visit.tab(viewport={"width": NARROW, "height": 800}) as tab:
        for page in visit.pages(tab, unfolded=True):
            content, screen = tab.evaluate(_WIDTH)
            if content > screen:
                what = f"a screen of {screen} pixels has to scroll sideways ({content} pixels)"
                yield page.problem("narrow", what, _WIDE)


def _axe_script() -> str:
    """Return axe, which a package of the extra ships."""
    spec = find_spec("axe_playwright_python")
    return Path(str(spec and spec.origin)).with_name("axe.min.js").read_text(encoding="utf-8")
