"""Pictures of every kind of page, in both schemes and at every width, to look at as a reader would.

``python tests/engine/gallery.py SITE FOLDER`` opens the pages of a rendered site in a Chromium and
writes a picture of each into a folder, and a page, ``index.html``, that shows them side by side.
"""

import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path

from browsers import found_or_installed
from playwright.sync_api import Browser, sync_playwright

from portfolio.audit.server import serving

WIDTHS = (320, 390, 768, 1280, 1920)
SCHEMES = ("light", "dark")
KINDS = ("index.html", "*/index.html", "404.html")
"""Pages that are one of a kind; of papers and notebooks the first and the longest are shown."""
_STYLE = "body{font:1rem sans-serif;background:#777}figure{display:inline-block;margin:.5rem}"
_STYLE += "img{width:20rem;background:#fff}figcaption{color:#fff}"


def pages_of(site: Path) -> list[str]:
    """Return the addresses of the pages that stand for their kinds."""
    alone = [page for kind in KINDS for page in sorted(site.glob(kind))]
    found = [page.relative_to(site).as_posix() for page in alone]
    for folder in ("publications", "notebooks"):
        pages = sorted(page for page in (site / folder).glob("*.html") if page.stem != "index")
        longest = sorted(pages, key=lambda page: page.stat().st_size)[-1:]
        found += [page.relative_to(site).as_posix() for page in dict.fromkeys(pages[:1] + longest)]
    return found


def take(browser: Browser, site: Path, folder: Path) -> Iterator[Path]:
    """Write the pictures into ``folder``; yield the path of each."""
    with serving(site) as address:
        for scheme in SCHEMES:
            for width in WIDTHS:
                size = {"width": width, "height": 900}
                context = browser.new_context(viewport=size, color_scheme=scheme)
                tab = context.new_page()
                for page in pages_of(site):
                    tab.goto(f"{address}{page}")
                    name = page.removesuffix(".html").replace("/", "-")
                    path = folder / f"{name}-{width}-{scheme}.png"
                    tab.screenshot(path=path)
                    yield path
                context.close()


def sheet(pictures: list[Path]) -> str:
    """Return the page that shows the pictures, those of a page together."""
    shown = (
        f'<figure><img src="{escape(path.name)}" alt=""><figcaption>{escape(path.stem)}'
        "</figcaption></figure>"
        for path in sorted(pictures)
    )
    title = "<title>Gallery</title>"
    return f'<!DOCTYPE html><meta charset="utf-8">{title}<style>{_STYLE}</style>{"".join(shown)}'


def main(site: Path, folder: Path) -> None:
    """Take the pictures of a site, and say where they are."""
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        command = found_or_installed(playwright.chromium.executable_path)
        browser = playwright.chromium.launch(executable_path=command, args=["--no-sandbox"])
        pictures = list(take(browser, site, folder))
        browser.close()
    (folder / "index.html").write_text(sheet(pictures), encoding="utf-8")
    sys.stdout.write(f"{len(pictures)} pictures: {folder / 'index.html'}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
