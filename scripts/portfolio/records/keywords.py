"""The keywords of a paper, one by one."""

from functools import lru_cache

from portfolio.records.paper import Paper


def keywords_of(paper: Paper) -> tuple[str, ...]:
    """Return what the field ``keywords`` names, between semicolons or else commas, each once."""
    return _parted(paper.words("keywords"))


@lru_cache(maxsize=16384)
def _parted(told: str) -> tuple[str, ...]:
    parts = (" ".join(part.split()) for part in told.split(";" if ";" in told else ","))
    return tuple(dict.fromkeys(filter(None, parts)))
