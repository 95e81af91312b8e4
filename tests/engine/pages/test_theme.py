"""The theme of a site: one style sheet with the brand's colours, fonts and logo."""

import re

import pytest
from PIL import Image

from portfolio.brand import DEFAULT, load_brand
from portfolio.pages.check import problems
from portfolio.pages.theme import variables, write_theme_file
from portfolio.shipped import EXTENSION, theme_file

WHITE = "color: {background: {light: '#ffffff', dark: '#0b0b12'}, primary: {light: '#5b21b6'}}\n"


def test_what_is_published_says_what_was_written():
    """Style sheets lose blanks and comments alone: each rule and each text is there as it was."""
    for name in ("site.css", "parts.css"):
        written = b"".join(
            (EXTENSION / one).read_bytes() for one in (name, "list.css", "states.css")
        )
        published = theme_file(name)
        assert len(published) < 0.95 * len(written)
        assert b"/*" not in published
        blank = re.compile(rb"/\*.*?\*/|\s+|;(?=\s*\})", re.DOTALL)
        assert blank.sub(b"", published) == blank.sub(b"", written)
        texts = re.compile(rb'"[^"\n]*"')
        assert texts.findall(published) == texts.findall(written)
        for within in (rb"[\w\])] :is\(", rb" > ", rb" \+ "):
            assert len(re.findall(within, published)) == len(re.findall(within, written))


def sheet(project, tmp_path):
    """Return the style sheet that the project's site gets."""
    write_theme_file(load_brand(project), "site.css", tmp_path / "theme")
    return (tmp_path / "theme" / "site.css").read_text(encoding="utf-8")


def test_a_colour_stands_in_one_place():
    """The style sheet holds none of the colours of the brand, but for what paper takes away."""
    css = (EXTENSION / "site.css").read_text(encoding="utf-8").partition("@media print")[0]
    ours = {*DEFAULT.light.drawn, *DEFAULT.dark.drawn, DEFAULT.light.accent, DEFAULT.dark.accent}
    grounds = {DEFAULT.dark.page}  # what light pictures without a ground stand on
    assert not ours - grounds & set(re.findall(r"#[0-9a-f]{6}\b", css))


def test_the_sheet_follows_the_system_and_the_switch(project, tmp_path):
    """Each scheme's colours hold where the system asks for it, and where the switch does."""
    (project / "_brand.yml").write_text(WHITE)
    css = sheet(project, tmp_path)
    head = css.partition("/*")[0]
    assert head.count("--page: #ffffff;") == 2
    assert head.count("--page: #0b0b12;") == 2
    assert "--page: #0b0b12;" in re.search(r'\[data-scheme="dark"\] \{([^}]*)\}', head)[1]
    assert "--page: #0b0b12;" in re.search(r"prefers-color-scheme: dark\) \{([^}]*)\}", head)[1]


def test_every_variable_is_set():
    """What the style sheet asks for without a value to fall back on is there."""
    css = variables(DEFAULT) + (EXTENSION / "site.css").read_text(encoding="utf-8")
    asked = set(re.findall(r"var\((--[\w-]+)\)", css))
    assert asked - set(re.findall(r"(--[\w-]+):", css)) == set()


def test_fonts_and_logo_are_published_beside_it(project, tmp_path):
    """What the brand has of files is named by the sheet, and lies in the site."""
    (project / "a.woff2").write_bytes(b"wOF2")
    Image.new("RGB", (40, 20)).save(project / "mark.png")
    (project / "_brand.yml").write_text(
        "logo: mark.png\ntypography:\n  fonts: [{family: Foam, source: file, files: [a.woff2]}]\n"
    )
    css = sheet(project, tmp_path)
    named = set(re.findall(r'url\("(brand/[^"]+)"\)', css))
    assert named == {"brand/a.woff2", "brand/mark.png"}
    assert all((tmp_path / "theme" / name).is_file() for name in named)


@pytest.mark.parametrize("name", ["_brand.yml", "_brand/_brand.yml"])
def test_check_names_what_cannot_be_read(project, name):
    """A colour below WCAG AA is a line of `check`, with its file, its line and the remedy."""
    (project / "_brand").mkdir()
    (project / name).write_text("color:\n  primary: '#dddddd'\n")
    found = [str(problem) for problem in problems(project) if problem.path == name]
    assert len(found) == 1
    assert found[0].startswith(f"{name}:2: color.primary: #dddddd has a contrast of ")
    assert "the nearest that passes is #" in found[0]


def test_selected_papers_stand_in_pairs_in_quartos_look(browser):
    """In a theme of Quarto's two papers share a row where there is room, and none on a phone."""
    paper = '<li class="paper"><div><h3>Waves</h3></div></li>'
    html = f'<style>{theme_file("parts.css").decode()}</style><ul class="showcase">{paper * 2}</ul>'
    for width, columns in ((800, 2), (390, 1)):
        with browser.new_context(viewport={"width": width, "height": 600}) as context:
            tab = context.new_page()
            tab.set_content(html)
            lefts = {each.bounding_box()["x"] for each in tab.locator(".paper").all()}
            assert len(lefts) == columns
