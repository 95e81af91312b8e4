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

Sites that name the same under ``quarto`` are rendered by Quarto too, all of them together as one.
A site with a ``fault`` is a promise that the engine does not keep yet.
"""

from dataclasses import replace

import pytest
from description import GAUNTLET, Description, read_description, read_descriptions, together
from outcome import differences, render

from portfolio.renderers.quarto import find_quarto

NEEDS_QUARTO = pytest.mark.skipif(find_quarto() is None, reason="needs Quarto 1.9 or later on PATH")
BARE = read_description(GAUNTLET / "base.yml")
SITES = read_descriptions()
SETS = {
    name: [site for site in SITES if site.quarto == name]
    for name in sorted({site.quarto for site in SITES if site.quarto})
}
"""The sites that Quarto makes as one, by its name."""


def cases():
    """Yield each site with the embedded renderer, and what Quarto makes of several together."""
    for site in SITES:
        marks = [pytest.mark.long] * site.long
        marks += [pytest.mark.xfail(strict=True, reason=site.fault)] if site.fault else []
        yield pytest.param(site, "embedded", marks=marks, id=site.name)
    for name, sites in SETS.items():
        marks = [NEEDS_QUARTO, pytest.mark.long]
        yield pytest.param(together(sites), "quarto", marks=marks, id=f"{name}-quarto")


@pytest.mark.parametrize(("site", "renderer"), [*cases()])
def test_a_site_comes_out_as_it_says(site: Description, renderer: str, tmp_path):
    """Everything that its description expects comes of it, and it keeps what all sites promise."""
    outcome = render(site, tmp_path, renderer)
    found = list(differences(outcome, site.expect, quiet=renderer == "embedded"))
    assert not found, "\n".join([site.about, *found])


def leaves(told, *way):
    """Yield all that an expectation holds, with where it stands."""
    if isinstance(told, dict):
        for key, inner in told.items():
            yield from leaves(inner, *way, key)
    else:
        yield from ((*way, one) for one in (told if isinstance(told, list) else [told]))


@pytest.mark.parametrize("sites", SETS.values(), ids=SETS)
def test_of_sites_that_are_made_together_all_is_expected_that_is_of_each(sites: list[Description]):
    """Nothing that one site is about gets lost, and what two say of one thing must be the same."""
    whole = together(sites)
    for site in sites:
        assert {*leaves(site.expect)} <= {*leaves(whole.expect)}
        own = [name for name in site.files if site.files[name] != BARE.files.get(name)]
        assert all(whole.files[name] == site.files[name] for name in own)
    other = replace(sites[0], files=sites[0].files | {"index.qmd": "Another."})
    with pytest.raises(ValueError, match=r"index\.qmd: two sites .* say different things"):
        together([replace(other, files=other.files | {"index.qmd": "One."}), other])
