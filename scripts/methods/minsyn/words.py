"""Images of three-letter words, and how well factors of them keep to one letter.

Eight letters may stand at each place. Of the 512 strings the common English words are for
training, and the others, never seen, for the test. Letters come from the font DejaVu Sans,
which matplotlib brings along; a letter always looks the same.
"""

from collections.abc import Sequence
from functools import cache
from itertools import product
from pathlib import Path

import matplotlib as mpl
import numpy as np
from numpy.typing import ArrayLike, NDArray
from PIL import Image, ImageDraw, ImageFont

Array = NDArray[np.float64]

_WORDS = """
aid ale alp alt ape app apt are art
bad bag ban bat bay bed bee beg bet bid big bin bit bog bop bot boy bud bug bun bus but buy
fad fan fat fed fee fen fig fin fit fly foe fog fop fry fun
had hag has hat hay hen hey hid hip his hit hod hoe hog hop hot hue hug hut
mad man map mat may men met mid mod mop mud mug
pad pan pap pat pay pee peg pen pep pet pie pig pin pip pit ply pod pop pot pry pug pun pup
pus put
sad sag sap sat say see set sin sip sis sit sly sod son sop sot soy spy sue sun sup
tad tag tan tap tat tee ten tie tin tip toe tog ton top tot toy try tug tun
"""

LETTERS = ("asphtbfm", "aoieurlp", "tengpdys")
"""The letters that may stand at each place."""

WORDS = tuple(_WORDS.split())
"""Common English words of these letters."""

HEIGHT, WIDTH = 16, 14
"""Pixels of one letter."""

_BASELINE = 12


def unseen() -> tuple[str, ...]:
    """Return the strings of these letters that are not in ``WORDS``, in alphabetical order."""
    strings = ("".join(letters) for letters in product(*LETTERS))
    return tuple(sorted(set(strings) - set(WORDS)))


def check_spelling(strings: Sequence[str]) -> None:
    """Raise ValueError for a string that is not spelt with ``LETTERS``."""
    for string in strings:
        spelt = len(string) == len(LETTERS)
        if not spelt or any(a not in known for a, known in zip(string, LETTERS, strict=True)):
            raise ValueError(f"{string!r} is not spelt with the letters {', '.join(LETTERS)}")


def draw(strings: Sequence[str]) -> Array:
    """Return one image for each string, from 0 (paper) to 1 (ink), (n, HEIGHT, 3 * WIDTH).

    Raise ValueError for a string that is not spelt with ``LETTERS``.
    """
    check_spelling(strings)
    return np.array([np.hstack([_glyph(letter) for letter in string]) for string in strings])


def one_hot(strings: Sequence[str]) -> Array:
    """Return which letter stands at each place, shape (3, n_strings, 8), of zeros and ones.

    Raise ValueError for a string that is not spelt with ``LETTERS``.
    """
    check_spelling(strings)
    written = zip(*strings, strict=True)
    places = [np.array(list(here))[:, None] for here in written]
    known = [np.array(list(letters)) for letters in LETTERS]
    return np.array([a == b for a, b in zip(places, known, strict=True)], dtype=np.float64)


def explained_by_place(Z: ArrayLike, strings: Sequence[str]) -> Array:
    """Return the R^2 of each latent on the letter at each place alone, shape (3, m).

    Z has shape (n_strings, m). Raise ValueError where a latent is constant.
    """
    centred = np.asarray(Z, dtype=np.float64)
    centred = centred - centred.mean(axis=0)
    variance = np.mean(centred**2, axis=0)
    if not np.all(variance > 0):
        constant = np.flatnonzero(~(variance > 0)).tolist()
        raise ValueError(f"latents {constant} are constant or NaN: leave them out")
    return np.array([_variance_between(centred, H) / variance for H in one_hot(strings)])


def slot_r2(Z: ArrayLike, strings: Sequence[str]) -> float:
    """Return how far each latent keeps to one place, from about 1/3 to 1: Eq. (16)."""
    return float(explained_by_place(Z, strings).max(axis=0).mean())


def _variance_between(centred: Array, groups: Array) -> Array:
    """Return the variance (m,) of the means of one-hot groups (n, 8)."""
    sizes = groups.sum(axis=0)
    means = groups.T @ centred / np.maximum(sizes, 1)[:, None]
    between: Array = sizes @ means**2 / len(groups)
    return between


@cache
def _glyph(letter: str) -> Array:
    image = Image.new("L", (WIDTH, HEIGHT))
    place = (WIDTH // 2, _BASELINE)
    ImageDraw.Draw(image).text(place, letter, font=_font(), fill=255, anchor="ms")
    return np.asarray(image) / 255


@cache
def _font() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(Path(mpl.get_data_path()) / "fonts/ttf/DejaVuSans.ttf", HEIGHT)
