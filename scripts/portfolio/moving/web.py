"""One careful way to ask a web service: time-outs, retries, a limit on what it may say."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError, ReadTimeoutError
from urllib3.util.retry import Retry

from portfolio.moving.refusal import Refusal

_PASSING = (HTTPStatus.TOO_MANY_REQUESTS, 500, 502, 503, 504)
_AGENT = "portfolio/0.1 (a research portfolio that looks up its own papers)"


@dataclass(frozen=True)
class Web:
    """Where the services are, and how patient to be with them; times are in seconds."""

    doi: str = "https://doi.org"
    arxiv: str = "https://export.arxiv.org/api/query"
    patience: float = 20
    """How long the answer may take once asked, each time."""
    retries: int = 3
    pause: float = 1
    """How long to wait before the second try; each further wait is twice as long."""
    longest_pause: float = 30
    """How long to wait at most, whatever the service asks for."""
    limit: int = 5_000_000
    """How many bytes an answer may have."""


def get(web: Web, address: str, *, accept: str, query: Mapping[str, str] | None = None) -> str:
    """Return what the service at ``address`` answers, as text.

    Too many requests and failures of the server are tried again. Raises Refusal if there is no
    answer, if it is an error, too slow or too long.
    """
    started = time.monotonic()
    try:
        with _session(web) as session, _ask(session, web, address, accept, query) as answer:
            if answer.status_code != HTTPStatus.OK:
                raise _refusal_of(address, answer.status_code)
            return _body(web, address, answer).decode("utf-8", errors="replace")
    except (requests.Timeout, ReadTimeoutError):
        seconds = f"{time.monotonic() - started:.0f} s"
        raise Refusal(address, f"no answer in {seconds}", "try again later") from None
    except (requests.RequestException, HTTPError) as error:
        if (last := getattr(error, "response", None)) is not None:
            last.close()
        what = f"the service cannot be reached ({_cause(error)})"
        raise Refusal(address, what, "check the connection and try again") from None


def _session(web: Web) -> requests.Session:
    retry = Retry(
        total=web.retries,
        backoff_factor=web.pause / 2,
        backoff_max=web.longest_pause,
        status_forcelist=_PASSING,
        allowed_methods=("GET",),
        respect_retry_after_header=True,
        retry_after_max=int(web.longest_pause),
        raise_on_status=False,
    )
    session = requests.Session()
    session.max_redirects = 5
    for scheme in ("https://", "http://"):
        session.mount(scheme, HTTPAdapter(max_retries=retry))
    return session


def _ask(
    session: requests.Session,
    web: Web,
    address: str,
    accept: str,
    query: Mapping[str, str] | None,
) -> requests.Response:
    return session.get(
        address,
        params=query,
        headers={"Accept": accept, "User-Agent": _AGENT},
        timeout=(min(5, web.patience), web.patience),
        stream=True,
    )


def _body(web: Web, address: str, answer: requests.Response) -> bytes:
    """Read the answer piece by piece, so that neither a trickle nor a flood goes on for ever."""
    deadline = time.monotonic() + web.patience
    body = b""
    while piece := answer.raw.read1(8192, decode_content=True):
        body += piece
        if len(body) > web.limit:
            raise Refusal(address, "the answer is too long for one paper", "check the address")
        if time.monotonic() > deadline:
            raise requests.Timeout
    return body


def _refusal_of(address: str, status: int) -> Refusal:
    if status in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}:
        return Refusal(address, "there is no such record", "check the identifier")
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return Refusal(address, "the service has had too many requests", "try again later")
    return Refusal(address, f"the service answers with error {status}", "try again later")


def _cause(error: BaseException) -> str:
    """Return what lies at the bottom of an error, in few words."""
    while (deeper := error.__cause__ or error.__context__) is not None:
        error = deeper
    said = str(getattr(error, "strerror", None) or error) or type(error).__name__
    return said.partition("\n")[0][:80]
