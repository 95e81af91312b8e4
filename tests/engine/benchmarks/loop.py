"""What an author waits for: from a save to the page in the preview, and for a clean build.

Run it with ``python tests/engine/benchmarks/loop.py [ROUNDS]``. It prints a line for each kind of
save, for this site and for one of 1,000 papers: the seconds until open pages are told, those until
one has loaded again, where there is a browser, and the processor's; then clean builds, with the
embedded renderer and, where it is, with Quarto: of the site, and of the same pages as a plain
website of Quarto's.
"""

import base64
import io
import json
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import psutil
from PIL import Image, ImageOps
from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))

from checkout import code_of, copy_example, copy_project, make_anothers
from repositories import git

from portfolio.audit.browsers import find_browser
from portfolio.renderers.ports import free_port
from portfolio.renderers.quarto import find_quarto

OWNER = "owner:\n  name: Ada Byron\n  site: https://byron.example\n"
HOME = "---\ntitle: Ada Byron\n---\n"
ENTRY = (
    "@article{key%d, title = {On the %dth structure of things},"
    " author = {Byron, Ada and Doe, Jane}, journal = {Journal of Things}, year = %d}\n"
)
MANY = 1000
_SETTLED = 3
"""Seconds after which a preview has done all that it does after a save."""


class Preview:
    """A preview at work: saves, and what they take until open pages are told."""

    def __init__(self, root, port, process, events, page):
        self.root = root
        self._address = f"http://127.0.0.1:{port}"
        self._process, self._events, self._page = process, events, page

    def save(self, name, change, shown="/"):
        """Save a file whose text a function changes, while the page at ``shown`` is open.

        Return the seconds until pages are told and until it has loaded again (None without a
        browser), and those of the processor.
        """
        if self._page:
            self._page.goto(self._address + shown, wait_until="load")
        time.sleep(_SETTLED)
        path = self.root / name
        text = change(path.read_text(encoding="utf-8"))
        busy, started, saved = self._busy(), time.perf_counter(), time.time()
        path.write_text(text, encoding="utf-8")
        state = self.told()
        waited = time.perf_counter() - started
        if state["fault"]:
            raise RuntimeError(state["fault"])
        busy = self._busy() - busy
        return waited, self._loaded(saved) - saved if self._page else None, busy

    def _loaded(self, saved):
        """Return when the open page had loaded again, by the browser's own clock."""
        self._page.wait_for_function(
            "saved => document.readyState === 'complete' && performance.timeOrigin > saved * 1000",
            arg=saved,
        )
        entry = "performance.getEntriesByType('navigation')[0]"
        self._page.wait_for_function(f"() => {entry}.loadEventEnd > 0")
        return self._page.evaluate(f"performance.timeOrigin + {entry}.loadEventEnd") / 1000

    def told(self):
        """Return what open pages are told next."""
        while not (line := self._events.readline()).startswith(b"data:"):
            pass
        return json.loads(line.removeprefix(b"data:"))

    def _busy(self):
        process = psutil.Process(self._process.pid)
        times = [one.cpu_times() for one in (process, *process.children(recursive=True))]
        return sum(t.user + t.system + t.children_user + t.children_system for t in times)


@contextmanager
def a_page():
    """Open a page in a browser; None where there is none."""
    with sync_playwright() as playwright:
        chromium = find_browser(playwright.chromium.executable_path)
        if not chromium:
            yield None
            return
        with playwright.chromium.launch(executable_path=chromium) as browser:
            yield browser.new_page()


@contextmanager
def preview(root):
    """Preview the site at ``root``, once it has been rendered."""
    port = free_port(0)
    command = [sys.executable, "-m", "portfolio", "preview"]
    with subprocess.Popen(
        command, cwd=root, env=variables(root) | {"PORT": str(port)}, stderr=subprocess.DEVNULL
    ) as process:
        try:
            while not (events := opened(port)):
                time.sleep(0.2)
            with events, a_page() as page:
                running = Preview(root, port, process, events, page)
                while not running.told()["pages"]:
                    pass
                yield running
        finally:
            process.terminate()


def opened(port):
    """Return what a page listens to; None as long as nothing answers."""
    try:
        return urlopen(f"http://127.0.0.1:{port}/-/events", timeout=600)
    except OSError:
        return None


