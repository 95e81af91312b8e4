"""What the preview's server answers: the rendered site, to this machine's browsers and no other.

A page elsewhere can have its own name lead to this machine, so the host that a browser asks for
must be this one. Hidden files, and links out of the site, are not there.
"""

import json
import re
import sys
from dataclasses import asdict
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from portfolio.content import why_not_published
from portfolio.renderers.rendered import Rendered

_SCRIPT = Path(__file__).with_name("preview.js")
_TAG = b'<script src="/-/preview.js" defer></script></head>'
_HERE = re.compile(
    r"(?:(?:[\w-]+\.)*localhost|127(?:\.\d{1,3}){3}|\[::1\])\.?(?::\d{1,5})?", re.IGNORECASE
)
_NOTHING = b"<head></head>Nothing rendered yet."


class Server(ThreadingHTTPServer):
    """Takes it as it comes that a browser leaves before a file has arrived."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a browser that has gone."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class Handler(SimpleHTTPRequestHandler):
    """Serves the site, with a script in each page that shows what a render changed."""

    def __init__(self, *args: object, rendered: Rendered, **options: object) -> None:
        self.rendered = rendered
        super().__init__(*args, **options)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """Answer with a page or a file, or that there is none."""
        self._answer()

    def do_HEAD(self) -> None:
        """Answer as to GET, without the content."""
        self._answer()

    def end_headers(self) -> None:
        """Have browsers keep nothing, and take nothing for what it is not."""
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the base's name
        """Keep quiet: the terminal is for what rendering says."""

    def _answer(self) -> None:
        if not _HERE.fullmatch(self.headers.get("Host", "localhost")):
            what = b"This preview answers to localhost and 127.0.0.1 alone."
            self._send(HTTPStatus.FORBIDDEN, "text/plain", what)
        elif self.path == "/-/events":
            self._send_events()
        elif self.path == "/-/preview.js":
            self._send(HTTPStatus.OK, "text/javascript", _SCRIPT.read_bytes())
        else:
            self._answer_with_file()

    def _answer_with_file(self) -> None:
        asked, folder = self.path.partition("?")[0].partition("#")[0], False
        path = Path(self.translate_path(asked))
        try:
            folder = path.is_dir()
            page = path / "index.html" if folder else path
            served = not why_not_published(page, Path(self.directory))
            content = page.read_bytes() if served else b""
        except (OSError, ValueError):  # it has just gone, or no system can hold such a name
            served = False
        if served and folder and not asked.endswith("/"):
            self.send_response(HTTPStatus.MOVED_PERMANENTLY)
            self.send_header("Location", f"/{asked.strip('/')}/")
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif served and not (asked.endswith("/") and not folder):
            content = _followed(content) if page.suffix == ".html" else content
            self._send(HTTPStatus.OK, self.guess_type(str(page)), content)
        else:
            lost = Path(self.directory) / "404.html"
            content = _followed(lost.read_bytes() if lost.is_file() else _NOTHING)
            self._send(HTTPStatus.NOT_FOUND, "text/html; charset=utf-8", content)

    def _send_events(self) -> None:
        """Send what open pages are told whenever it changes, for as long as this one listens."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        for state in self.rendered.states():
            said = f"data: {json.dumps(asdict(state))}\n\n" if state else ":\n\n"
            self.wfile.write(said.encode())

    def _send(self, status: HTTPStatus, kind: str, content: bytes) -> None:
        self.send_response(status)
        self.send_header(
            "Content-Type", "text/html; charset=utf-8" if kind == "text/html" else kind
        )
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)


def _followed(page: bytes) -> bytes:
    return page.replace(b"</head>", _TAG, 1)
