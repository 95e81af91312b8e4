"""What must hold of every rendered site, whatever it is about: the engine's own audit of it."""

from pathlib import Path

from portfolio.audit import RenderedSite, static_problems


def broken(folder: Path, address: str) -> list[str]:
    """Return each promise that the site in ``folder`` breaks, as ``page: promise``."""
    found = static_problems(RenderedSite(folder, address))
    return sorted({f"{one.path.removeprefix('_site/')}: {one.key}" for one in found})
