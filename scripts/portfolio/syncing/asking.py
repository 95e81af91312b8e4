"""Asking all services at once for the owner's works; one that gives nothing is one line."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from portfolio.refusal import Refusal
from portfolio.services import arxiv, dblp, openalex, orcid
from portfolio.services.beside import side_by_side
from portfolio.services.client import Client
from portfolio.services.memory import Memory
from portfolio.services.web import KeyWanted, Web
from portfolio.services.works import Work
from portfolio.syncing.owner import Identity


@dataclass(frozen=True)
class Asked:
    """What came of asking: the works, who answered, a line for each who did not, and remarks."""

    works: tuple[Work, ...]
    answered: tuple[str, ...]
    silent: tuple[str, ...]
    remarks: tuple[str, ...]
    requests: int


def ask_all(identity: Identity, web: Web, memory: Memory, *, key: str = "") -> Asked:
    """Return what the services know of the owner's works; none is waited for beyond its patience.

    Where OpenAlex wants a key for such questions, and nobody has one, that is a remark.
    """
    questions = _questions(identity, web, memory, key)
    answers = side_by_side(_answer, questions, most=len(questions))
    works = [work for answer in answers if not isinstance(answer, Refusal) for work in answer]
    silent: dict[str, str] = {}
    remarks: list[str] = []
    for question, answer in zip(questions, answers, strict=True):
        if isinstance(answer, KeyWanted) and question.service == openalex.SERVICE and not key:
            remarks.append(f"{answer} (a free one: --openalex KEY, or PORTFOLIO_OPENALEX_KEY)")
        elif isinstance(answer, Refusal):
            silent[question.service] = str(answer)
    unheard = {openalex.SERVICE, *silent} if remarks else {*silent}
    return Asked(
        tuple(works),
        tuple(each.service for each in questions if each.service not in unheard),
        tuple(silent.values()),
        tuple(remarks),
        sum(each.client.asked for each in questions),
    )


@dataclass(frozen=True)
class _Question:
    service: str
    client: Client
    ask: Callable[[Client], Sequence[Work]]


def _questions(identity: Identity, web: Web, memory: Memory, key: str) -> list[_Question]:
    found = []

    def question(service: str, gap: float, ask: Callable[[Client], Sequence[Work]]) -> None:
        found.append(_Question(service, Client(web, memory, gap=gap), ask))

    if who := identity.orcid:
        question(orcid.SERVICE, orcid.GAP, lambda client: orcid.works(client, who))
        question(openalex.SERVICE, openalex.GAP, lambda client: openalex.works(client, who, key))
    if identity.dblp:
        question(dblp.SERVICE, dblp.GAP, lambda client: dblp.works(client, identity.dblp))
    if identity.arxiv:
        question(arxiv.SERVICE, arxiv.GAP, lambda client: arxiv.works(client, identity.arxiv))
    return found


def _answer(question: _Question) -> Sequence[Work] | Refusal:
    try:
        return question.ask(question.client)
    except Refusal as refusal:
        return refusal