def variables(root, **more):
    """Return the environment in which the engine renders the project at ``root`` by itself."""
    engine = {"PYTHONPATH": str(code_of(root)), "PORTFOLIO_RENDERER": "embedded"}
    return os.environ | engine | more


def in_bibliography(text):
    """Put a letter into the first title."""
    return re.sub(r"(title\s*=\s*\{)", r"\1X", text, count=1)


def in_prose(text):
    """Add a sentence."""
    return f"{text}\nOne sentence more.\n"


def in_notebook(text):
    """Turn the colours of the last picture, as a run may."""
    notebook = json.loads(text)
    outputs = [output for cell in notebook["cells"] for output in cell.get("outputs", [])]
    data = [output["data"] for output in outputs if "image/png" in output.get("data", {})][-1]
    drawn = Image.open(io.BytesIO(base64.b64decode("".join(data["image/png"])))).convert("RGB")
    written = io.BytesIO()
    ImageOps.invert(drawn).save(written, "PNG")
    data["image/png"] = base64.b64encode(written.getvalue()).decode()
    return json.dumps(notebook, indent=1)


def build(root, *command, **more):
    """Build a site from nothing; return the seconds of clock and processor."""
    for made in ("_site", ".portfolio", ".quarto"):
        shutil.rmtree(root / made, ignore_errors=True)
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, cwd=root, env=variables(root, **more), check=True, capture_output=True)
    waited, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    return waited, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def make_plain(root):
    """Make the copy at ``root`` a website of Quarto's own look, of the same pages."""
    settings = (root / "_quarto.yml").read_text(encoding="utf-8")
    plain = re.sub(r"^  type: portfolio$", "  type: website", settings, flags=re.MULTILINE)
    (root / "_quarto.yml").write_text(plain + "execute:\n  echo: false\n", encoding="utf-8")


def say(what, measured):
    """Print the middle of what was measured in all rounds, the processor's seconds last."""
    *waited, busy = (
        statistics.median(column) if None not in column else None
        for column in zip(*measured, strict=True)
    )
    told = "".join(
        f" {seconds:6.2f} s" if seconds is not None else "        -" for seconds in waited
    )
    print(f"{what:40}{told:>18} {busy:6.2f} CPU s", flush=True)  # noqa: T201  for people to read


def commit(root):
    """Have git keep the site at ``root``, as its owner's does: pages lead to its commits."""
    for words in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "--message", "Start"]):
        git(root, *words)


def main():
    """Print a line for each kind of work."""
    print(f"{'':40}{'told':>9}{'loaded':>9}")  # noqa: T201
    rounds = range(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
    engine = [sys.executable, "-m", "portfolio", "site"]
    with tempfile.TemporaryDirectory() as folder:
        site, many = Path(folder, "site"), Path(folder, "many")
        copy_project(site)
        shutil.rmtree(site / "scripts" / "portfolio", ignore_errors=True)
        commit(site)
        notebook = min((site / "notebooks").glob("*.ipynb")).relative_to(site).as_posix()
        bib = "publications/publications.bib"
        with preview(site) as open_site:
            say("a sentence", [open_site.save("index.qmd", in_prose) for _ in rounds])
            say("a letter of the .bib", [open_site.save(bib, in_bibliography) for _ in rounds])
            page = f"/publications/{Path(notebook).stem}.html"
            say("a notebook", [open_site.save(notebook, in_notebook, page) for _ in rounds])
        copy_example(many)
        entries = "".join(ENTRY % (n, n, 1980 + n % 40) for n in range(MANY))
        make_anothers(many, OWNER, entries, HOME)
        commit(many)
        with preview(many) as open_site:
            say(f"{MANY} papers, a letter", [open_site.save(bib, in_bibliography) for _ in rounds])
        say("a clean build", [build(site, *engine) for _ in rounds])
        say(f"{MANY} papers, a clean build", [build(many, *engine) for _ in rounds])
        if quarto := find_quarto():
            with_quarto = {"PORTFOLIO_RENDERER": "quarto"}
            say("a clean build with Quarto", [build(site, *engine, **with_quarto)])
            make_plain(site)
            python = {"QUARTO_PYTHON": sys.executable}
            say("the same pages in Quarto's own look", [build(site, quarto, "render", **python)])


if __name__ == "__main__":
    main()
