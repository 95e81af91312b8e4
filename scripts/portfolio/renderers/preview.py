"""Preview with the embedded renderer: serve the site here only, render on save, reload the page."""

import threading
from collections.abc import Callable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from watchfiles import watch

from portfolio.renderers.inputs import watched

_SCRIPT = b"""
const state = async () => (await fetch("/-/state")).text();
const first = state();
setInterval(async () => { if (await state() !== await first) location.reload(); }, 700);
"""
_TAG = b'<script src="/-/reload.js" defer></script></head>'


class Rendered:
    """Counts the renders, so that open pages can tell when theirs is old."""

    def __init__(self) -> None:
        self.count = 0


class _Handler(SimpleHTTPRequestHandler):
    """Serves the site, with a script in each page that reloads it after a render."""

    def __init__(self, *args: object, rendered: Rendered, **options: object) -> None:
        self.rendered = rendered
        super().__init__(*args, **options)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        page = path / "index.html" if path.is_dir() else path
        if self.path == "/-/state":
            self._send(200, "text/plain", str(self.rendered.count).encode())
        elif self.path == "/-/reload.js":
            self._send(200, "text/javascript", _SCRIPT)
        elif path.is_dir() and not self.path.endswith("/"):
            super().do_GET()
        elif page.suffix == ".html" or not page.exists():
            found = page.exists()
            page = page if found else Path(self.directory) / "404.html"
            self._send(200 if found else 404, "text/html; charset=utf-8", self._page(page))
        else:
            super().do_GET()

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the base's name
        """Keep quiet: the terminal is for what rendering says."""

    def _page(self, page: Path) -> bytes:
        text = page.read_bytes() if page.exists() else b"<head></head>Nothing rendered yet."
        return text.replace(b"</head>", _TAG, 1)

    def _send(self, status: int, kind: str, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def preview(
    root: Path, render: Callable[[], None], *, port: int, tell: Callable[[str], None]
) -> None:
    """Serve ``_site`` on the loopback address until interrupted, rendering after each save."""
    rendered = Rendered()
    handler = partial(_Handler, rendered=rendered, directory=str(root / "_site"))
    with ThreadingHTTPServer(("127.0.0.1", port), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        tell(f"http://127.0.0.1:{server.server_port}/ (Ctrl-C ends it)")
        for _changes in watch(root, watch_filter=watched(root), raise_interrupt=False):
            render()
            rendered.count += 1
        server.shutdown()
