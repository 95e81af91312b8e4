"""The verb that takes over what ORCID's record says for the CV."""

import argparse
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from portfolio.verbs.syncing import web_of
from portfolio.verbs.telling import changing, project, tell

if TYPE_CHECKING:
    from portfolio.syncing.vitae import Offer


def import_record(orcid: str, named: argparse.Namespace) -> int:
    """Show what a record has that is not here, and take over what the owner chooses."""
    from portfolio.services.client import Client
    from portfolio.services.memory import Memory
    from portfolio.services.orcid import GAP
    from portfolio.services.orcid_record import things
    from portfolio.syncing.vitae import chosen, offers, take

    root = project()
    client = Client(web_of(named.patience), Memory(root), gap=GAP)
    found = offers(root, things(client, orcid))
    if named.take is None:
        print("\n".join(map(str, found)) or "nothing in the record is new")
        if found:
            tell("`portfolio import ORCID --take NAME ...` takes it; --take alone asks for each")
        return 0
    some = chosen(found, named.take) if named.take else _answered(found)
    with changing("import", root):
        written = take(root, some) if some else []
    print("\n".join(written) or "nothing is changed")
    return 0


def _answered(found: Sequence["Offer"]) -> list["Offer"]:
    """Ask the owner of each thing; raise Refusal where nobody can answer."""
    from portfolio.refusal import Refusal

    if not sys.stdin.isatty():
        raise Refusal("--take", "nobody is here to be asked", "name what to take, or `all`")
    return [each for each in found if input(f"{each}? [y/N] ").lower().startswith("y")]
