"""A brand says how a site looks; what it leaves out is the portfolio's own."""

import pytest
from PIL import Image

from portfolio.brand import DEFAULT, load_brand
from portfolio.colours import contrast


@pytest.fixture
def brand(tmp_path):
    """Return the function that reads a brand from its text."""

    def brand(text):
        (tmp_path / "_brand.yml").write_text(text, encoding="utf-8")
        return load_brand(tmp_path)

    return brand


def test_without_a_brand_the_look_is_our_own(tmp_path):
    """A project that says nothing has the portfolio's look."""
    assert load_brand(tmp_path) is DEFAULT


@pytest.mark.parametrize(
    ("named", "found"),
    [("look/foam.yml", "look/foam.yml"), ("/look/foam.yml", "look/foam.yml"), ("../foam.yml", "")],
)
def test_settings_name_the_brands_file(tmp_path, named, found):
    """It goes before one in the usual place, has its files beside it, and is in the project."""
    (tmp_path / "_quarto.yml").write_text(f"brand: {named}\n", encoding="utf-8")
    (tmp_path / "_brand.yml").write_text("color: {primary: '#800000'}\n", encoding="utf-8")
    (tmp_path / "look").mkdir()
    foam = "color: {primary: '#000080'}\nlogo: foam.png\n"
    (tmp_path / "look" / "foam.yml").write_text(foam, encoding="utf-8")
    Image.new("RGB", (8, 8)).save(tmp_path / "look" / "foam.png")
    brand = load_brand(tmp_path)
    assert brand.path == (found or "_brand.yml")
    assert brand.light.accent == ("#000080" if found else "#800000")
    logo = tmp_path / "look" / "foam.png"
    assert (brand.logo or ()) == ((logo, logo) if found else ())


@pytest.mark.parametrize("text", ["", "color:\n", "color: {}\n", "meta: {name: Foam}\n"])
def test_an_empty_brand_is_our_own_look(brand, text):
    """A brand that names no colour changes none."""
    found = brand(text)
    assert (found.light, found.dark) == (DEFAULT.light, DEFAULT.dark)
    assert not found.faults


def test_colours_go_by_names_of_the_palette(brand):
    """A colour may be a name of the palette, which may be the name of another."""
    found = brand("color: {palette: {sea: navy-blue, navy-blue: '#000080'}, primary: sea}\n")
    assert found.light.accent == "#000080"


def test_a_colour_for_light_alone_can_be_read_in_the_dark(brand):
    """What has no dark counterpart gets one; a light ground is left to the light."""
    found = brand("color: {background: white, foreground: '#222', primary: '#00008b'}\n")
    assert (found.light.page, found.light.accent) == ("#ffffff", "#00008b")
    assert found.dark.page == DEFAULT.dark.page
    for colour in (found.dark.ink, found.dark.accent, found.dark.quiet, found.dark.mark):
        assert contrast(colour, found.dark.page) >= 4.5
    assert not found.faults


def test_a_name_is_a_colour_after_pictures_were_painted_in_it(brand):
    """Pillow notes the colours that it has used; their names still mean them."""
    Image.new("RGB", (1, 1), "teal")
    assert brand("color: {primary: {light: teal, dark: '#fff'}}\n").light.accent == "#008080"


def test_a_dark_brand_is_dark_in_both(brand):
    """A brand with one dark ground has it for every reader, and all on it can be read."""
    found = brand("color: {background: '#101010', foreground: '#eee'}\n")
    assert found.light.page == found.dark.page == "#101010"
    assert contrast(found.light.accent, "#101010") >= 4.5


def test_what_cannot_be_read_is_named_with_what_can(brand):
    """Each colour below WCAG AA is said at its line, with the nearest that passes."""
    found = brand(
        "color:\n  background: {light: '#ffffff', dark: '#000000'}\n"
        "  primary: {light: '#3b82f6', dark: '#222222'}\n"
    )
    said = [(fault.line, fault.key) for fault in found.faults]
    assert said == [(3, "color.primary")] * 2
    light, dark = found.faults
    assert "3b82f6" in light.what
    assert "4.5" in light.what
    assert contrast(light.remedy.split()[-1], "#ffffff") >= 4.5
    assert contrast(dark.remedy.split()[-1], "#000000") >= 4.5


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("color:\n  primary: bleu\n", 2, "bleu"),
        ("color: [\n", 2, "expected"),
        ("typography:\n  fonts:\n  - {family: Inter, source: google}\n", 2, "another host"),
        (
            "typography:\n  fonts: [{family: A, source: file, files: [a.woff2]}]\n",
            2,
            "not there",
        ),
        ("typography:\n  base:\n    size: huge\n", 3, "huge"),
        ("logo: gone.svg\n", 1, "gone.svg"),
        ("logo:\n  small: ../out.svg\n", 2, "outside"),
    ],
)
def test_what_nothing_can_be_made_of_is_said(brand, text, line, word):
    """A line for each, and the rest of the look stands."""
    found = brand(text)
    assert [fault.line for fault in found.faults] == [line]
    assert word in found.faults[0].what
    assert found.light == DEFAULT.light


def test_fonts_and_logo_lie_in_the_project(brand, tmp_path):
    """Fonts come from files with their weights, and a logo may have one for the dark."""
    (tmp_path / "a.woff2").write_bytes(b"wOF2")
    for name in ("day.png", "night.png"):
        Image.new("RGB", (40, 20)).save(tmp_path / name)
    found = brand(
        "logo: {images: {sun: {path: day.png, alt: A sun}}, small: {light: sun, dark: night.png}}\n"
        "typography:\n  fonts:\n  - family: Foam\n    source: file\n"
        "    files: [{path: a.woff2, weight: 300..700}]\n  base: {family: Foam, size: 18px}\n"
    )
    assert not found.faults
    assert [path.name for path in found.logo] == ["day.png", "night.png"]
    assert (found.fonts[0].family, found.fonts[0].weight) == ("Foam", "300 700")
    assert found.base.family.startswith('"Foam", ')
    assert found.base.size == "18px"
