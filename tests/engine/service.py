"""A web service of our own that answers as the open ones do, for the conftests of folders."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from portfolio.services.web import Web

WAVES = {
    "type": "journal-article",
    "title": ["Waves &amp; <i>tides</i>"],
    "author": [
        {"given": "Rick", "family": "van der Roe", "sequence": "first"},
        {"name": "Sea Institute"},
    ],
    "container-title": "Sea Letters",
    "issued": {"date-parts": [[2020, 5, 17]]},
    "volume": "3",
    "issue": "2",
    "page": "5-8",
    "DOI": "10.1000/waves",
    "URL": "https://doi.org/10.1000/waves",
    "is-referenced-by-count": 7,
}
FEED = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <entry>
    <id>http://arxiv.org/abs/2101.00001v2</id>
    <published>2021-01-03T18:00:00Z</published>
    <title>Foam,
  50% of it</title>
    <summary>We foam.</summary>
    <author><name>Jane Doe</name></author>
    <author><name>Ana de la Cruz</name></author>
    <arxiv:primary_category xmlns:arxiv="http://arxiv.org/schemas/atom" term="cs.LG"/>
  </entry>
</feed>
"""


class Service:
    """Says for each path what is to be answered, call by call, and remembers what was asked."""

    def __init__(self):
        self.answers = {}
        self.asked = []
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                service.asked.append((self.path, self.headers.get("Accept", "")))
                answers = service.answers.get(self.path.partition("?")[0], [(404, {}, b"no")])
                answer = answers.pop(0) if len(answers) > 1 else answers[0]
                answer = answer(self.path, self.headers) if callable(answer) else answer
                status, headers, body = answer
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                for piece in [body] if isinstance(body, bytes) else body:
                    try:
                        self.wfile.write(piece)
                        self.wfile.flush()
                    except OSError:
                        return

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self.server.server_port}"

    def says(self, path, *answers):
        """Answer ``path`` with these, one a call, the last one from then on.

        A function is given the path with its query and the headers, and returns the answer.
        """
        self.answers[path] = list(map(_whole, answers))


def _whole(answer):
    """Return an answer as status, headers and bytes, unless it is a function that gives them."""
    if callable(answer):
        return answer
    status, headers, body = answer if isinstance(answer, tuple) else (200, {}, answer)
    return status, headers, body.encode() if isinstance(body, str) else body


def marked(body, mark):
    """Return an answer that is known by a mark, and is not sent again to whoever has it."""
    body = body.encode() if isinstance(body, str) else body

    def answer(_, headers):
        had = headers.get("If-None-Match") == mark
        return (304, {"ETag": mark}, b"") if had else (200, {"ETag": mark}, body)

    return answer


@pytest.fixture
def service():
    """Run the service, which knows one DOI and one preprint, while a test runs."""
    service = Service()
    service.says("/doi/10.1000/waves", json.dumps(WAVES))
    service.says("/arxiv", FEED)
    thread = threading.Thread(target=service.server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield service
    service.server.shutdown()
    service.server.server_close()
    thread.join()


@pytest.fixture
def web(service):
    """Return settings that lead to the service, with short pauses."""
    return Web(
        doi=f"{service.address}/doi",
        arxiv=f"{service.address}/arxiv",
        patience=10,
        pause=0.02,
        limit=100_000,
    )
