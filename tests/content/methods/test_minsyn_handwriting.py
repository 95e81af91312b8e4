"""Words by hand: what is drawn, by whose hand, and that MinSyn tells as much with less synergy."""

import warnings
from collections.abc import Iterator

import numpy as np
import pytest
from sklearn.datasets import load_digits
from sklearn.decomposition import PCA, FactorAnalysis, FastICA
from threadpoolctl import threadpool_limits

from methods.linear_corex import Array, standardise
from methods.minsyn import MinSyn, handwriting, synergy, words
from methods.minsyn.model import readout_correlations

N_HIDDEN, NOISE, SIDE = 21, 0.1, handwriting.SIDE


@pytest.fixture(scope="module", autouse=True)
def _one_thread() -> Iterator[None]:
    """Keep the small matrix products on one thread: handing them over costs more than they do."""
    with threadpool_limits(1):
        yield


def written(string: str, *, unseen: bool) -> set[bytes]:
    """Return every picture of the last letter among many writings of a string."""
    images = handwriting.write([string] * 400, np.random.default_rng(0), unseen=unseen)
    return {image[:, -SIDE:].tobytes() for image in images}


def test_a_letter_is_written_as_the_digit_that_numbers_it() -> None:
    """The third frame of a word that ends in the fourth letter of its place shows a 3."""
    found = load_digits()
    threes = {(image / 16).tobytes() for image in found.images[found.target == 3]}
    last = words.LETTERS[2][3]
    assert written(f"aa{last}", unseen=False) | written(f"aa{last}", unseen=True) <= threes


def test_no_picture_serves_both_for_learning_and_for_the_test() -> None:
    """Hands that are kept for the test write nothing that is learnt from, and many write."""
    seen, unseen = (written("aat", unseen=which) for which in (False, True))
    assert len(seen) > 50
    assert len(unseen) > 50
    assert not seen & unseen


def test_the_same_generator_writes_the_same_images() -> None:
    """What is drawn depends on the generator alone."""
    one, again, other = (
        handwriting.write(["tip"] * 9, np.random.default_rng(s)) for s in (0, 0, 1)
    )
    assert np.array_equal(one, again)
    assert not np.array_equal(one, other)


def test_what_cannot_be_spelt_is_refused() -> None:
    """A string with a letter that may not stand there is named."""
    with pytest.raises(ValueError, match="'xyz' is not spelt"):
        handwriting.write(["xyz"], np.random.default_rng(0))


@pytest.fixture(scope="module")
def pixels() -> Array:
    """Return the standardised pixels of the words, each written five times."""
    X = handwriting.write(words.WORDS * 5, np.random.default_rng(0))
    return standardise(X[:, X.std(axis=0) > 1e-3])[0]


def measured(V: Array, x: Array) -> tuple[float, float]:
    """Return the information and the CI synergy of the latents V x, per pixel."""
    R, Rz = readout_correlations(V, x, NOISE)
    return float(synergy.information(R, Rz).mean()), float(synergy.ci_synergy(R, Rz).mean())


def test_minsyn_tells_as_much_of_handwriting_with_less_synergy(pixels: Array) -> None:
    """It tells within a fiftieth of what any other does, which all have two fifths more synergy."""
    rotated = FactorAnalysis(N_HIDDEN, rotation="varimax", random_state=0).fit(pixels)
    heard = rotated.components_ / rotated.noise_variance_
    with warnings.catch_warnings(action="ignore"):  # on ICA's convergence, of no concern here
        ica = FastICA(N_HIDDEN, whiten="unit-variance", random_state=0).fit(pixels)
    others = {
        "varimax": np.linalg.solve(np.eye(N_HIDDEN) + heard @ rotated.components_.T, heard),
        "ica": ica.components_,
        "pca": PCA(N_HIDDEN, random_state=0).fit(pixels).components_,
    }
    told, lost = measured(MinSyn(N_HIDDEN, noise=NOISE).fit(pixels).weights_, pixels)
    for name, V in others.items():
        other_told, other_lost = measured(V, pixels)
        assert told > 0.98 * other_told, name
        assert other_lost > 1.4 * lost, name
