"""Pictures keep their room on a page, whoever drew them; those that cannot be shown are named."""

import gzip
import io
import struct
import zlib

import pytest
from PIL import Image

from portfolio.picture import MOST_PIXELS, PictureError, decoded, fault_of, size_of

SVG = '<svg xmlns="http://www.w3.org/2000/svg" {}/>'


@pytest.mark.parametrize(
    ("said", "size"),
    [
        ('width="72pt" height="36pt"', (96, 48)),
        ('width="72" height="36"', (72, 36)),
        ('width="72px" height="36px" viewBox="0 0 1 1"', (72, 36)),
        ('width="1in" height="25.4mm"', (96, 96)),
        ('viewBox="0 0 30 20"', (30, 20)),
        ('viewBox="0,0,30,20" width="60"', (60, 40)),
        ('width="100%" height="100%" viewBox="-5 -5 30 20"', (30, 20)),
        ('width="100%" height="10"', None),
        ("", None),
        ('viewBox="0 0 0 0"', None),
        ('viewBox="wide"', None),
        ('width="3em" height="2rem"', (48, 32)),
        ('width="1e2" height="1.5E1px"', (100, 15)),
        ('width="40Q" height="+10."', (38, 10)),
        ('width="0.2" height="0.3"', (1, 1)),
        ('width="0" height="0" viewBox="0 0 4 2"', (4, 2)),
        ('width="-5" height="-5" viewBox="0 0 4 2"', (4, 2)),
        ('width="calc(1px + 1px)" height="auto" viewBox="0 0 4 2"', (4, 2)),
        ('width="" height="" viewBox="0 0 1e1 1e1"', (10, 10)),
        ('width="1e999" height="1"', None),
        ('viewBox="0 0 1e999 1e999"', None),
        ('viewBox="0 0 nan nan" width="2" height="2"', (2, 2)),
    ],
)
def test_a_drawings_size_is_what_it_says(tmp_path, said, size):
    """Units count, percentages do not, and what is left out follows from the view box."""
    (tmp_path / "a.svg").write_text(SVG.format(said))
    assert size_of(tmp_path / "a.svg") == size


@pytest.mark.parametrize("name", ["broken.png", "broken.svg", "lost.png"])
def test_what_is_no_picture_has_no_size(tmp_path, name):
    """A file that cannot be read is left as it is, and stops nothing."""
    if not name.startswith("lost"):
        (tmp_path / name).write_text("no picture")
    assert size_of(tmp_path / name) is None


def test_a_pictures_size_is_its_pixels(tmp_path):
    """Pixels are counted, whatever case the name's ending has."""
    Image.new("RGB", (8, 5)).save(tmp_path / "A.PNG", "PNG")
    assert size_of(tmp_path / "A.PNG") == (8, 5)


def png(width, height):
    """Return a black PNG of one bit a pixel, which is small however many pixels it has."""

    def chunk(name, data):
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    pixels = zlib.compress(bytes(((width + 7) // 8 + 1) * height))
    chunks = chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def saved(picture, kind, **options):
    """Return a picture as the bytes of a file."""
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


RED = Image.new("RGB", (60, 40), "red")
TURNED = Image.Exif()
TURNED[0x0112] = 6
ODD = {
    "turned.jpg": saved(RED, "JPEG", exif=TURNED),
    "cmyk.jpg": saved(Image.new("CMYK", (60, 40)), "JPEG"),
    "deep.png": saved(Image.new("I;16", (60, 40), 1000), "PNG"),
    "clear.png": saved(Image.new("LA", (60, 40), (0, 0)), "PNG"),
    "moving.gif": saved(RED, "GIF", save_all=True, append_images=[Image.new("RGB", (60, 40))]),
    "one.webp": saved(Image.new("RGB", (1, 1)), "WEBP"),
    "a.avif": saved(RED, "AVIF"),
    "wide.png": png(20_000, 1),
}
BROKEN = {
    "zero.png": (b"", "it is no picture that we know"),
    "paper.png": (b"%PDF-1.4 x", "it is no picture that we know"),
    "program.png": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "it is no picture"),
    "cut.png": (saved(RED, "PNG")[:60], "it is damaged"),
    "cut.jpg": (saved(Image.effect_noise((90, 90), 50), "JPEG")[:900], "it is damaged"),
    "vast.png": (lambda: png(13_000, 13_000), "it has 13000 by 13000 pixels"),
    "vaster.png": (lambda: png(40_000, 40_000), "it has far too many pixels"),
    "cut.svg": (b"<svg", "it is damaged"),
    "empty.svg": (b"", "it is damaged"),
    "page.svg": (b"<html/>", "it is no drawing"),
    "bare.svg": (b"<svg width='1' height='1'/>", "its root has no xmlns"),
    "packed.svg": (gzip.compress(SVG.encode()), "it is damaged"),
    "packed.svgz": (gzip.compress(SVG.encode()), "browsers do not unpack it"),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_pictures_are_shown(tmp_path, name):
    """Depth, colours, frames and shape are no faults, and a thumbnail can be made of each."""
    (tmp_path / name).write_bytes(ODD[name])
    assert fault_of(tmp_path / name) is None
    assert decoded(ODD[name], at_least=(10, 10)).mode == "RGB"


@pytest.mark.parametrize("name", BROKEN)
def test_what_cannot_be_shown_is_named(tmp_path, name):
    """What is no picture, damaged, or vast is told apart, and nothing is started for it."""
    data, what = BROKEN[name]
    (tmp_path / name).write_bytes(data() if callable(data) else data)
    fault = fault_of(tmp_path / name)
    assert fault.what.startswith(what)
    assert fault.remedy


def test_a_picture_is_as_large_as_it_is_shown(tmp_path):
    """A photograph that its file says to turn is as high as it was wide."""
    (tmp_path / "a.jpg").write_bytes(ODD["turned.jpg"])
    assert size_of(tmp_path / "a.jpg") == (40, 60)
    assert decoded(ODD["turned.jpg"], at_least=(40, 40)).size == (40, 60)


def test_what_is_transparent_is_shown_on_white():
    """A clear picture becomes white paper, not black."""
    assert decoded(ODD["clear.png"], at_least=(10, 10)).getpixel((0, 0)) == (255, 255, 255)


def test_a_vast_photograph_is_read_smaller():
    """A JPEG of more pixels than are let in is decoded at a fraction of its size."""
    vast = saved(Image.new("L", (9000, 9000)), "JPEG")
    picture = decoded(vast, at_least=(100, 100))
    assert MOST_PIXELS < 9000 * 9000
    assert 100 <= picture.width < 2400
    with pytest.raises(PictureError, match="it has 9000 by 9000 pixels"):
        decoded(saved(Image.new("1", (9000, 9000)), "PNG"), at_least=(100, 100))
