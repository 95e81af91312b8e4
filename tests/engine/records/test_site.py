"""The settings say who the owner is, in one place."""

import pytest

from portfolio.records.problems import ContentError
from portfolio.records.root import find_root
from portfolio.records.site import load_site

SETTINGS = """owner:
  name: Jane Doe
  spellings: [J. Doe]
  site: https://doe.example/
  repository: https://code.example/doe
"""


def test_the_owner_is_known_in_every_spelling(tmp_path):
    """The name itself is a spelling; addresses lose their last slash."""
    (tmp_path / "_quarto.yml").write_text(SETTINGS)
    site = load_site(tmp_path)
    assert site.owner.spellings == {"jane doe", "j doe"}
    assert site.address == "https://doe.example"


@pytest.mark.parametrize("lacking", ["name", "site"])
def test_what_is_not_set_is_named(tmp_path, lacking):
    """Each setting that the site cannot do without is asked for by name."""
    kept = [line for line in SETTINGS.splitlines() if f" {lacking}:" not in line]
    (tmp_path / "_quarto.yml").write_text("lang: en\n" + "\n".join(kept))
    with pytest.raises(ContentError) as error:
        load_site(tmp_path)
    assert str(error.value) == f"_quarto.yml:2: owner.{lacking}: is not set: write it there"


@pytest.mark.parametrize(
    ("settings", "line"),
    [
        ("", "_quarto.yml:1: owner.name: is not set: write it there"),
        (
            "owner:\n  name: Jane: Doe\n",
            "_quarto.yml:2: yaml: mapping values are not",
        ),
        ("- owner", "_quarto.yml:1: owner.name: is not set"),
        ("a: 1\nowner: Jane Doe", "_quarto.yml:2: owner: it is no block (Jane Doe): write name:"),
        ("owner: {name: Jane, site: doe.example}", "_quarto.yml:1: owner.site: it is no address"),
    ],
    ids=["empty", "no-yaml", "list", "name-only", "no-scheme"],
)
def test_settings_that_cannot_be_used_are_named(tmp_path, settings, line):
    """One line says what is wrong with them and where, whatever they are."""
    (tmp_path / "_quarto.yml").write_text(settings)
    with pytest.raises(ContentError) as error:
        load_site(tmp_path)
    assert str(error.value).startswith(line)


def test_one_thing_stands_for_a_list_and_text_for_a_link(tmp_path):
    """Short forms that YAML invites to are understood, as in ``spellings: J. Doe``."""
    more = "  spellings: J. Doe\n  affiliation: Somewhere\n  links: https://code.example/jane\n"
    (tmp_path / "_quarto.yml").write_text(SETTINGS.replace("  spellings: [J. Doe]\n", more))
    owner = load_site(tmp_path).owner
    assert owner.spellings == {"jane doe", "j doe"}
    assert (owner.affiliation.text, owner.affiliation.href) == ("Somewhere", "")
    assert [link.href for link in owner.links] == ["https://code.example/jane"]


def test_the_project_is_found_from_inside_it(tmp_path):
    """Page cells run in their page's folder and find the project above it."""
    (tmp_path / "_quarto.yml").touch()
    (tmp_path / "a" / "b").mkdir(parents=True)
    assert find_root(tmp_path / "a" / "b") == tmp_path.resolve()


def test_outside_a_project_one_line_says_so(tmp_path):
    """A folder without settings above it is named."""
    with pytest.raises(ContentError, match="no project here"):
        find_root(tmp_path)
