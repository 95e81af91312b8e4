"""Small whole sites, each with what must come of it: ``sites/NAME.yml``, laid over ``base.yml``.

To add one, copy a short one of them, say in one sentence what it is about, and then only where it
differs from the base site. ``settings`` and ``files`` are told in `description`. Of ``expect``:

- ``pages``: every page but those of the base's own sources;
- ``papers``: the titles of the listing, in order; ``cards``: their number, on all
  pages of the list by year;
- ``texts``, ``no_texts``, ``html``, ``no_html``: for a page, what it says or holds, or does not;
- ``links``: for a page, texts of links and where they lead, from the site's root;
- ``titles``: for a page, its title;
- ``published``: files, as they are where they are sources; ``unpublished``: patterns of files;
- ``check``: each line of ``portfolio check``, which says nothing unless told; in it WORDS is the
  number of the interface's words;
- ``broken``: pages and promises of the audit that they break, by their owner's own doing;
- ``refuses``: the one line with which the render must refuse, leaving the last site as it was.

A site with ``quarto: true`` is rendered by Quarto too. One with a ``fault`` is a promise that the
engine does not keep yet.
"""

import pytest
from description import Description, read_descriptions
from outcome import differences, render

from portfolio.renderers.quarto import find_quarto

NEEDS_QUARTO = pytest.mark.skipif(find_quarto() is None, reason="needs Quarto 1.9 or later on PATH")


def cases():
    """Yield each site with each renderer that is to make it."""
    for site in read_descriptions():
        marks = [pytest.mark.long] * site.long
        marks += [pytest.mark.xfail(strict=True, reason=site.fault)] if site.fault else []
        yield pytest.param(site, "embedded", marks=marks, id=site.name)
        if site.quarto:
            marks = [NEEDS_QUARTO, pytest.mark.long, *marks]
            yield pytest.param(site, "quarto", marks=marks, id=f"{site.name}-quarto")


@pytest.mark.parametrize(("site", "renderer"), [*cases()])
def test_a_site_comes_out_as_it_says(site: Description, renderer: str, tmp_path):
    """Everything that its description expects comes of it, and it keeps what all sites promise."""
    outcome = render(site, tmp_path, renderer)
    found = list(differences(outcome, site.expect, quiet=renderer == "embedded"))
    assert not found, "\n".join([site.about, *found])
