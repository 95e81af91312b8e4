"""What a reader waits for who types into the search field of a long list.

Run it with ``python tests/engine/benchmarks/keystroke.py [PAPERS] [TIMES]``. It renders a list of
207 papers, or of as many as it is told, and prints the milliseconds from a letter until the list
has been painted: the least and the middle of so many letters.
"""

import statistics
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(1, str(Path(__file__).parents[1] / "listing"))

from checkout import copy_example, make_anothers, render
from records import HOME, OWNER, bibliography

from portfolio.audit.browsers import arguments, find_browser
from portfolio.audit.server import serving

WORDS = "muller on graph"
KEYSTROKE = """async ([text, times]) => {
    const field = document.querySelector('.find input');
    const spent = [];
    for (let n = 0; n < times; n += 1) {
        const start = performance.now();
        field.value = text.slice(0, 1 + n % text.length);
        field.dispatchEvent(new Event('input'));
        await new Promise((done) => { requestAnimationFrame(() => setTimeout(done)); });
        spent.push(performance.now() - start);
    }
    return spent;
}"""


def main() -> None:
    """Print a line."""
    papers, times = map(int, [*sys.argv[1:], *("207", "60")[len(sys.argv) - 1 :]])
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "site")
        copy_example(root)
        make_anothers(root, OWNER, bibliography(papers), HOME)
        site = render(root, "embedded") / "_site"
        with serving(site) as address, sync_playwright() as playwright:
            command = find_browser(playwright.chromium.executable_path)
            with playwright.chromium.launch(executable_path=command, args=arguments()) as browser:
                page = browser.new_page()
                page.goto(f"{address}publications/index.html")
                spent = page.evaluate(KEYSTROKE, [WORDS, times])
    middle = statistics.median(spent)
    print(f"{papers:,} papers: {min(spent):.0f} ms a letter, the middle {middle:.0f}")  # noqa: T201


if __name__ == "__main__":
    main()
