"""One request on the web with its redirections, which lead to public places alone."""

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urljoin

import requests
from urllib3.exceptions import HTTPError, LocationParseError

from portfolio.services.answer import Answer, SilenceError, answer_of
from portfolio.services.private import Outward, PrivateError, Server, is_private, server_of

_REDIRECTS, _LONGEST = 5, 8_000
_HTTP = 80
_PLAIN = re.compile(r"^http:(//[^/?#\\]*?)(?::80)?(?=[/?#\\]|$)", re.IGNORECASE)


@dataclass(frozen=True)
class Question:
    """What is asked; ``home`` is the one server that may be private."""

    address: str
    end: float
    limit: int
    headers: Mapping[str, str]
    query: Mapping[str, str] | None = None
    home: Server | None = None
    guarded: bool = True


def asked(question: Question) -> Answer:
    """Return what is answered; raise TimeoutError or SilenceError where nothing is."""
    address, query = question.address, question.query
    try:
        with _session(question.home) as session:
            for _ in range(_REDIRECTS + 1):
                wait = max(0.1, question.end - time.monotonic())
                with session.get(
                    address,
                    params=query,
                    headers=dict(question.headers),
                    timeout=(wait, wait),
                    stream=True,
                    allow_redirects=False,
                ) as said:
                    if not said.is_redirect:
                        return answer_of(said, question.end, question.limit)
                    query = None
                    address = _next(question, address, said.headers["Location"])
            raise SilenceError("it leads from address to address")
    except PrivateError:
        why = f"it leads into a private network, to {address[:60]}"
        raise SilenceError(why, private=True) from None
    except requests.exceptions.SSLError:
        raise SilenceError("its certificate is not good") from None
    except requests.Timeout:
        raise TimeoutError from None
    except (requests.RequestException, HTTPError, ValueError, LocationParseError) as error:
        raise SilenceError(_cause(error), passing=True) from None


def _session(home: Server | None) -> requests.Session:
    """Return a session that connects to public places and ``home`` alone, and tells no passwords.

    Those that a ``.netrc`` has for hosts, or an address itself, are for others than us.
    """
    session = requests.Session()
    session.auth = lambda request: request
    outward = Outward(home)
    session.mount("http://", outward)
    session.mount("https://", outward)
    return session


def _next(question: Question, before: str, location: str) -> str:
    """Return where a redirection leads; raise SilenceError where nobody should follow."""
    address = urljoin(before, location)
    scheme, host, port = server_of(address)
    if scheme not in {"http", "https"} or not host or len(address) > _LONGEST:
        raise SilenceError(f"it leads out of the web, to {address[:60]}")
    if server_of(address) != question.home and is_private(address):
        raise PrivateError
    if question.guarded and scheme == "http" and server_of(before)[0] == "https":
        if port != _HTTP:
            raise SilenceError(f"it leads from https to http, to {address[:60]}")
        return _PLAIN.sub(r"https:\1", address)
    return address


def _cause(error: BaseException) -> str:
    """Return what lies at the bottom of an error, in few words."""
    while (deeper := error.__cause__ or error.__context__) is not None:
        error = deeper
    said = str(getattr(error, "strerror", None) or error) or type(error).__name__
    return " ".join(said.partition("\n")[0].split())[:80]
