"""Everyone can read and use the pages, whatever their eyes, hands or screen."""

from collections import defaultdict
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from portfolio.audit.rendered import Page
from portfolio.audit.visit import SETTLED, Visit
from portfolio.records.problems import Problem

LOOKS = {"light": (1280, 320), "dark": (1280,)}
"""Of each scheme the widths in pixels: narrow pages are arranged in the dark as in the light."""
NARROW = 320
_STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_AXE = """async ([runOnly, enabled]) => (await axe.run({
    runOnly, rules: {'color-contrast': {enabled}}, resultTypes: ['violations'], selectors: false,
})).violations
    .map(found => [found.id, found.help, found.nodes[0].html])"""
_NUMBER_STOPS = """[...document.querySelectorAll('a[href], button, summary, [tabindex="0"]')]
    .filter(each => each.checkVisibility() && each.tabIndex >= 0).slice(0, 200)
    .map((each, number) => { each.dataset.stop = number; return each.outerHTML.slice(0, 80); })"""
_FOCUSED = """(() => {
    const each = document.activeElement, box = each.getBoundingClientRect();
    const style = getComputedStyle(each);
    return {
        stop: each.dataset.stop ?? null,
        outlined: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
        inside: box.right > 0 && box.bottom > 0
            && box.left < innerWidth && box.top < innerHeight,
    };
})()"""
_WIDTH = "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
_STYLE = "look at your own style sheet and raw HTML, which move or hide it"
_WIDE = "shorten or break the widest word, table or picture of the page"


def axe(visit: Visit) -> Iterator[Problem]:
    """WCAG 2.2 AA and best practice hold in light and dark, wide and narrow."""
    script, seen = _axe_script(), defaultdict[tuple[str, str, str, str], list[str]](list)
    for scheme, widths in LOOKS.items():
        with visit.tab(color_scheme=scheme) as tab:
            for page in visit.pages(tab, unfolded=True):
                tab.evaluate(script)
                for width in widths:
                    tab.set_viewport_size({"width": width, "height": 900})
                    tab.evaluate(SETTLED)
                    with_contrast = width > NARROW  # the slowest rule, and one of colours alone
                    for rule in tab.evaluate(_AXE, [_STANDARDS, with_contrast]):
                        seen[page.address, *rule].append(f"{scheme} {width}")
    for (address, rule, help_, html), where in seen.items():
        what = f"{rule} in {', '.join(where)} ({html[:120]})"
        yield visit.site.pages[address].problem("accessibility", what, help_, near=html)


def keyboard(visit: Visit) -> Iterator[Problem]:
    """Tab stops at links and controls, the first 200, in the page's order; the eye can follow."""
    with visit.tab() as tab:
        for page in visit.pages(tab, unfolded=True):
            stops = tab.evaluate(_NUMBER_STOPS)
            walked = []
            for _ in range(2 * len(stops)):
                tab.keyboard.press("Tab")
                focused = tab.evaluate(_FOCUSED)
                if focused["stop"] is None:
                    continue
                walked.append(int(focused["stop"]))
                for lack in ("outlined", "inside"):
                    if not focused[lack]:
                        yield _unseen(page, stops[walked[-1]], lack)
                if len(walked) == len(stops):
                    break
            yield from _missed(page, stops, walked)


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
