"""Whether addresses on the web are alive: asked side by side, but of each host one at a time.

What was alive is believed for a week. A host that turns programs away says nothing of its pages.
"""

import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus
from urllib.parse import urlsplit

from portfolio.services.answer import Answer, SilenceError
from portfolio.services.beside import side_by_side
from portfolio.services.client import DAY
from portfolio.services.memory import Memory
from portfolio.services.private import Server, is_private_name, server_of
from portfolio.services.web import Web, begin

_WEEK = 7 * DAY
_AT_ONCE = 12
_GAP = 1.0
_GIVEN_UP = 3
"""After so many silences one after the other a host is asked no more."""
_HEAD = 1024
"""How many bytes of an answer are read: what it is stands in them."""
_GONE = {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}
_BUSY = {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.BAD_GATEWAY, HTTPStatus.SERVICE_UNAVAILABLE,
         HTTPStatus.GATEWAY_TIMEOUT, HTTPStatus.INTERNAL_SERVER_ERROR}  # fmt: skip
_FIRST_ERROR = 400


@dataclass(frozen=True)
class Link:
    """What is known of an address: ``dead`` is why nobody gets there, ``unsure`` why one may not.

    ``is_pdf`` is None where no content was seen; of one that ``is_silent`` the host said nothing.
    """

    address: str
    dead: str = ""
    unsure: str = ""
    is_pdf: bool | None = None
    kind: str = ""
    is_silent: bool = False


def ask_links(addresses: Iterable[str], web: Web, memory: Memory) -> Mapping[str, Link]:
    """Return what is known of addresses, each asked within the patience of ``web``."""
    hosts: dict[str, list[str]] = defaultdict(list)
    for address in dict.fromkeys(addresses):
        hosts[urlsplit(address).netloc.lower()].append(address)
    found = side_by_side(lambda some: _of_host(some, web, memory), hosts.values(), most=_AT_ONCE)
    return {link.address: link for links in found for link in links}


def _of_host(addresses: Sequence[str], web: Web, memory: Memory) -> list[Link]:
    """Ask a host for one address after the other, until it has been silent time and again."""
    links: list[Link] = []
    silent = 0
    for address in addresses:
        link = _recalled(address, memory)
        if not link and silent == _GIVEN_UP:
            link = Link(address, unsure=f"its host gave no answer {_GIVEN_UP} times")
        elif not link:
            if links:
                time.sleep(_GAP * web.gap)
            link = _asked(address, web)
            silent = silent + 1 if link.is_silent else 0
            if not link.dead and not link.unsure:
                memory.keep(f"link {address}", _written(link))
        links.append(link)
    return links


def _asked(address: str, web: Web) -> Link:
    """Ask for an address, again where a failure may pass."""
    home = server_of(address)
    if home not in web.servers and is_private_name(address):
        return Link(address, dead="it lies on this machine, or in its network")
    return _heard(address, web, home if home in web.servers else None)


def _heard(address: str, web: Web, home: Server | None) -> Link:
    headers = {"User-Agent": replace(web, mail="").agent, "Accept": "*/*"}
    end = time.monotonic() + web.patience
    link = Link(address, unsure=f"no answer in {web.patience:g} s", is_silent=True)
    for attempt in range(web.retries):
        rest = 0.0
        try:
            seconds = end - time.monotonic()
            answer = begin(address, seconds=seconds, limit=_HEAD, headers=headers, home=home)
        except TimeoutError:
            return link
        except SilenceError as error:
            if error.private:
                return Link(address, unsure="from here it leads into a private network")
            link = Link(address, dead=f"it cannot be reached ({error})", is_silent=True)
            if not error.passing:
                return link
        else:
            if answer.status not in _BUSY:
                return _judged(address, answer)
            said = f"it answers with error {answer.status}"
            link = Link(address, unsure=said, is_silent=True)
            rest = answer.pace.rest
        pause = max(rest, web.pause * 2**attempt)
        if attempt == web.retries - 1 or time.monotonic() + pause > end:
            return link
        time.sleep(pause)
    return link


def _judged(address: str, answer: Answer) -> Link:
    if answer.status in _GONE:
        return Link(address, dead="it is not there any more" if answer.status == HTTPStatus.GONE
                    else "there is nothing")  # fmt: skip
    if answer.status >= _FIRST_ERROR:  # whoever turns programs away shows people the page
        return Link(address)
    return Link(address, is_pdf=b"%PDF" in answer.body, kind=answer.kind)


def _recalled(address: str, memory: Memory) -> Link | None:
    kept = memory.recall(f"link {address}")
    if not kept or kept.age > _WEEK:
        return None
    is_pdf, _, kind = kept.body.decode(errors="replace").partition(" ")
    return Link(address, is_pdf={"yes": True, "no": False}.get(is_pdf), kind=kind)


def _written(link: Link) -> bytes:
    said = "unknown" if link.is_pdf is None else "yes" if link.is_pdf else "no"
    return f"{said} {link.kind}".encode()
