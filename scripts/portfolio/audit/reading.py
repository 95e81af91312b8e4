"""Pages load quietly, show all their pictures, and are whole without scripts."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import TYPE_CHECKING

from portfolio.audit.rendered import Page
from portfolio.audit.visit import SETTLED, Visit
from portfolio.records.problems import Problem

if TYPE_CHECKING:
    from playwright.sync_api import Page as Tab
    from playwright.sync_api import Request, Response

_SHOWN = """async () => {
    const lost = [];
    for (const each of document.images) {
        each.loading = 'eager';
        await each.decode().catch(() => lost.push(each.getAttribute('src')));
    }
    return lost;
}"""
_NO_SCRIPTS = "write into the page what a script adds, and show nothing that only one can use"


def read(visit: Visit) -> Iterator[Problem]:
    """Every page loads quietly, says the same where scripts do not run, and shows its pictures.

    Quietly: it asks no other host, every file that it asks for is there, and the console is empty.
    """
    with visit.tab() as tab, visit.tab(java_script_enabled=False) as without:
        said = _listen(tab, visit.address)
        for page in visit.pages(tab):
            without.goto(page.address)
            tab.evaluate(SETTLED)
            if without.locator("body").inner_text() != tab.locator("body").inner_text():
                what = "the page says something else where scripts do not run"
                yield page.problem("scripts", what, _NO_SCRIPTS)
            for source in tab.evaluate(_SHOWN):
                what = f"a picture does not show ({source})"
                yield page.problem("pictures", what, "save it again, or replace it", near=source)
            yield from (_noise(page, key, words) for key, words in said)
            said.clear()
        tab.wait_for_load_state("networkidle")
        yield from (_noise(page, key, words) for key, words in said)


def _listen(tab: "Tab", address: str) -> list[tuple[str, str]]:
    """Return the list that fills with what a tab says: promise and words."""
    said: list[tuple[str, str]] = []

    def answered(answer: "Response") -> None:
        if answer.status >= HTTPStatus.BAD_REQUEST:
            said.append(("requests", answer.url))

    def asked(request: "Request") -> None:
        if not request.url.startswith((address, "data:")):
            said.append(("hosts", request.url))

    tab.on("console", lambda message: said.append(("console", message.text)))
    tab.on("pageerror", lambda error: said.append(("console", str(error))))
    tab.on("response", answered)
    tab.on("request", asked)
    return said


def _noise(page: Page, key: str, words: str) -> Problem:
    what, remedy = {
        "console": ("the browser complains", "remove the raw HTML or script that it names"),
        "requests": ("the page asks for a file that is not there", "add it, or ask for it no more"),
        "hosts": ("opening the page asks another host", "keep a copy among your files"),
    }[key]
    return page.problem(key, f"{what} ({words})", remedy)
