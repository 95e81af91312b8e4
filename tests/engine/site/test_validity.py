"""Whether the pages are HTML as the standard has it."""

from pathlib import Path

import checkers
from rendered import Site

RULES = Path(__file__).with_name("htmlvalidate.config.mjs")


def test_pages_are_valid_html(site: Site, npm_packages: Path) -> None:
    """html-validate finds no error on any page."""
    command = npm_packages / "html-validate" / "bin" / "html-validate.mjs"
    ran = checkers.run(command, "--config", RULES, "--formatter", "text", site.folder)
    assert ran.stdout.splitlines() == []
    assert ran.returncode == 0, ran.stderr
