"""A web server for the audit: one folder, on the loopback address, with its own 404 page.

It sends what the site's file ``_headers`` says, as the hosts do that read such a file.
"""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any


class _Handler(SimpleHTTPRequestHandler):
    """Answers as the hosts of static sites do."""

    extensions_map = SimpleHTTPRequestHandler.extensions_map | {
        ".css": "text/css",  # what Windows says of these is whatever a program wrote there
        ".html": "text/html",
        ".js": "text/javascript",
        ".svg": "image/svg+xml",
        ".webp": "image/webp",
    }

    def __init__(self, *args: Any, base: str, **options: Any) -> None:
        self.base = base
        super().__init__(*args, **options)

    def translate_path(self, path: str) -> str:
        if not path.startswith(self.base):
            return str(Path(self.directory) / "outside the site")
        return super().translate_path(path[len(self.base) - 1 :])

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        lost = Path(self.directory) / "404.html"
        if code != HTTPStatus.NOT_FOUND or not lost.is_file():
            super().send_error(code, message, explain)
            return
        content = lost.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def end_headers(self) -> None:
        path = f"/{self.path.partition('?')[0].removeprefix(self.base)}"
        for pattern, name, value in headers_of(Path(self.directory)):
            if pattern.fullmatch(path):
                self.send_header(name, value)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        pass


def headers_of(folder: Path) -> Iterator[tuple[re.Pattern[str], str, str]]:
    """Yield what the file ``_headers`` of a site says: for which paths, the name, the value."""
    file = folder / "_headers"
    pattern = re.compile("")
    for line in file.read_text(encoding="utf-8").splitlines() if file.is_file() else ():
        name, mark, value = line.strip().partition(": ")
        if mark and line.startswith(" "):
            yield pattern, name, value
        else:
            pattern = re.compile(".*".join(map(re.escape, line.strip().split("*"))))


class _Server(ThreadingHTTPServer):
    """Takes it as it comes that a browser leaves before a file has arrived."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def serving(folder: Path, *, base: str = "/") -> Iterator[str]:
    """Serve ``folder`` below the path ``base``; give the address of its root."""
    handler = partial(_Handler, directory=str(folder), base=base)
    with _Server(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{base}"
        finally:
            server.shutdown()
            thread.join()
